package dev.throughline.reports;

import static dev.throughline.metrics.CampaignDays.CAMPAIGN_ID;
import static dev.throughline.metrics.CampaignDays.CAMPAIGN_NAME;
import static dev.throughline.metrics.CampaignDays.CHANNEL;
import static dev.throughline.metrics.CampaignDays.CLICKS;
import static dev.throughline.metrics.CampaignDays.CONVERSIONS;
import static dev.throughline.metrics.CampaignDays.DAY;
import static dev.throughline.metrics.CampaignDays.ENGAGED_SESSIONS;
import static dev.throughline.metrics.CampaignDays.GROSS_CLICKS;
import static dev.throughline.metrics.CampaignDays.GROSS_IMPRESSIONS;
import static dev.throughline.metrics.CampaignDays.IMPRESSIONS;
import static dev.throughline.metrics.CampaignDays.INVALID_CLICKS;
import static dev.throughline.metrics.CampaignDays.INVALID_IMPRESSIONS;
import static dev.throughline.metrics.CampaignDays.LANDED_SESSIONS;
import static dev.throughline.metrics.CampaignDays.MEASURED_IMPRESSIONS;
import static dev.throughline.metrics.CampaignDays.PEOPLE_CLICKED;
import static dev.throughline.metrics.CampaignDays.PEOPLE_LANDED;
import static dev.throughline.metrics.CampaignDays.PHASE;
import static dev.throughline.metrics.CampaignDays.REACH;
import static dev.throughline.metrics.CampaignDays.SPEND;
import static dev.throughline.metrics.CampaignDays.VALUE;
import static dev.throughline.metrics.CampaignDays.VIEWABLE_IMPRESSIONS;
import static dev.throughline.metrics.CampaignPeriods.DAYS;
import static dev.throughline.metrics.CampaignPeriods.PERIOD;
import static dev.throughline.metrics.Ratios.ratio;
import static dev.throughline.metrics.Ratios.wilsonHigh;
import static dev.throughline.metrics.Ratios.wilsonLow;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.throughline.metrics.CampaignPeriods;
import dev.throughline.model.Journeys;
import dev.throughline.table.Field;
import dev.throughline.table.Rule;
import dev.throughline.table.Table;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How many saw, clicked, landed and acted, and at what cost. */
public final class CampaignFunnel implements Report {
  static final Field CURRENCY =
      Field.optional(
          "currency",
          StringType,
          "ISO 4217 code of all money; NULL: the row has no money, or the data names none.");
  private static final Field CTR =
      rate("ctr", "Click-through rate: clicks / impressions; NULL without impressions.");
  private static final Field CTR_LOW = rate("ctr_low", "Lower end of its 95 % interval (Wilson).");
  private static final Field CTR_HIGH =
      rate("ctr_high", "Upper end; NULL where clicks exceed impressions.");
  private static final Field CVR =
      rate("cvr", "Conversion rate: conversions / clicks; NULL without clicks.");
  private static final Field CVR_LOW = rate("cvr_low", "Lower end of its 95 % interval (Wilson).");
  private static final Field CVR_HIGH =
      rate("cvr_high", "Upper end; NULL where conversions exceed clicks.");
  private static final Field CPM = rate("cpm", "1000 × spend / impressions, in currency.");
  private static final Field CPC = rate("cpc", "Cost per click: spend / clicks, in currency.");
  private static final Field CPA =
      rate("cpa", "Cost per conversion: spend / conversions, in currency.");
  private static final Field ROAS = rate("roas", "Return on ad spend: value / spend.");

  private static final Folding FOLDING =
      Folding.of(
          "Folded by campaign: by the different known people who saw, who clicked or who landed, whichever are most. (unattributed) is"
              + " no campaign, and is never folded. What few of a row's people did is not hidden. reach, people_clicked and"
              + " people_landed of (too few people) are estimates.",
          Fold.overlapping(
              List.of(DAY, PERIOD),
              CAMPAIGN_ID,
              max(greatest(REACH.col(), PEOPLE_CLICKED.col(), PEOPLE_LANDED.col()))));

  private static final Table TABLE =
      new Table(
          "campaign_funnel",
          "How many people saw each campaign, clicked, landed and acted, and at what cost.",
          "One row for each day, period that ends with it, and campaign with any event, credit or spend;"
              + " the campaign (unattributed) holds what belongs to none.",
          List.of(
              DAY,
              PERIOD,
              DAYS,
              CAMPAIGN_ID,
              CAMPAIGN_NAME,
              CHANNEL,
              PHASE,
              CURRENCY,
              GROSS_IMPRESSIONS,
              INVALID_IMPRESSIONS,
              IMPRESSIONS,
              MEASURED_IMPRESSIONS,
              VIEWABLE_IMPRESSIONS,
              GROSS_CLICKS,
              INVALID_CLICKS,
              CLICKS,
              LANDED_SESSIONS,
              ENGAGED_SESSIONS,
              CONVERSIONS,
              VALUE,
              SPEND,
              CTR,
              CTR_LOW,
              CTR_HIGH,
              CVR,
              CVR_LOW,
              CVR_HIGH,
              CPM,
              CPC,
              CPA,
              ROAS,
              REACH,
              PEOPLE_CLICKED,
              PEOPLE_LANDED),
          List.of(DAY, PERIOD, CAMPAIGN_ID),
          List.of(
              new Rule(
                  "gross impressions are net plus invalid",
                  GROSS_IMPRESSIONS
                      .col()
                      .equalTo(IMPRESSIONS.col().plus(INVALID_IMPRESSIONS.col()))),
              new Rule(
                  "gross clicks are net plus invalid",
                  GROSS_CLICKS.col().equalTo(CLICKS.col().plus(INVALID_CLICKS.col()))),
              new Rule(
                  "viewable impressions were measured, measured ones are impressions",
                  VIEWABLE_IMPRESSIONS
                      .col()
                      .leq(MEASURED_IMPRESSIONS.col())
                      .and(MEASURED_IMPRESSIONS.col().leq(IMPRESSIONS.col()))),
              new Rule("a period has no more days than its length", DAYS.col().leq(PERIOD.col())),
              new Rule(
                  "engaged sessions landed", ENGAGED_SESSIONS.col().leq(LANDED_SESSIONS.col())),
              new Rule("reach is at most impressions", REACH.col().leq(IMPRESSIONS.col())),
              Rule.whenPresent(
                  "ctr lies in its interval",
                  CTR_LOW.col(),
                  CTR.col().between(CTR_LOW.col(), CTR_HIGH.col())),
              Rule.whenPresent(
                  "cvr lies in its interval",
                  CVR_LOW.col(),
                  CVR.col().between(CVR_LOW.col(), CVR_HIGH.col()))));

  private static Field rate(String name, String doc) {
    return Field.optional(name, DoubleType, doc);
  }

  /** Only where there is money: on a day without any, a run of that day alone knows no currency. */
  private static Column currency(Sources sources) {
    return when(SPEND.col().isNotNull().or(VALUE.col().gt(lit(0))), lit(sources.currency()));
  }

  @Override
  public Table table() {
    return TABLE;
  }

  @Override
  public Folding folding() {
    return FOLDING;
  }

  @Override
  public Guide guide() {
    return new Guide(
        "Which campaigns brought most in the last four weeks, and at what cost per "
            + "conversion?",
        "In the 28 days up to 2026-10-31, campaign B brought 4000 from 50 conversions, "
            + "out of 20000 impressions and 1000 clicks, at 20.0 a conversion.",
        """
          SELECT campaign_id, impressions, clicks, conversions, value, cpa
          FROM read_parquet('warehouse/campaign_funnel/*/*.parquet', hive_partitioning = true)
          WHERE day = DATE '2026-10-31' AND period = 28 AND campaign_id <> '(unattributed)'
          ORDER BY value DESC;
        """);
  }

  /** The counts of each campaign, with those folded that too few people stand behind. */
  static Dataset<Row> campaigns(Sources sources) {
    Dataset<Row> all = sources.campaignPeriods();
    if (sources.minPeople() == 0) {
      return all;
    }
    // What belongs to no campaign is no part of the portfolios in which campaigns are judged.
    Column campaign = CAMPAIGN_ID.col().notEqual(Journeys.UNATTRIBUTED);
    return FOLDING
        .names(all.filter(campaign), sources)
        .unionByName(all.filter(not(campaign)))
        .transform(CampaignPeriods::together);
  }

  @Override
  public Dataset<Row> query(Sources sources) {
    return campaigns(sources)
        .withColumn(CURRENCY.name(), CURRENCY.as(currency(sources)))
        .withColumn(CTR.name(), ratio(CLICKS.col(), IMPRESSIONS.col()))
        .withColumn(CTR_LOW.name(), wilsonLow(CLICKS.col(), IMPRESSIONS.col()))
        .withColumn(CTR_HIGH.name(), wilsonHigh(CLICKS.col(), IMPRESSIONS.col()))
        .withColumn(CVR.name(), ratio(CONVERSIONS.col(), CLICKS.col()))
        .withColumn(CVR_LOW.name(), wilsonLow(CONVERSIONS.col(), CLICKS.col()))
        .withColumn(CVR_HIGH.name(), wilsonHigh(CONVERSIONS.col(), CLICKS.col()))
        .withColumn(CPM.name(), ratio(SPEND.col().multiply(lit(1000)), IMPRESSIONS.col()))
        .withColumn(CPC.name(), ratio(SPEND.col(), CLICKS.col()))
        .withColumn(CPA.name(), ratio(SPEND.col(), CONVERSIONS.col()))
        .withColumn(ROAS.name(), ratio(VALUE.col(), SPEND.col()))
        .transform(TABLE::select);
  }
}
