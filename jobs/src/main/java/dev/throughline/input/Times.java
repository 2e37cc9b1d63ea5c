package dev.throughline.input;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
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

  private Times() {}

  /** An expression of the user's; NULL for a row for which it fails. */
  static Column computed(String expression) {
    Column value = functions.expr(expression);
    return value.expr() instanceof UnresolvedAttribute
        ? value
        : new Column(new TryEval(value.expr()));
  }

  /** Whether a row has a value for an expression of the user's, also if that fails. */
  static Column given(String expression) {
    Column value = functions.expr(expression);
    return value.expr() instanceof UnresolvedAttribute
        ? value.isNotNull()
        : coalesce(new Column(new TryEval(value.isNotNull().expr())), lit(true));
  }

  /** A time, or NULL if it is absurd. */
  static Column bounded(Column time) {
    return when(time.between(FIRST, LAST), time);
  }
}
