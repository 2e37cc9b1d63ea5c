package dev.throughline.app;

import dev.throughline.config.Secrets;
import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * The Spark session of a command, with the settings that right answers depend on. Closing it ends
 * the session, unless the session was there before.
 */
public final class Sessions implements AutoCloseable {

  /**
   * Settings that change what is read or computed. They are pinned: a user setting that contradicts
   * one is refused.
   *
   * <p>The session's zone is UTC so that casts of local timestamps lose nothing at a clock change;
   * reporting days are taken in the configured zone by expression. Corrupt files, missing files and
   * wrong checksums must fail.
   */
  private static final Map<String, String> PINNED =
      Map.ofEntries(
          Map.entry("spark.sql.session.timeZone", "UTC"),
          Map.entry("spark.sql.ansi.enabled", "false"),
          Map.entry("spark.sql.caseSensitive", "false"),
          // A text that is no time is NULL, and its row rejected; by default Spark fails over some.
          Map.entry("spark.sql.legacy.timeParserPolicy", "CORRECTED"),
          Map.entry("spark.sql.files.ignoreCorruptFiles", "false"),
          Map.entry("spark.sql.files.ignoreMissingFiles", "false"),
          Map.entry("spark.sql.parquet.mergeSchema", "false"),
          // Statistics carry no checksum: by damaged ones Spark would pass over rows.
          Map.entry("spark.sql.parquet.filterPushdown", "false"),
          Map.entry("spark.sql.parquet.inferTimestampNTZ.enabled", "true"),
          Map.entry("spark.sql.parquet.int96TimestampConversion", "false"),
          Map.entry("spark.sql.parquet.int96RebaseModeInRead", "CORRECTED"),
          Map.entry("spark.sql.parquet.datetimeRebaseModeInRead", "CORRECTED"),
          Map.entry("spark.sql.legacy.parquet.nanosAsLong", "true"),
          Map.entry("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS"),
          // One file for each table and day, however many rows.
          Map.entry("spark.sql.files.maxRecordsPerFile", "0"),
          Map.entry("spark.hadoop.parquet.page.verify-checksum.enabled", "true"));

  /** What a run is given on one machine and on a cluster, unless the user says otherwise. */
  private static final Map<String, String> FASTER =
      Map.of(
          // Choosing how to compress each column takes longer than it spares, a third of the bytes.
          "spark.sql.inMemoryColumnarStorage.compressed",
          "false",
          // So what memory does not hold is compressed on its way to the disk.
          "spark.rdd.compress",
          "true",
          // The JVM interprets a larger method for ever. Spark has another way without generated
          // code, but takes it at eight times the size only.
          "spark.sql.codegen.hugeMethodLimit",
          "8000",
          // Sketches of people are hashed by day and campaign; beyond so many, rows are sorted for
          // it.
          "spark.sql.objectHashAggregate.sortBased.fallbackThreshold",
          "4096");

  /** Partitions of a shuffle on one machine, unless the log is small. */
  static final String LOCAL_PARTITIONS = "16";

  /** What a run on one machine is given, unless the user says otherwise. */
  private static final Map<String, String> LOCAL =
      Map.of(
          "spark.master",
          "local[*]",
          "spark.ui.enabled",
          "false",
          // The texts of plans are for the UI; making them costs more than a small night's work.
          "spark.sql.ui.explainMode",
          "simple",
          Spread.PARTITIONS,
          LOCAL_PARTITIONS,
          "spark.driver.host",
          "127.0.0.1",
          "spark.driver.bindAddress",
          "127.0.0.1",
          "spark.hadoop.fs.file.impl",
          PosixFiles.class.getName(),
          // Each sort and each hash table begins with a page, which the JVM clears: of 64 MiB with
          // the default heap, more than the results of most queries take together.
          "spark.buffer.pageSize",
          "4m");

  private final SparkSession spark;
  private final boolean ours;
  private final Optional<NativeShare> share;

  private Sessions(SparkSession spark, boolean ours, Optional<NativeShare> share) {
    this.spark = spark;
    this.ours = ours;
    this.share = share;
  }

  /**
   * Opens a session of Spark alone.
   *
   * @param userSettings settings of the user's, under Spark's own names
   * @throws ThroughlineException of kind CONFIG if one of them contradicts a pinned setting
   */
  public static Sessions open(Map<String, String> userSettings) {
    return open(userSettings, Engine.SPARK);
  }

  /**
   * Opens a session.
   *
   * @param userSettings settings of the user's, under Spark's own names
   * @param engine what carries out its plans
   * @throws ThroughlineException of kind CONFIG if a setting contradicts a pinned one, or if the
   *     engine cannot be had
   */
  public static Sessions open(Map<String, String> userSettings, Engine engine) {
    Map<String, String> pinned = new LinkedHashMap<>(PINNED);
    pinned.putAll(Comet.PINNED);
    Map<String, String> defaults = new LinkedHashMap<>(FASTER);
    if (engine == Engine.COMET) {
      Comet.requireClasses(Thread.currentThread().getContextClassLoader());
      pinned.putAll(Comet.NEEDED);
      defaults.putAll(Comet.DEFAULTS);
    }
    userSettings.forEach((key, value) -> refuseContradiction(key, value, pinned.get(key)));
    boolean ours = SparkSession.getDefaultSession().isEmpty();
    SparkSession.Builder builder = SparkSession.builder().appName("throughline");
    String submitted = System.getProperty("spark.master", LOCAL.get("spark.master"));
    String master = userSettings.getOrDefault("spark.master", submitted);
    if (master.startsWith("local")) {
      defaults.putAll(LOCAL);
    }
    defaults.put("spark.redaction.regex", Secrets.NAMES);
    defaults.forEach(
        (key, value) -> {
          if (System.getProperty(key) == null) {
            builder.config(key, value);
          }
        });
    userSettings.forEach(builder::config);
    pinned.forEach(builder::config);
    if (!ours && engine == Engine.COMET) {
      Comet.requireLoaded(SparkSession.getDefaultSession().get().sparkContext());
    }
    SparkSession spark = builder.getOrCreate();
    return new Sessions(
        spark, ours, engine == Engine.COMET ? Optional.of(watch(spark)) : Optional.empty());
  }

  private static NativeShare watch(SparkSession spark) {
    NativeShare share = new NativeShare();
    spark.listenerManager().register(share);
    return share;
  }

  private static void refuseContradiction(String key, String value, String pinned) {
    if (pinned != null && !pinned.equalsIgnoreCase(value)) {
      throw new ThroughlineException(
          ErrorKind.CONFIG,
          "throughline.spark sets "
              + key
              + " to "
              + value
              + ", but "
              + (PINNED.containsKey(key) || Comet.PINNED.containsKey(key)
                  ? "right answers need "
                  : "--engine comet needs ")
              + pinned
              + ". Remove it.");
    }
  }

  public SparkSession spark() {
    return spark;
  }

  /** How much of what was executed so far was native; empty for Spark alone. */
  Optional<NativeShare.Count> nativeOperators() {
    return share.flatMap(counting -> counting.of(spark));
  }

  @Override
  public void close() {
    share.ifPresent(spark.listenerManager()::unregister);
    if (ours) {
      spark.stop();
    }
  }
}
