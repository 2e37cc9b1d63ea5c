package dev.throughline.reports;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.get_json_object;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.throughline.input.Events;
import dev.throughline.metrics.CampaignDays;
import dev.throughline.model.Facts;
import dev.throughline.model.Need;
import dev.throughline.table.Field;
import dev.throughline.table.Rule;
import dev.throughline.table.Table;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The rows of the log that are no events, and why. */
public final class RejectedEvents implements Report {
  private static final Field DAY =
      Field.required("day", CampaignDays.DAY.type(), "The day under which the log holds the row.");
  private static final Field REASON =
      Field.required("reason", StringType, "The first reason that applies.");
  private static final Field RAW =
      Field.required(
          "raw", StringType, "The row's mapped columns as JSON; NULLs and user_id are left out.");
  private static final Field EVENT_ID = Events.EVENT_ID;
  private static final Field ROWS =
      Field.required("rows", LongType, "How many rows of the log look just like this.");

  private static final Folding FOLDING =
      Folding.of(
          "Folded first by reason, then by content, by rows: a bound, they are of as many people at the most. What rows held is then lost"
              + " here but not in the log.",
          Fold.disjoint(List.of(DAY), REASON, sum(ROWS.col())),
          Fold.disjoint(List.of(DAY, REASON), RAW, sum(ROWS.col())));

  private static final Table TABLE =
      new Table(
          "rejected_events",
          "The rows of the log that are no events, and why, so that they can be mended at their source.",
          "One row for each day, reason and content.",
          List.of(DAY, REASON, EVENT_ID, RAW, ROWS),
          List.of(DAY, REASON, RAW),
          List.of(new Rule("a row stands for rows", ROWS.col().gt(lit(0)))));

  @Override
  public Table table() {
    return TABLE;
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.ROWS);
  }

  @Override
  public Folding folding() {
    return FOLDING;
  }

  @Override
  public Guide guide() {
    return new Guide(
        "Which rows were rejected, and why?",
        "4 rows had a negative value.",
        """
          SELECT reason, count(*) AS rows
          FROM read_parquet('warehouse/rejected_events/*/*.parquet', hive_partitioning = true)
          WHERE day = DATE '2026-10-31'
          GROUP BY reason
          ORDER BY rows DESC, reason;
        """);
  }

  /**
   * Counts rejected rows by day, reason and content.
   *
   * @param facts classified rows of the run's days, see {@link Facts}
   */
  public static Dataset<Row> ofRows(Dataset<Row> facts) {
    return facts
        .filter(Facts.STATUS.col().equalTo(Facts.REJECTED))
        .groupBy(DAY.col(), REASON.as(Events.REJECT_REASON.col()), RAW.col())
        .agg(ROWS.as(count(lit(1))));
  }

  @Override
  public Dataset<Row> query(Sources sources) {
    return sources
        .rows()
        .rejected()
        .transform(FOLDING.sums(sources, TABLE.key(), List.of(ROWS)))
        .withColumn(EVENT_ID.name(), get_json_object(RAW.col(), "$.event_id"))
        .transform(TABLE::select);
  }
}
