package dev.throughline.testing;

import dev.throughline.app.Sessions;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** The one Spark session of the test suite, with the settings that a run has. */
public final class TestSession {

  private TestSession() {}

  /** The session; started at the first call and left to end with the JVM. */
  public static SparkSession get() {
    return Holder.SESSION;
  }

  private static final class Holder {
    private static final SparkSession SESSION =
        Sessions.open(
                Map.of(
                    "spark.master", "local[2]",
                    "spark.ui.enabled", "false",
                    "spark.sql.shuffle.partitions", "2",
                    "spark.driver.host", "127.0.0.1",
                    // A run compiles more plans than the 100 that Spark keeps for the next.
                    "spark.sql.codegen.cache.maxEntries", "5000",
                    // Plans of cached tables are else described twice for each that they rest on.
                    "spark.sql.optimizer.canChangeCachedPlanOutputPartitioning", "false",
                    "spark.sql.maxPlanStringLength", "0"))
            .spark();
  }
}
