package dev.throughline.app;

import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart;

/**
 * Counts the queries and jobs that Spark is given while this is open. Each costs a small run time
 * whatever it computes, so the manifest tells how many there were.
 */
final class WorkCount extends SparkListener implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 10_000;

  /** How many there were. */
  record Count(long queries, long jobs) {}

  private final SparkSession spark;
  private final AtomicLong queries = new AtomicLong();
  private final AtomicLong jobs = new AtomicLong();

  /** Counts from here on. */
  WorkCount(SparkSession spark) {
    this.spark = spark;
    spark.sparkContext().addSparkListener(this);
  }

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    jobs.incrementAndGet();
  }

  @Override
  public void onOtherEvent(SparkListenerEvent event) {
    if (event instanceof SparkListenerSQLExecutionStart) {
      queries.incrementAndGet();
    }
  }

  /** The count so far; empty if the session is slow to tell, which is no reason to fail. */
  Optional<Count> soFar() {
    try {
      spark.sparkContext().listenerBus().waitUntilEmpty(PATIENCE_MILLIS);
    } catch (TimeoutException e) {
      return Optional.empty();
    }
    return Optional.of(new Count(queries.get(), jobs.get()));
  }

  @Override
  public void close() {
    spark.sparkContext().removeSparkListener(this);
  }
}
