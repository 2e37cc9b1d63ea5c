package dev.throughline.reports;

import static dev.throughline.metrics.CampaignDays.CLICKS;
import static dev.throughline.metrics.CampaignDays.CONVERSIONS;
import static dev.throughline.metrics.CampaignDays.IMPRESSIONS;
import static dev.throughline.metrics.CampaignDays.VALUE;
import static dev.throughline.metrics.Ratios.ratio;
import static dev.throughline.metrics.Ratios.wilsonHigh;
import static dev.throughline.metrics.Ratios.wilsonLow;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.throughline.metrics.CampaignDays;
import dev.throughline.metrics.Ratios;
import dev.throughline.model.Journeys;
import dev.throughline.table.Field;
import dev.throughline.table.Rule;
import dev.throughline.table.Table;
import java.util.List;
import java.util.function.BinaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** What brings outcomes, and which big numbers are vanity. */
public final class CampaignScorecard implements Report {
  /** The verdicts. */
  public static final String VANITY = "vanity";

  public static final String EARNING = "earning";
  public static final String TOO_EARLY = "too_early";

  public static final Field ATTENTION_SHARE =
      share("attention_share", "Mean of its shares of the day's impressions and clicks.");
  private static final Field ATTENTION_LOW =
      share("attention_share_low", "Mean of the lower ends of their 95 % intervals (Wilson).");
  private static final Field ATTENTION_HIGH = share("attention_share_high", "Of the upper ends.");
  public static final Field OUTCOME_SHARE =
      share("outcome_share", "Its share of the conversions that any campaign was given.");
  private static final Field OUTCOME_LOW =
      share("outcome_share_low", "Lower end of its 95 % interval (Wilson).");
  private static final Field OUTCOME_HIGH = share("outcome_share_high", "Upper end.");
  private static final Field VALUE_SHARE =
      share("value_share", "Its share of the value that any campaign was given.");
  private static final Field VALUE_INDEX =
      Field.optional(
          "value_index",
          DoubleType,
          "outcome_share / attention_share: above 1, more outcome than attention.");
  private static final Field EXPECTED =
      Field.optional(
          "expected_conversions",
          DoubleType,
          "Conversions that its attention would bring at the portfolio's average.");
  public static final Field VERDICT =
      Field.required(
          "verdict",
          StringType,
          "vanity: its outcome falls short of its attention beyond chance; too_early: too few"
              + " conversions to tell; earning: neither.");

  private static final Table TABLE =
      new Table(
          "campaign_scorecard",
          "What brings outcomes, and which big numbers are vanity: each campaign's share of attention beside its"
              + " share of outcomes.",
          "One row for each day and campaign of the funnel, without (unattributed).",
          List.of(
              CampaignDays.DAY,
              CampaignDays.CAMPAIGN_ID,
              CampaignDays.CAMPAIGN_NAME,
              CampaignDays.CHANNEL,
              CampaignDays.PHASE,
              IMPRESSIONS,
              CLICKS,
              CONVERSIONS,
              VALUE,
              ATTENTION_SHARE,
              ATTENTION_LOW,
              ATTENTION_HIGH,
              OUTCOME_SHARE,
              OUTCOME_LOW,
              OUTCOME_HIGH,
              VALUE_SHARE,
              VALUE_INDEX,
              EXPECTED,
              VERDICT),
          List.of(CampaignDays.DAY, CampaignDays.CAMPAIGN_ID),
          List.of(
              new Rule("a verdict is one of three", VERDICT.col().isin(VANITY, EARNING, TOO_EARLY)),
              new Rule(
                  "vanity rests on intervals that do not overlap",
                  VERDICT.col().notEqual(VANITY).or(OUTCOME_HIGH.col().lt(ATTENTION_LOW.col())))));

  private static Field share(String name, String doc) {
    return Field.optional(name, DoubleType, doc + " NULL where the whole is zero.");
  }

  @Override
  public Table table() {
    return TABLE;
  }

  @Override
  public Dataset<Row> query(Sources sources) {
    WindowSpec day = Window.partitionBy(CampaignDays.DAY.col());
    Column enough =
        greatest(coalesce(EXPECTED.col(), lit(0.0)), CONVERSIONS.col().cast("double"))
            .geq(lit(sources.settings().scorecard().minConversions()));
    Column shortOfAttention = OUTCOME_HIGH.col().lt(ATTENTION_LOW.col());
    Column conversions = col("all_conversions");
    return sources
        .campaignDays()
        .filter(CampaignDays.CAMPAIGN_ID.col().notEqual(Journeys.UNATTRIBUTED))
        .withColumn("all_impressions", sum(IMPRESSIONS.col()).over(day))
        .withColumn("all_clicks", sum(CLICKS.col()).over(day))
        .withColumn("all_conversions", sum(CONVERSIONS.col()).over(day))
        .withColumn("all_value", sum(VALUE.col()).over(day))
        .withColumn(ATTENTION_SHARE.name(), attention(Ratios::ratio))
        .withColumn(ATTENTION_LOW.name(), attention(Ratios::wilsonLow))
        .withColumn(ATTENTION_HIGH.name(), attention(Ratios::wilsonHigh))
        .withColumn(OUTCOME_SHARE.name(), ratio(CONVERSIONS.col(), conversions))
        .withColumn(OUTCOME_LOW.name(), wilsonLow(CONVERSIONS.col(), conversions))
        .withColumn(OUTCOME_HIGH.name(), wilsonHigh(CONVERSIONS.col(), conversions))
        .withColumn(VALUE_SHARE.name(), ratio(VALUE.col(), col("all_value")))
        .withColumn(VALUE_INDEX.name(), ratio(OUTCOME_SHARE.col(), ATTENTION_SHARE.col()))
        .withColumn(EXPECTED.name(), ATTENTION_SHARE.col().multiply(conversions))
        .withColumn(
            VERDICT.name(),
            when(enough, when(shortOfAttention, VANITY).otherwise(EARNING)).otherwise(TOO_EARLY))
        .transform(TABLE::select);
  }

  /** The mean over impressions and clicks, or the one that the day has. */
  private static Column attention(BinaryOperator<Column> part) {
    Column ofImpressions = part.apply(IMPRESSIONS.col(), col("all_impressions"));
    Column ofClicks = part.apply(CLICKS.col(), col("all_clicks"));
    return coalesce(ofImpressions.plus(ofClicks).divide(2), ofImpressions, ofClicks);
  }
}
