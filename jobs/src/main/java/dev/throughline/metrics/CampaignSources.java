package dev.throughline.metrics;

import static dev.throughline.metrics.CampaignDays.CAMPAIGN_ID;
import static dev.throughline.metrics.CampaignDays.CLICKED_SKETCH;
import static dev.throughline.metrics.CampaignDays.CLICKS;
import static dev.throughline.metrics.CampaignDays.CONVERSIONS;
import static dev.throughline.metrics.CampaignDays.DAY;
import static dev.throughline.metrics.CampaignDays.ENGAGED_SESSIONS;
import static dev.throughline.metrics.CampaignDays.EVENT_CHANNEL;
import static dev.throughline.metrics.CampaignDays.EVENT_COST;
import static dev.throughline.metrics.CampaignDays.GROSS_CLICKS;
import static dev.throughline.metrics.CampaignDays.GROSS_IMPRESSIONS;
import static dev.throughline.metrics.CampaignDays.IMPRESSIONS;
import static dev.throughline.metrics.CampaignDays.INVALID_CLICKS;
import static dev.throughline.metrics.CampaignDays.INVALID_IMPRESSIONS;
import static dev.throughline.metrics.CampaignDays.LANDED_SESSIONS;
import static dev.throughline.metrics.CampaignDays.LANDED_SKETCH;
import static dev.throughline.metrics.CampaignDays.MEASURED_IMPRESSIONS;
import static dev.throughline.metrics.CampaignDays.PEOPLE_CLICKED;
import static dev.throughline.metrics.CampaignDays.PEOPLE_LANDED;
import static dev.throughline.metrics.CampaignDays.REACH;
import static dev.throughline.metrics.CampaignDays.REACH_SKETCH;
import static dev.throughline.metrics.CampaignDays.TABLE_SPEND;
import static dev.throughline.metrics.CampaignDays.VALUE;
import static dev.throughline.metrics.CampaignDays.VIEWABLE_IMPRESSIONS;
import static dev.throughline.metrics.Counts.countIf;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.hll_sketch_agg;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.throughline.config.Settings.SessionRule;
import dev.throughline.input.Dimensions;
import dev.throughline.input.EventType;
import dev.throughline.input.Events;
import dev.throughline.model.Facts;
import dev.throughline.model.Journeys;
import dev.throughline.model.Visits;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What each source knows of a campaign's day. Grain of each: day, campaign_id; channels has a row
 * for each channel as well. {@link CampaignDays} adds them up.
 */
final class CampaignSources {
  /** Sketches have 2 to this many buckets: a standard error of 1.04 / 64 = 1.6 %. */
  private static final int SKETCH_SIZE = 12;

  private CampaignSources() {}

  private static Column campaign() {
    return CAMPAIGN_ID.as(coalesce(Events.CAMPAIGN_ID.col(), lit(Journeys.UNATTRIBUTED)));
  }

  /**
   * First by person, which counts people without expanding rows and needs no exchange; then by
   * campaign.
   */
  static Dataset<Row> events(Dataset<Row> facts) {
    Column valid = Facts.valid();
    Column impression = EventType.IMPRESSION.here();
    Column click = EventType.CLICK.here();
    Column person = Facts.ofPerson();
    Dataset<Row> byPerson =
        facts
            .filter(Facts.STATUS.col().equalTo(Facts.FACT))
            .groupBy(
                Facts.VISITOR.col(),
                Facts.VISITOR_KIND.col(),
                Events.DAY.col(),
                Events.CAMPAIGN_ID.col())
            .agg(
                GROSS_IMPRESSIONS.as(countIf(impression)),
                IMPRESSIONS.as(countIf(impression.and(valid))),
                MEASURED_IMPRESSIONS.as(
                    countIf(impression.and(valid).and(Events.VIEWABLE.col().isNotNull()))),
                VIEWABLE_IMPRESSIONS.as(countIf(impression.and(valid).and(Events.VIEWABLE.col()))),
                GROSS_CLICKS.as(countIf(click)),
                CLICKS.as(countIf(click.and(valid))),
                EVENT_COST.as(sum(Events.COST.col())));
    return byPerson
        .groupBy(DAY.col(), campaign())
        .agg(
            GROSS_IMPRESSIONS.as(sum(GROSS_IMPRESSIONS.col())),
            INVALID_IMPRESSIONS.as(sum(GROSS_IMPRESSIONS.col().minus(IMPRESSIONS.col()))),
            IMPRESSIONS.as(sum(IMPRESSIONS.col())),
            MEASURED_IMPRESSIONS.as(sum(MEASURED_IMPRESSIONS.col())),
            VIEWABLE_IMPRESSIONS.as(sum(VIEWABLE_IMPRESSIONS.col())),
            GROSS_CLICKS.as(sum(GROSS_CLICKS.col())),
            INVALID_CLICKS.as(sum(GROSS_CLICKS.col().minus(CLICKS.col()))),
            CLICKS.as(sum(CLICKS.col())),
            EVENT_COST.as(sum(EVENT_COST.col())),
            REACH.as(countIf(person.and(IMPRESSIONS.col().gt(0)))),
            PEOPLE_CLICKED.as(countIf(person.and(CLICKS.col().gt(0)))),
            REACH_SKETCH.as(people(person.and(IMPRESSIONS.col().gt(0)))),
            CLICKED_SKETCH.as(people(person.and(CLICKS.col().gt(0)))));
  }

  /** On its own: the least of some strings among sums would turn hashing into sorting. */
  static Dataset<Row> channels(Dataset<Row> facts) {
    return facts
        .filter(Facts.STATUS.col().equalTo(Facts.FACT))
        .select(DAY.col(), campaign(), EVENT_CHANNEL.as(Events.CHANNEL.col()))
        .distinct();
  }

  static Dataset<Row> visits(Dataset<Row> facts, SessionRule rule) {
    Dataset<Row> byPerson =
        Visits.landed(facts, rule)
            .groupBy(
                Facts.VISITOR.col(),
                Facts.VISITOR_KIND.col(),
                Events.DAY.col(),
                Events.CAMPAIGN_ID.col())
            .agg(
                LANDED_SESSIONS.as(functions.count(lit(1))),
                ENGAGED_SESSIONS.as(countIf(Visits.ENGAGED.col())));
    return byPerson
        .groupBy(DAY.col(), campaign())
        .agg(
            LANDED_SESSIONS.as(sum(LANDED_SESSIONS.col())),
            ENGAGED_SESSIONS.as(sum(ENGAGED_SESSIONS.col())),
            PEOPLE_LANDED.as(countIf(Facts.ofPerson())),
            LANDED_SKETCH.as(people(Facts.ofPerson())));
  }

  /** The people of some rows, as a sketch that can be merged. */
  private static Column people(Column condition) {
    return hll_sketch_agg(when(condition, Facts.VISITOR.col()), SKETCH_SIZE);
  }

  static Dataset<Row> outcomes(Dataset<Row> credits, String funnelModel) {
    return credits
        .filter(Journeys.DIMENSION.col().equalTo(Journeys.CAMPAIGN))
        .filter(Journeys.MODEL.col().equalTo(funnelModel))
        .groupBy(DAY.col(), CAMPAIGN_ID.as(Journeys.MEMBER.col()))
        .agg(
            CONVERSIONS.as(sum(Journeys.CREDITED_CONVERSIONS.col())),
            VALUE.as(sum(Journeys.CREDITED_VALUE.col())));
  }

  static Dataset<Row> spend(Dataset<Row> spend) {
    return spend.select(
        Dimensions.DAY.col(), Dimensions.CAMPAIGN_ID.col(), TABLE_SPEND.as(Dimensions.SPEND.col()));
  }
}
