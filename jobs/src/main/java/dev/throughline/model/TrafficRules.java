package dev.throughline.model;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.throughline.config.Settings.InvalidTraffic;
import dev.throughline.input.EventType;
import dev.throughline.input.Events;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Marks which facts are invalid traffic, and why: the first rule that applies. */
final class TrafficRules {
  /** The visitor's last click of the day before a row, with its campaign and time. */
  static final String LAST_CLICK = "last_click";

  private TrafficRules() {}

  /** Rows with {@link Facts#INVALID}; they have a status and the last click. */
  static Dataset<Row> mark(Dataset<Row> rows, InvalidTraffic rule) {
    Column fact = Facts.STATUS.col().equalTo(Facts.FACT);
    Column click = EventType.CLICK.here().and(fact);
    Column eventsOfHour =
        count(when(fact, lit(1)))
            .over(
                Window.partitionBy(
                    Facts.VISITOR.col(),
                    Facts.VISITOR_KIND.col(),
                    Events.DAY.col(),
                    Facts.HOUR.col()));
    long window = rule.doubleClickWindow().toNanos() / 1000;
    Column overLimit =
        rule.eventsPerHour() == 0
            ? lit(false)
            : Facts.ofPerson().and(col("events_of_hour").gt(lit(rule.eventsPerHour())));
    Column doubleClick =
        click
            .and(Facts.VISITOR_KIND.col().leq(Facts.SESSION))
            .and(
                col(LAST_CLICK + "." + Events.CAMPAIGN_ID.name())
                    .eqNullSafe(Events.CAMPAIGN_ID.col()))
            .and(
                Events.TIME
                    .col()
                    .minus(col(LAST_CLICK + "." + Events.TIME.name()))
                    .leq(lit(window)));
    return rows.withColumn("events_of_hour", rule.eventsPerHour() == 0 ? lit(0L) : eventsOfHour)
        .withColumn(
            Facts.INVALID.name(),
            Facts.INVALID.as(
                when(
                    fact,
                    when(Events.INVALID_REASON.col().isNotNull(), Facts.UPSTREAM)
                        .when(Events.BOT.col(), Facts.BOT)
                        .when(overLimit, Facts.ACTIVITY)
                        .when(window == 0 ? lit(false) : doubleClick, Facts.DOUBLE_CLICK))));
  }
}
