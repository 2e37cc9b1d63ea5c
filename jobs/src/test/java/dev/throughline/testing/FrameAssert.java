package dev.throughline.testing;

import com.holdenkarau.spark.testing.JavaDataFrameSuiteBase;
import java.time.Duration;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import scala.runtime.BoxedUnit;

/** Comparisons of whole tables. The one place that knows spark-testing-base. */
public final class FrameAssert {
  private static final Suite SUITE = new Suite();

  private FrameAssert() {}

  /** The library is a base class of JUnit 4 tests; here it compares in our session. */
  private static final class Suite extends JavaDataFrameSuiteBase {
    private static final long serialVersionUID = 1L;

    @Override
    public SparkSession spark() {
      return TestSession.get();
    }

    @Override
    public boolean enableHiveSupport() {
      return false;
    }
  }

  /** The same columns and the same rows, each as often, in any order. */
  public static void assertSameRows(Dataset<Row> expected, Dataset<Row> found) {
    SUITE.assertDataFrameNoOrderEquals(expected, found);
  }

  /** The same rows in the order of the given columns; numbers may differ by the tolerance. */
  public static void assertClose(
      Dataset<Row> expected, Dataset<Row> found, double tolerance, String... order) {
    Column[] columns = Arrays.stream(order).map(functions::col).toArray(Column[]::new);
    SUITE.assertDataFrameApproximateEquals(
        expected.orderBy(columns),
        found.orderBy(columns),
        tolerance,
        Duration.ZERO,
        unequal -> {
          unequal.show(false);
          return BoxedUnit.UNIT;
        });
  }
}
