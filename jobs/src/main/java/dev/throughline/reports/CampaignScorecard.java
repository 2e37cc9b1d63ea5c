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
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rank;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.throughline.metrics.CampaignDays;
import dev.throughline.metrics.CampaignPeriods;
import dev.throughline.metrics.Posterior;
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

  /** How many portfolios in a hundred may hold a wrong vanity verdict: shared by its campaigns. */
  private static final double ERROR = 0.05;

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
  private static final Field CVR =
      Field.optional("cvr", DoubleType, "conversions / clicks; NULL without clicks.");
  private static final Field CVR_LOW =
      Field.optional(
          "cvr_low",
          DoubleType,
          "Lower end of the 95 % credible interval of cvr, drawn towards the portfolio's rate.");
  private static final Field CVR_HIGH = Field.optional("cvr_high", DoubleType, "Upper end.");
  private static final Field CHANCE =
      Field.optional(
          "chance_of_no_shortfall",
          DoubleType,
          "How probable it is that its rate is not below the portfolio's, given the counts.");
  private static final Field ATTENTION_RANK =
      Field.required("rank_by_attention", IntegerType, "1: the largest attention_share.");
  private static final Field OUTCOME_RANK =
      Field.required("rank_by_outcome", IntegerType, "1: the largest outcome_share.");
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
              + " share of outcomes, and the metric of its phase.",
          "One row for each day, period and campaign of the funnel, without (unattributed).",
          List.of(
              CampaignDays.DAY,
              CampaignPeriods.PERIOD,
              CampaignPeriods.DAYS,
              CampaignDays.CAMPAIGN_ID,
              CampaignDays.CAMPAIGN_NAME,
              CampaignDays.CHANNEL,
              CampaignDays.PHASE,
              IMPRESSIONS,
              CLICKS,
              CONVERSIONS,
              VALUE,
              CampaignDays.SPEND,
              CVR,
              CVR_LOW,
              CVR_HIGH,
              ATTENTION_SHARE,
              ATTENTION_LOW,
              ATTENTION_HIGH,
              OUTCOME_SHARE,
              OUTCOME_LOW,
              OUTCOME_HIGH,
              VALUE_SHARE,
              VALUE_INDEX,
              EXPECTED,
              CHANCE,
              ATTENTION_RANK,
              OUTCOME_RANK,
              PhaseMetric.METRIC,
              PhaseMetric.ACTUAL,
              CampaignDays.TARGET,
              PhaseMetric.ON_TARGET,
              VERDICT,
              Focus.FOCUS),
          List.of(CampaignDays.DAY, CampaignPeriods.PERIOD, CampaignDays.CAMPAIGN_ID),
          List.of(
              new Rule("a verdict is one of three", VERDICT.col().isin(VANITY, EARNING, TOO_EARLY)),
              new Rule(
                  "vanity rests on intervals that do not overlap",
                  VERDICT.col().notEqual(VANITY).or(OUTCOME_HIGH.col().lt(ATTENTION_LOW.col()))),
              new Rule(
                  "vanity is no chance",
                  VERDICT.col().notEqual(VANITY).or(CHANCE.col().leq(ERROR)))));

  private static Field share(String name, String doc) {
    return Field.optional(name, DoubleType, doc + " NULL where the whole is zero.");
  }

  @Override
  public Table table() {
    return TABLE;
  }

  @Override
  public Folding folding() {
    return Folding.none(
        "The same campaigns are folded as in campaign_funnel; (too few people) is judged like a campaign.");
  }

  @Override
  public Guide guide() {
    return new Guide(
        "Which big numbers are vanity, and what should be done about each campaign?",
        "In the 28 days up to 2026-10-31, campaign A is 1 by attention with 36.0 per "
            + "cent of it, but 11 by outcome with 3.0 per cent: vanity, to be fixed after the "
            + "click.",
        """
          SELECT campaign_id, round(100 * attention_share, 1) AS attention_percent,
                 round(100 * outcome_share, 1) AS outcome_percent, rank_by_attention, rank_by_outcome,
                 verdict, focus
          FROM read_parquet('warehouse/campaign_scorecard/*/*.parquet', hive_partitioning = true)
          WHERE day = DATE '2026-10-31' AND period = 28
          ORDER BY attention_share DESC;
        """);
  }

  @Override
  public Dataset<Row> query(Sources sources) {
    WindowSpec portfolio = Window.partitionBy(CampaignDays.DAY.col(), CampaignPeriods.PERIOD.col());
    // Sums of fractions depend on the order of rows in their last digit.
    WindowSpec inOrder =
        portfolio
            .orderBy(CampaignDays.CAMPAIGN_ID.col())
            .rowsBetween(Window.unboundedPreceding(), Window.unboundedFollowing());
    Column least = lit(sources.settings().scorecard().minConversions());
    Column enough =
        greatest(coalesce(EXPECTED.col(), lit(0.0)), CONVERSIONS.col().cast("double")).geq(least);
    Column beyondChance =
        OUTCOME_HIGH
            .col()
            .lt(ATTENTION_LOW.col())
            .and(CHANCE.col().leq(lit(ERROR).divide(col("campaigns"))));
    Column conversions = col("all_conversions");
    return CampaignFunnel.campaigns(sources)
        .filter(CampaignDays.CAMPAIGN_ID.col().notEqual(Journeys.UNATTRIBUTED))
        .withColumn("campaigns", count(lit(1)).over(portfolio))
        .withColumn("all_impressions", sum(IMPRESSIONS.col()).over(portfolio))
        .withColumn("all_clicks", sum(CLICKS.col()).over(portfolio))
        .withColumn("all_conversions", sum(CONVERSIONS.col()).over(portfolio))
        .withColumn("all_value", sum(VALUE.col()).over(portfolio))
        .transform(rows -> Posterior.with(rows, CONVERSIONS.col(), CLICKS.col(), inOrder))
        .withColumn(CVR.name(), ratio(CONVERSIONS.col(), CLICKS.col()))
        .withColumn(CVR_LOW.name(), Posterior.low())
        .withColumn(CVR_HIGH.name(), Posterior.high())
        .withColumn(ATTENTION_SHARE.name(), attention(Ratios::ratio))
        .withColumn(ATTENTION_LOW.name(), attention(Ratios::wilsonLow))
        .withColumn(ATTENTION_HIGH.name(), attention(Ratios::wilsonHigh))
        .withColumn(OUTCOME_SHARE.name(), ratio(CONVERSIONS.col(), conversions))
        .withColumn(OUTCOME_LOW.name(), wilsonLow(CONVERSIONS.col(), conversions))
        .withColumn(OUTCOME_HIGH.name(), wilsonHigh(CONVERSIONS.col(), conversions))
        .withColumn(VALUE_SHARE.name(), ratio(VALUE.col(), col("all_value")))
        .withColumn(VALUE_INDEX.name(), ratio(OUTCOME_SHARE.col(), ATTENTION_SHARE.col()))
        .withColumn(EXPECTED.name(), ATTENTION_SHARE.col().multiply(conversions))
        .transform(rows -> chance(least).in(rows, CHANCE.name()))
        .withColumn(ATTENTION_RANK.name(), ranked(portfolio, ATTENTION_SHARE))
        .withColumn(OUTCOME_RANK.name(), ranked(portfolio, OUTCOME_SHARE))
        .withColumn(
            VERDICT.name(),
            when(enough, when(beyondChance, VANITY).otherwise(EARNING)).otherwise(TOO_EARLY))
        .transform(rows -> PhaseMetric.with(rows, sources.settings().scorecard().metrics()))
        .withColumn(Focus.FOCUS.name(), Focus.of(OUTCOME_LOW.col().gt(ATTENTION_HIGH.col())))
        .transform(TABLE::select);
  }

  /**
   * By the conversion rate of its clicks, or where these are too few to tell, by its share of
   * attention: a million impressions without a click bring no conversion either.
   */
  private static Posterior.Tail chance(Column least) {
    Posterior.Tail byAttention =
        new Posterior.Tail(
            CONVERSIONS.col().cast("double"),
            col("all_conversions").cast("double"),
            ATTENTION_SHARE.col());
    return Posterior.notBelowPooled().when(Posterior.expected().geq(least), byAttention);
  }

  private static Column ranked(WindowSpec portfolio, Field share) {
    // Equal shares of other counts may differ in their last binary digit.
    return rank().over(portfolio.orderBy(round(share.col(), 12).desc_nulls_last()));
  }

  /** The mean over impressions and clicks, or the one that the day has. */
  private static Column attention(BinaryOperator<Column> part) {
    Column ofImpressions = part.apply(IMPRESSIONS.col(), col("all_impressions"));
    Column ofClicks = part.apply(CLICKS.col(), col("all_clicks"));
    return coalesce(ofImpressions.plus(ofClicks).divide(2), ofImpressions, ofClicks);
  }
}
