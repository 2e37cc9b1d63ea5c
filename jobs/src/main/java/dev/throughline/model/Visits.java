package dev.throughline.model;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.BooleanType;

import dev.throughline.config.Settings.SessionRule;
import dev.throughline.input.EventType;
import dev.throughline.input.Events;
import dev.throughline.table.Field;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Which visits landed for which campaign, and whether they were engaged.
 *
 * <p>A visit lands for a campaign if it has a page view of the campaign, or a page view of none
 * after the first click or page view that names a campaign, which then is the visit's. A visit that
 * names no campaign lands for none.
 */
public final class Visits {
  public static final Field ENGAGED =
      Field.required("engaged", BooleanType, "The visit was engaged.");

  private static final double MICROS = 1e6;

  /** No page view has more foreground time than a day. */
  private static final double MOST_SECONDS = 86_400;

  private Visits() {}

  /** Foreground time in whole microseconds: sums of doubles would depend on the order of rows. */
  static Column foreground() {
    Column seconds = coalesce(Events.ENGAGEMENT_SECONDS.col(), lit(0.0));
    return round(least(seconds, lit(MOST_SECONDS)).multiply(lit(MICROS))).cast("long");
  }

  /** A visit with more foreground time than this, in microseconds, is engaged. */
  static long engagedMicros(SessionRule rule) {
    return Math.round(rule.engagedSeconds() * MICROS);
  }

  /**
   * Landed visits.
   *
   * <p>Grain: visitor, visitor_kind, day, visit, campaign_id; campaign_id is NULL for visits
   * without one.
   */
  public static Dataset<Row> landed(Dataset<Row> facts, SessionRule rule) {
    Column pageView = EventType.PAGE_VIEW.here();
    Column names = Events.CAMPAIGN_ID.col().isNotNull();
    Column brings = names.and(pageView.or(EventType.CLICK.here()));
    WindowSpec visit =
        Window.partitionBy(
            Facts.VISITOR.col(), Facts.VISITOR_KIND.col(), Events.DAY.col(), Facts.VISIT.col());
    Column engaged =
        sum(col("foreground"))
            .over(visit)
            .gt(lit(engagedMicros(rule)))
            .or(sum(col("page_views")).over(visit).geq(lit(rule.engagedPageViews())))
            .or(sum(col("conversions")).over(visit).gt(0));
    Column first =
        min(when(
                col("brought").isNotNull(),
                struct(col("brought"), col("brought_at"), Events.CAMPAIGN_ID.col())))
            .over(visit);
    Column lastWithout = max(when(Events.CAMPAIGN_ID.col().isNull(), col("last_page"))).over(visit);
    Column ownPage = col("page_views").gt(0);
    Column inherited =
        Events.CAMPAIGN_ID
            .col()
            .equalTo(col("first." + Events.CAMPAIGN_ID.name()))
            .and(col("last_without").geq(col("first.brought_at")));
    Column organic = Events.CAMPAIGN_ID.col().isNull().and(col("first.brought").isNull());
    return facts
        .filter(Facts.VISIT.col().isNotNull())
        .groupBy(
            Facts.VISITOR.col(),
            Facts.VISITOR_KIND.col(),
            Events.DAY.col(),
            Facts.VISIT.col(),
            Events.CAMPAIGN_ID.col())
        .agg(
            count(when(pageView, lit(1))).as("page_views"),
            max(when(pageView, Events.TIME.col())).as("last_page"),
            sum(foreground()).as("foreground"),
            count(when(EventType.CONVERSION.here(), lit(1))).as("conversions"),
            // By numbers alone, so that rows are hashed and not sorted.
            min(when(brings, Facts.SEQUENCE.col())).as("brought"),
            min(when(brings, Events.TIME.col())).as("brought_at"))
        .withColumn(ENGAGED.name(), ENGAGED.as(engaged))
        .withColumn("first", first)
        .withColumn("last_without", lastWithout)
        .filter(
            when(Events.CAMPAIGN_ID.col().isNull(), organic.and(ownPage))
                .otherwise(ownPage.or(coalesce(inherited, lit(false)))))
        .select(
            Facts.VISITOR.col(),
            Facts.VISITOR_KIND.col(),
            Events.DAY.col(),
            Facts.VISIT.col(),
            Events.CAMPAIGN_ID.col(),
            ENGAGED.col());
  }
}
