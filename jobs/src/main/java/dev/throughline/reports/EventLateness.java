package dev.throughline.reports;

import static dev.throughline.metrics.Counts.countIf;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.percentile;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;

import dev.throughline.config.Settings;
import dev.throughline.input.Events;
import dev.throughline.input.LocalDays;
import dev.throughline.metrics.CampaignDays;
import dev.throughline.metrics.Ratios;
import dev.throughline.model.Facts;
import dev.throughline.model.Need;
import dev.throughline.table.Field;
import dev.throughline.table.Rule;
import dev.throughline.table.Table;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How late events are, by the day under which they were filed: what comes later than a day is
 * restated is seen here, and not on the day that it belongs to.
 */
public final class EventLateness implements Report {
  private static final Field DAY =
      Field.required(
          "day", CampaignDays.DAY.type(), "The day under which the log holds the events.");
  public static final Field EVENTS =
      count("events", "Facts that are filed there, whatever day they belong to.");
  private static final Field RECEIVED =
      count("events_with_received_time", "Those whose received time the log says.");
  private static final Field EARLIER =
      count("received_before_event", "Those received before they happened: clocks are wrong.");
  private static final Field P50 = seconds("p50", "Median of");
  private static final Field P90 = seconds("p90", "90th percentile of");
  private static final Field P99 = seconds("p99", "99th percentile of");
  private static final Field MAX = seconds("max", "Largest of");
  private static final Field LATE =
      count(
          "late",
          "Facts received on a later day than they happened; filed on one, where no received time"
              + " is known.");
  public static final Field AFTER_RESTATED =
      count(
          "after_restated",
          "Those of them that came more than throughline.restate-days later, when nights no longer"
              + " restate their day.");
  private static final Field AFTER_RESTATED_SHARE =
      Field.optional(
          "after_restated_share", DoubleType, "after_restated / events; NULL without events.");
  private static final Field TOO_LATE =
      count(
          "rejected_as_too_late",
          "Rows that were rejected since they happened more than partition.late-days before the day"
              + " under which they are filed.");

  private static final List<Field> COUNTS =
      List.of(EVENTS, RECEIVED, EARLIER, LATE, AFTER_RESTATED, TOO_LATE);

  public static final Table TABLE =
      new Table(
          "event_lateness",
          "How long after they happened events were received, and which of them came too late to be"
              + " counted on their day.",
          "One row for each day of the log's partitions.",
          List.of(
              DAY,
              EVENTS,
              RECEIVED,
              EARLIER,
              P50,
              P90,
              P99,
              MAX,
              LATE,
              AFTER_RESTATED,
              AFTER_RESTATED_SHARE,
              TOO_LATE),
          List.of(DAY),
          List.of(
              new Rule("what is received at all is an event", RECEIVED.col().leq(EVENTS.col())),
              new Rule(
                  "what comes after restating is late",
                  AFTER_RESTATED.col().leq(LATE.col()).and(LATE.col().leq(EVENTS.col()))),
              Rule.whenPresent(
                  "percentiles are in order",
                  P50.col(),
                  P50.col()
                      .leq(P90.col())
                      .and(P90.col().leq(P99.col()))
                      .and(P99.col().leq(MAX.col())))));

  private static Field count(String name, String doc) {
    return Field.required(name, LongType, doc);
  }

  private static Field seconds(String name, String what) {
    return Field.optional(
        "lateness_" + name + "_seconds",
        DoubleType,
        what + " received minus event time, in whole seconds; NULL if no received time is known.");
  }

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
    return Folding.none("Not folded: a row is a whole day.");
  }

  @Override
  public Guide guide() {
    return new Guide(
        "How late do events come, and is any of them lost to its day?",
        "Half of the events are received within 31 seconds, all but one per cent within 60; 56 came on a "
            + "later day, of which 5 after nights no longer restate theirs.",
        """
          SELECT lateness_p50_seconds, lateness_p99_seconds, late, after_restated
          FROM read_parquet('warehouse/event_lateness/*/*.parquet', hive_partitioning = true)
          WHERE day = DATE '2026-10-31';
        """);
  }

  /**
   * Counts rows by the day under which they are filed.
   *
   * @param filed classified rows of the partitions that are named like the run's days, whatever day
   *     their events belong to, see {@link Facts}
   */
  public static Dataset<Row> ofRows(Dataset<Row> filed, Settings settings) {
    Column fact = Facts.STATUS.col().equalTo(Facts.FACT);
    Column came = coalesce(LocalDays.received(settings.zone()), Events.INPUT_DAY.col());
    Column lateness = Events.RECEIVED.col().minus(Events.TIME.col());
    Column seconds = when(fact, floor(lateness.divide(lit(1_000_000L))));
    Column filedAt = unix_micros(Events.INPUT_DAY.col().cast("timestamp"));
    Dataset<Row> counted =
        filed
            .groupBy(DAY.as(Events.INPUT_DAY.col()))
            .agg(
                EVENTS.as(countIf(fact)),
                RECEIVED.as(countIf(fact.and(Events.RECEIVED.col().isNotNull()))),
                EARLIER.as(countIf(fact.and(lateness.lt(lit(0))))),
                percentile(seconds, array(lit(0.5), lit(0.9), lit(0.99))).as("lateness"),
                MAX.as(max(seconds)),
                LATE.as(countIf(fact.and(came.gt(Events.DAY.col())))),
                AFTER_RESTATED.as(
                    countIf(fact.and(came.gt(date_add(Events.DAY.col(), settings.restateDays()))))),
                TOO_LATE.as(
                    countIf(
                        Events.REJECT_REASON
                            .col()
                            .equalTo(Events.OUTSIDE_PARTITION)
                            .and(Events.TIME.col().lt(filedAt)))));
    return counted
        .withColumn(P50.name(), round(col("lateness").getItem(0), 3))
        .withColumn(P90.name(), round(col("lateness").getItem(1), 3))
        .withColumn(P99.name(), round(col("lateness").getItem(2), 3))
        .drop("lateness");
  }

  @Override
  public Dataset<Row> query(Sources sources) {
    Dataset<Row> rows = sources.rows().lateness();
    return sources
        .days()
        // One row for each day on either side.
        .join(rows, sources.days().col(DAY.name()).equalTo(rows.col(DAY.name())), "left")
        .drop(rows.col(DAY.name()))
        .withColumn(AFTER_RESTATED_SHARE.name(), Ratios.ratio(AFTER_RESTATED.col(), EVENTS.col()))
        .na()
        .fill(0L, COUNTS.stream().map(Field::name).toArray(String[]::new))
        .transform(TABLE::select);
  }
}
