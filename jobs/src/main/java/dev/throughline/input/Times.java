package dev.throughline.input;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.time.Instant;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.TryEval;
import org.apache.spark.sql.functions;

/**
 * Times of a log, of which one can be absurd: infinite, or further away than can be computed with.
 * Spark fails a whole query over one such row, where it shifts it between zones or changes its
 * unit.
 */
final class Times {
  /** Within the years 1 to 9999 in every zone. */
  private static final Column FIRST = lit(Instant.parse("0001-01-02T00:00:00Z"));

  private static final Column LAST = lit(Instant.parse("9999-12-30T00:00:00Z"));

  private static final String VALUE = "value";

  private Times() {}

  /** An expression of the user's; NULL for a row for which it fails. */
  static Column computed(String expression) {
    Column value = functions.expr(expression);
    return isName(value) ? value : tried(value).getField(VALUE);
  }

  /** Whether a row has a value for an expression of the user's, also if that fails. */
  static Column given(String expression) {
    Column value = functions.expr(expression);
    return isName(value)
        ? value.isNotNull()
        : tried(value).isNull().or(tried(value).getField(VALUE).isNotNull());
  }

  private static boolean isName(Column value) {
    return value.expr() instanceof UnresolvedAttribute;
  }

  /**
   * The value in a structure, NULL where it fails. Spark computes what expressions have in common
   * before any of them, so that all have to have the attempt in common, and not the value.
   */
  private static Column tried(Column value) {
    return new Column(new TryEval(struct(value.as(VALUE)).expr()));
  }

  /** A time, or NULL if it is absurd. */
  static Column bounded(Column time) {
    return when(time.between(FIRST, LAST), time);
  }
}
