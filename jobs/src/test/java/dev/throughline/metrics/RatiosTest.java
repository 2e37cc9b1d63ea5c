package dev.throughline.metrics;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.testing.TestSession;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RatiosTest {
  private static final StructType SCHEMA = StructType.fromDDL("part bigint, whole bigint");
  private static List<Row> rows;

  @BeforeAll
  static void compute() {
    rows =
        TestSession.get()
            .createDataFrame(
                List.of(
                    RowFactory.create(2L, 10L),
                    RowFactory.create(200L, 1000L),
                    RowFactory.create(0L, 10L),
                    RowFactory.create(10L, 10L),
                    RowFactory.create(0L, 0L),
                    RowFactory.create(11L, 10L)),
                SCHEMA)
            .select(
                col("part"),
                Ratios.ratio(col("part"), col("whole")),
                Ratios.wilsonLow(col("part"), col("whole")),
                Ratios.wilsonHigh(col("part"), col("whole")))
            .collectAsList();
  }

  private static void assertInterval(int row, double low, double high) {
    assertEquals(low, rows.get(row).getDouble(2), 5e-5);
    assertEquals(high, rows.get(row).getDouble(3), 5e-5);
  }

  @Test
  void wilsonIntervalsAreThePublishedOnes() {
    assertInterval(0, .0567, .5098);
    assertInterval(1, .1764, .2259);
  }

  @Test
  void intervalsOfNoneAndOfAllEndAtZeroAndOne() {
    assertInterval(2, 0, .2775);
    assertEquals(0, rows.get(2).getDouble(2));
    assertInterval(3, .7225, 1);
    assertEquals(1, rows.get(3).getDouble(3));
  }

  @Test
  void quantilesAreThoseOfStudentsTable() {
    assertEquals(2.2281, Ratios.quantile(11), 5e-5);
    assertEquals(1.9983, Ratios.quantile(64), 5e-5);
    assertEquals(Ratios.Z, Ratios.quantile(1));
  }

  @Test
  void zeroDenominatorGivesNull() {
    for (int column = 1; column < 4; column++) {
      assertNull(rows.get(4).get(column));
    }
  }

  @Test
  void whatIsNoProportionHasARatioAndNoInterval() {
    assertEquals(1.1, rows.get(5).getDouble(1), 1e-15);
    assertTrue(rows.get(5).isNullAt(2) && rows.get(5).isNullAt(3));
  }
}
