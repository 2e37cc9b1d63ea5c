package dev.throughline.app;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;

/**
 * How Spark spreads the work of a run on one machine. Over a small log, planning each stage anew
 * and many partitions cost more than the work itself; results are the same either way.
 *
 * <p>Closing gives the session back what it had. What the user has set stays.
 */
final class Spread implements AutoCloseable {
  /** Below, a night was faster so; see docs/performance.md, "Cold nights". */
  static final long SMALL_ROWS = 300_000;

  static final String ADAPTIVE = "spark.sql.adaptive.enabled";
  static final String PARTITIONS = "spark.sql.shuffle.partitions";

  private final RuntimeConfig session;
  private final Map<String, String> before = new LinkedHashMap<>();

  private Spread(RuntimeConfig session) {
    this.session = session;
  }

  /**
   * Plans for so many rows.
   *
   * @param userSettings settings of the user's, under Spark's own names
   * @param rows of the log that are read
   * @param partitions that hold these rows
   * @param withKept partitions, with those of which earlier runs kept what matters
   */
  static Spread over(
      SparkSession spark,
      Map<String, String> userSettings,
      long rows,
      int partitions,
      int withKept) {
    // What was kept is read as well, and may be as much, day by day.
    double about = (double) rows * withKept / Math.max(1, partitions);
    Spread spread = new Spread(spark.conf());
    boolean chosen =
        userSettings.containsKey(ADAPTIVE) || spark.sparkContext().getConf().contains(ADAPTIVE);
    if (about < SMALL_ROWS && spark.sparkContext().isLocal() && !chosen) {
      spread.set(ADAPTIVE, "false");
      if (spark.conf().get(PARTITIONS).equals(Sessions.LOCAL_PARTITIONS)) {
        spread.set(PARTITIONS, "1");
      }
    }
    return spread;
  }

  private void set(String key, String value) {
    before.put(key, session.get(key));
    session.set(key, value);
  }

  @Override
  public void close() {
    before.forEach(session::set);
  }
}
