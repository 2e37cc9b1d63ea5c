package dev.throughline.app;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;

/**
 * How Spark goes about the work of a run on one machine. Over few rows, planning each stage anew,
 * many partitions, and compiling each query cost more than the work itself; results are the same
 * either way.
 *
 * <p>Closing gives the session back what it had. What the user has set stays, and who has set how
 * queries are planned or compiled decides on all of it.
 */
final class Spread implements AutoCloseable {
  /** Below, a night was faster so; see docs/performance-history.md, "Cold nights". */
  static final long FEW_ROWS = 300_000;

  static final String ADAPTIVE = "spark.sql.adaptive.enabled";
  static final String PARTITIONS = "spark.sql.shuffle.partitions";
  static final String WHOLE_STAGES = "spark.sql.codegen.wholeStage";
  static final String EXPRESSIONS = "spark.sql.codegen.factoryMode";

  static final String BROADCAST = "spark.sql.autoBroadcastJoinThreshold";

  private static final Set<String> CHOICES = Set.of(ADAPTIVE, WHOLE_STAGES, EXPRESSIONS);

  private final RuntimeConfig session;
  private final boolean ours;
  private final boolean oursToJoin;
  private final Map<String, String> before = new LinkedHashMap<>();

  /**
   * @param userSettings settings of the user's, under Spark's own names
   */
  Spread(SparkSession spark, Map<String, String> userSettings) {
    session = spark.conf();
    Predicate<String> theirs =
        key -> userSettings.containsKey(key) || spark.sparkContext().getConf().contains(key);
    ours = spark.sparkContext().isLocal() && CHOICES.stream().noneMatch(theirs);
    oursToJoin = ours && !theirs.test(BROADCAST);
  }

  /**
   * Says how many rows there will be to go through. More than before change nothing.
   *
   * @param rows of the log, or of what was drawn from it
   * @return whether the run goes about few rows
   */
  boolean expect(long rows) {
    if (ours && rows < FEW_ROWS && before.isEmpty()) {
      set(ADAPTIVE, "false");
      set(WHOLE_STAGES, "false");
      set(EXPRESSIONS, "NO_CODEGEN");
      if (session.get(PARTITIONS).equals(Sessions.LOCAL_PARTITIONS)) {
        set(PARTITIONS, "1");
      }
      FirstCompiler.only();
    }
    return !before.isEmpty();
  }

  /**
   * Says that from here on only results are joined. Each is one partition on the driver, so that a
   * join needs no exchange, where a broadcast would take a job.
   */
  void joinResults() {
    if (!before.isEmpty() && oursToJoin && !before.containsKey(BROADCAST)) {
      set(BROADCAST, "-1");
    }
  }

  /**
   * About how many rows there are with those of kept days: what was kept is read as well, and may
   * be as much, day by day.
   *
   * @param rows of the log that are read
   * @param partitions that hold these rows
   * @param all partitions, with those of which earlier runs kept what matters
   */
  static long withKept(long rows, int partitions, int all) {
    return (long) ((double) rows * all / Math.max(1, partitions));
  }

  private void set(String key, String value) {
    before.put(key, session.get(key));
    session.set(key, value);
  }

  @Override
  public void close() {
    before.forEach(session::set);
    before.clear();
  }
}
