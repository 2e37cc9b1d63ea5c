package dev.throughline.metrics;

import static dev.throughline.metrics.CampaignDays.CAMPAIGN_ID;
import static dev.throughline.metrics.CampaignDays.CAMPAIGN_NAME;
import static dev.throughline.metrics.CampaignDays.CHANNEL;
import static dev.throughline.metrics.CampaignDays.CLICKS;
import static dev.throughline.metrics.CampaignDays.DAY;
import static dev.throughline.metrics.CampaignDays.EVENT_CHANNEL;
import static dev.throughline.metrics.CampaignDays.IMPRESSIONS;
import static dev.throughline.metrics.CampaignDays.LANDED_SESSIONS;
import static dev.throughline.metrics.CampaignDays.PEOPLE_CLICKED;
import static dev.throughline.metrics.CampaignDays.PEOPLE_LANDED;
import static dev.throughline.metrics.CampaignDays.PHASE;
import static dev.throughline.metrics.CampaignDays.REACH;
import static dev.throughline.metrics.CampaignDays.SPEND;
import static dev.throughline.metrics.CampaignDays.TARGET;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hll_sketch_estimate;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;

import dev.throughline.input.Dimensions;
import dev.throughline.model.Journeys;
import dev.throughline.table.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The counts of each campaign in each period, on which funnel and scorecard rest.
 *
 * <p>Grain: day, period, campaign_id. The period of one day is the day itself.
 */
public final class CampaignPeriods {
  public static final Field PERIOD =
      Field.required("period", IntegerType, "Length of the period that ends with day, in days.");
  public static final Field DAYS =
      Field.required("days", IntegerType, "How many days of the period the log has.");
  public static final Field FIRST_DAY =
      Field.required("first_day", DateType, "First day of the period.");

  private CampaignPeriods() {}

  /**
   * Adds the days of each period up.
   *
   * @param campaignDays the counts of each day, see {@link CampaignDays}
   * @param periods day, period, days and first_day of each period to tell of
   * @param campaigns the campaign dimension
   */
  public static Dataset<Row> of(
      Dataset<Row> campaignDays, Dataset<Row> periods, Dataset<Row> campaigns) {
    Column counted = col("counted_day");
    // Each day is meant to go into every period that holds it; the periods of a run are few.
    return campaignDays
        .withColumnRenamed(DAY.name(), "counted_day")
        .join(broadcast(periods), counted.between(FIRST_DAY.col(), DAY.col()), "inner")
        .groupBy(DAY.col(), PERIOD.col(), DAYS.col(), CAMPAIGN_ID.col())
        .agg(EVENT_CHANNEL.as(min(EVENT_CHANNEL.col())), sums())
        .withColumn(REACH.name(), people(REACH, IMPRESSIONS, PERIOD.col().equalTo(1)))
        .withColumn(PEOPLE_CLICKED.name(), people(PEOPLE_CLICKED, CLICKS, PERIOD.col().equalTo(1)))
        .withColumn(
            PEOPLE_LANDED.name(), people(PEOPLE_LANDED, LANDED_SESSIONS, PERIOD.col().equalTo(1)))
        .transform(rows -> described(rows, campaigns));
  }

  /**
   * Rows of the same name added up; {@link Journeys#TOO_FEW} stands for several campaigns, whose
   * people have no sum.
   */
  public static Dataset<Row> together(Dataset<Row> rows) {
    Column several = CAMPAIGN_ID.col().equalTo(Journeys.TOO_FEW);
    return rows.groupBy(DAY.col(), PERIOD.col(), DAYS.col(), CAMPAIGN_ID.col())
        .agg(
            CAMPAIGN_NAME.as(when(not(several), min(CAMPAIGN_NAME.col()))),
            Stream.concat(
                    Stream.of(
                        CHANNEL.as(when(several, Journeys.TOO_FEW).otherwise(min(CHANNEL.col()))),
                        PHASE.as(when(not(several), min(PHASE.col()))),
                        TARGET.as(when(not(several), min(TARGET.col())))),
                    Stream.of(sums()))
                .toArray(Column[]::new))
        .withColumn(REACH.name(), people(REACH, IMPRESSIONS, not(several)))
        .withColumn(PEOPLE_CLICKED.name(), people(PEOPLE_CLICKED, CLICKS, not(several)))
        .withColumn(PEOPLE_LANDED.name(), people(PEOPLE_LANDED, LANDED_SESSIONS, not(several)));
  }

  private static Column[] sums() {
    List<Column> sums = new ArrayList<>();
    for (Field field : CampaignDays.SUMMED) {
      if (!field.nullable()) {
        sums.add(field.as(coalesce(sum(field.col()), lit(0))));
      }
    }
    sums.add(SPEND.as(sum(SPEND.col())));
    for (Field sketch : CampaignDays.SKETCHES.values()) {
      sums.add(sketch.as(CampaignDays.merged(sketch)));
    }
    return sums.toArray(Column[]::new);
  }

  /**
   * People of several days or campaigns have no sum: the sketch estimates them. No more than one
   * can stand behind each event.
   */
  private static Column people(Field count, Field events, Column counted) {
    Column sketch = CampaignDays.SKETCHES.get(count).col();
    Column estimate = coalesce(hll_sketch_estimate(sketch), lit(0L));
    return count.as(when(counted, count.col()).otherwise(least(estimate, events.col())));
  }

  private static Dataset<Row> described(Dataset<Row> rows, Dataset<Row> campaigns) {
    Dataset<Row> dimension =
        broadcast(
            campaigns.select(
                Dimensions.CAMPAIGN_ID.col().as("known_campaign"),
                CAMPAIGN_NAME.as(Dimensions.CAMPAIGN_NAME.col()),
                Dimensions.CHANNEL.col().as("known_channel"),
                PHASE.as(Dimensions.PHASE.col()),
                TARGET.as(Dimensions.TARGET.col())));
    Column channel =
        when(CAMPAIGN_ID.col().equalTo(Journeys.UNATTRIBUTED), Journeys.UNATTRIBUTED)
            .otherwise(coalesce(col("known_channel"), EVENT_CHANNEL.col(), lit(Journeys.UNKNOWN)));
    // One row a campaign: the join keeps every row once.
    return rows.join(dimension, CAMPAIGN_ID.col().equalTo(col("known_campaign")), "left_outer")
        .withColumn(CHANNEL.name(), CHANNEL.as(channel))
        .drop("known_campaign", "known_channel", EVENT_CHANNEL.name());
  }
}
