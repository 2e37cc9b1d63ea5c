package dev.throughline.app;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.testing.TestSession;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

/** Which operators count, and how a share is written. */
class NativeShareTest {

  /** Shuffled, so that its plan is adaptive and made of stages. */
  private static Dataset<Row> sums() {
    return TestSession.get()
        .range(100)
        .toDF("n")
        .groupBy(col("n").mod(7).as("rest"))
        .agg(functions.count("n"));
  }

  @Test
  void operatorsCountAndWhatHoldsThemDoesNot() {
    Dataset<Row> sums = sums();
    sums.collectAsList();
    NativeShare share = new NativeShare();
    share.add(sums.queryExecution().executedPlan());
    // Range, projection, partial sums, exchange, sums.
    assertEquals(new NativeShare.Count(0, 5), share.count());
  }

  @Test
  void aCachedPlanCountsOnce() {
    Dataset<Row> cached = sums().cache();
    try {
      cached.collectAsList();
      NativeShare share = new NativeShare();
      SparkPlan plan = cached.queryExecution().executedPlan();
      share.add(plan);
      assertEquals(6, share.count().all(), "the scan of the cache, and what fills it");
      share.add(plan);
      assertEquals(7, share.count().all());
    } finally {
      cached.unpersist();
    }
  }

  @Test
  void aSessionTellsWhatItExecuted() {
    SparkSession spark = TestSession.get();
    NativeShare share = new NativeShare();
    // The session may still have to tell of what ran before.
    assertEquals(NativeShare.Count.NONE, share.of(spark).orElseThrow());
    spark.listenerManager().register(share);
    try {
      sums().collectAsList();
      assertEquals(5, share.of(spark).orElseThrow().all());
    } finally {
      spark.listenerManager().unregister(share);
    }
  }

  @Test
  void operatorsOfCometAreNative() {
    List<String> operators = List.of("CometScanExec", "CometFilterExec", "WindowExec");
    assertEquals(new NativeShare.Count(2, 3), NativeShare.Count.NONE.plus(operators));
  }

  @Test
  void aShareIsWrittenInPercent() {
    assertEquals("0 % (0 of 0)", NativeShare.Count.NONE.toString());
    assertEquals("57 % (1,412 of 2,480)", new NativeShare.Count(1412, 2480).toString());
  }
}
