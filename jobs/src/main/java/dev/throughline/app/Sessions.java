package dev.throughline.app;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import java.util.Map;
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
          Map.entry("spark.sql.files.ignoreCorruptFiles", "false"),
          Map.entry("spark.sql.files.ignoreMissingFiles", "false"),
          Map.entry("spark.sql.parquet.mergeSchema", "false"),
          Map.entry("spark.sql.parquet.inferTimestampNTZ.enabled", "true"),
          Map.entry("spark.sql.parquet.int96TimestampConversion", "false"),
          Map.entry("spark.sql.parquet.int96RebaseModeInRead", "CORRECTED"),
          Map.entry("spark.sql.parquet.datetimeRebaseModeInRead", "CORRECTED"),
          Map.entry("spark.sql.legacy.parquet.nanosAsLong", "true"),
          Map.entry("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS"),
          // One file for each table and day, however many rows.
          Map.entry("spark.sql.files.maxRecordsPerFile", "0"),
          Map.entry("spark.hadoop.parquet.page.verify-checksum.enabled", "true"));

  /** What a run on one machine is given, unless the user says otherwise. */
  private static final Map<String, String> LOCAL =
      Map.of(
          "spark.master", "local[*]",
          "spark.ui.enabled", "false",
          // The texts of plans are for the UI; making them costs more than a small night's work.
          "spark.sql.ui.explainMode", "simple",
          "spark.sql.shuffle.partitions", "16",
          "spark.driver.host", "127.0.0.1",
          "spark.driver.bindAddress", "127.0.0.1");

  private final SparkSession spark;
  private final boolean ours;

  private Sessions(SparkSession spark, boolean ours) {
    this.spark = spark;
    this.ours = ours;
  }

  /**
   * Opens a session.
   *
   * @param userSettings settings of the user's, under Spark's own names
   * @throws ThroughlineException of kind CONFIG if one of them contradicts a pinned setting
   */
  public static Sessions open(Map<String, String> userSettings) {
    userSettings.forEach(Sessions::refuseContradiction);
    boolean ours = SparkSession.getDefaultSession().isEmpty();
    SparkSession.Builder builder = SparkSession.builder().appName("throughline");
    String submitted = System.getProperty("spark.master", LOCAL.get("spark.master"));
    String master = userSettings.getOrDefault("spark.master", submitted);
    if (master.startsWith("local")) {
      LOCAL.forEach(
          (key, value) -> {
            if (System.getProperty(key) == null) {
              builder.config(key, value);
            }
          });
    }
    userSettings.forEach(builder::config);
    PINNED.forEach(builder::config);
    return new Sessions(builder.getOrCreate(), ours);
  }

  private static void refuseContradiction(String key, String value) {
    String pinned = PINNED.get(key);
    if (pinned != null && !pinned.equalsIgnoreCase(value)) {
      throw new ThroughlineException(
          ErrorKind.CONFIG,
          "throughline.spark sets "
              + key
              + " to "
              + value
              + ", but right answers need "
              + pinned
              + ". Remove it.");
    }
  }

  public SparkSession spark() {
    return spark;
  }

  @Override
  public void close() {
    if (ours) {
      spark.stop();
    }
  }
}
