package dev.throughline.app;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import java.util.Map;
import org.apache.spark.SparkContext;

/**
 * Apache DataFusion Comet: a plugin of Spark that carries out some operators in native code. This
 * is all that Throughline knows of it; nothing here is compiled against it.
 */
final class Comet {
  private static final String PLUGIN = "org.apache.spark.CometPlugin";

  /**
   * Settings that right answers depend on, pinned whoever loads Comet.
   *
   * <p>Of its readers of Parquet, only this one verifies the checksums of pages (0.12.0): with the
   * others a damaged file is read without a word. It reads no nested columns; Spark reads these.
   *
   * <p>Its windows are known to give wrong results, by its own guide, and yet are not off by
   * default. Its exponentials and logarithms are those of the machine's library, which differ from
   * Spark's in the last digit.
   */
  static final Map<String, String> PINNED =
      Map.of(
          "spark.comet.scan.impl", "native_comet",
          "spark.comet.exec.window.enabled", "false",
          "spark.comet.expression.Exp.enabled", "false",
          "spark.comet.expression.Log.enabled", "false");

  /** Settings that Comet needs, before there is a session. */
  static final Map<String, String> NEEDED =
      Map.of(
          "spark.plugins", PLUGIN,
          "spark.shuffle.manager",
              "org.apache.spark.sql.comet.execution.shuffle.CometShuffleManager",
          "spark.memory.offHeap.enabled", "true",
          // Otherwise a machine that its library cannot be loaded on would go on without a word.
          "spark.comet.nativeLoadRequired", "true");

  /** Settings for which the user may have better values. */
  static final Map<String, String> DEFAULTS = Map.of("spark.memory.offHeap.size", "2g");

  private Comet() {}

  /**
   * Makes sure that Comet's classes are there.
   *
   * @throws ThroughlineException of kind CONFIG if they are not
   */
  static void requireClasses(ClassLoader loader) {
    try {
      Class.forName(PLUGIN, false, loader);
    } catch (ClassNotFoundException e) {
      throw new ThroughlineException(
          ErrorKind.CONFIG,
          "--engine comet needs the jar of Apache DataFusion Comet, and "
              + PLUGIN
              + " is not on the class path. scripts/throughline fetches the jar and puts it there;"
              + " for spark-submit see \"Comet\" in docs/operations.md. Without --engine the run is"
              + " Spark's alone, and gives the same tables.",
          e);
    }
  }

  /** Whether it takes part in what a session does. */
  static boolean isLoaded(SparkContext spark) {
    return spark.getConf().get("spark.plugins", "").contains(PLUGIN);
  }

  /**
   * Makes sure that a session that was there before has loaded Comet, which cannot be made up for.
   *
   * @throws ThroughlineException of kind CONFIG if it has not
   */
  static void requireLoaded(SparkContext spark) {
    if (!isLoaded(spark)) {
      throw new ThroughlineException(
          ErrorKind.CONFIG,
          "--engine comet needs a Spark session of its own, but there is one already, without"
              + " spark.plugins="
              + PLUGIN
              + ". Leave --engine out, or start that session with Comet.");
    }
  }
}
