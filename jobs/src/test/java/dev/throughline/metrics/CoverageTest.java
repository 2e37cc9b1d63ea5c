package dev.throughline.metrics;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.testing.Draws;
import dev.throughline.testing.TestSession;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** How often 95 % intervals hold the rate from which the counts were drawn. */
class CoverageTest {
  private static final int DRAWS = 10_000;
  private static final StructType SCHEMA =
      StructType.fromDDL("rate string, successes bigint, trials bigint, truth double");

  @Test
  void intervalsOfRatesHoldTheTruth() {
    Draws draws = new Draws(20261031);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < DRAWS; i++) {
      // Sizes and rates as campaigns have them, with ten events to be expected or more.
      long impressions = draws.logUniform(2_000, 100_000);
      double ctr = draws.logUniform(50, 500) / 1e4;
      rows.add(RowFactory.create("ctr", draws.binomial(impressions, ctr), impressions, ctr));
      long clicks = draws.logUniform(1_000, 10_000);
      double cvr = draws.logUniform(100, 1_000) / 1e4;
      rows.add(RowFactory.create("cvr", draws.binomial(clicks, cvr), clicks, cvr));
    }
    List<Row> found =
        TestSession.get()
            .createDataFrame(rows, SCHEMA)
            .groupBy("rate")
            .agg(
                count(lit(1)),
                avg(
                    col("truth")
                        .between(
                            Ratios.wilsonLow(col("successes"), col("trials")),
                            Ratios.wilsonHigh(col("successes"), col("trials")))
                        .cast("double")))
            .collectAsList();
    assertEquals(2, found.size());
    for (Row rate : found) {
      assertEquals(DRAWS, rate.getLong(1));
      double coverage = rate.getDouble(2);
      System.out.printf("coverage of %s: %.2f %%%n", rate.getString(0), 100 * coverage);
      assertTrue(coverage >= 0.94 && coverage <= 0.97, rate.toString());
    }
  }
}
