package dev.throughline.reports;

import static dev.throughline.metrics.Ratios.ratio;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;

import dev.throughline.metrics.CampaignDays;
import dev.throughline.metrics.Ratios;
import dev.throughline.model.Conversions;
import dev.throughline.model.DayCredits;
import dev.throughline.model.Journeys;
import dev.throughline.table.Field;
import dev.throughline.table.Rule;
import dev.throughline.table.Table;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Who deserves the credit, by every model. */
public final class Attribution implements Report {
  private static final Field ADDITIVE =
      Field.required(
          "additive", BooleanType, "Whether credit adds up over members; never sum it if not.");
  private static final Field SHARE =
      Field.required(
          "share", DoubleType, "credited_conversions / all conversions of the day and action.");
  private static final Field SHARE_LOW = end("Lower");
  private static final Field SHARE_HIGH = end("Upper");
  private static final Field TOO_SMALL =
      Field.optional(
          "too_small_to_rank",
          BooleanType,
          "Whether the interval overlaps that of another member, so that more people could turn the two"
              + " round; NULL without an interval, for (unattributed) and for (too few people).");
  private static final Field SPEND =
      Field.optional(
          "spend",
          Conversions.MONEY_SUM,
          "The member's spend of the day, the same for every action and model; NULL: unknown.");
  private static final Field CPA =
      Field.optional("cpa", DoubleType, "spend / credited_conversions, in currency.");
  private static final Field ROAS = Field.optional("roas", DoubleType, "credited_value / spend.");

  private static final Folding FOLDING =
      Folding.of(
          "Folded first by action, by the day's conversions, then by member among those of the action and model, by credited_conversions:"
              + " credit of k or more rests on k conversions at least, less may be parts of more people's. (too few people) has the"
              + " spend of the members folded; of a model that is not additive, at most so much credit.",
          FoldedCredits.MEMBERS);

  private static final Table TABLE =
      new Table(
          "attribution",
          "Who deserves the credit for the day's conversions, by every attribution model, in counts and in value.",
          "One row for each day of conversion, dimension, member, action and model with any credit.",
          List.of(
              CampaignDays.DAY,
              Journeys.DIMENSION,
              Journeys.MEMBER,
              Conversions.ACTION,
              Journeys.MODEL,
              ADDITIVE,
              Journeys.CREDITED_CONVERSIONS,
              Journeys.CREDITED_VALUE,
              SHARE,
              SHARE_LOW,
              SHARE_HIGH,
              TOO_SMALL,
              SPEND,
              CPA,
              ROAS),
          List.of(
              CampaignDays.DAY,
              Journeys.DIMENSION,
              Journeys.MEMBER,
              Conversions.ACTION,
              Journeys.MODEL),
          List.of(
              new Rule(
                  "credit is not negative",
                  Journeys.CREDITED_CONVERSIONS
                      .col()
                      .geq(lit(0))
                      .and(Journeys.CREDITED_VALUE.col().geq(lit(0)))),
              new Rule("share is a share", SHARE.col().between(lit(0), lit(1))),
              Rule.whenPresent(
                  "share lies in its interval",
                  SHARE_LOW.col(),
                  SHARE.col().between(SHARE_LOW.col(), SHARE_HIGH.col()))));

  private static Field end(String side) {
    return Field.optional(
        "share_" + (side.equals("Lower") ? "low" : "high"),
        DoubleType,
        side + " end of the share's 95 % interval, from resamples of people; NULL: not computed.");
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
        "Which channels deserve the credit for purchases, if every touch is given an "
            + "equal part?",
        "By the linear model paid search is credited with 51.55 purchases, 69.7 per "
            + "cent of the day's.",
        """
          SELECT member AS channel, round(credited_conversions, 2) AS conversions,
                 round(100 * share, 1) AS percent
          FROM read_parquet('warehouse/attribution/*/*.parquet', hive_partitioning = true)
          WHERE day = DATE '2026-10-31' AND dimension = 'channel' AND action = 'purchase' AND model = 'linear'
          ORDER BY credited_conversions DESC;
        """);
  }

  @Override
  public Dataset<Row> query(Sources sources) {
    List<String> models = sources.settings().attribution().models();
    int resamples = sources.settings().attribution().resamples();
    Column additive =
        Journeys.MODEL.col().isin(Journeys.additive(models, sources.settings()).toArray());
    String[] dayAndAction = {CampaignDays.DAY.name(), Conversions.ACTION.name()};
    String[] dayAndMember = {
      CampaignDays.DAY.name(), Journeys.DIMENSION.name(), Journeys.MEMBER.name()
    };
    // One total a day and action, one spend a day and member: neither join multiplies rows.
    return sources
        .credits()
        .filter(Journeys.MODEL.col().isin(models.toArray()))
        .transform(rows -> FoldedCredits.ofActions(rows, sources))
        .join(FoldedCredits.totals(sources), dayAndAction, "inner")
        .join(spend(sources), dayAndMember, "left_outer")
        .transform(rows -> FoldedCredits.ofMembers(rows, FOLDING, SPEND, additive, sources))
        .withColumn(ADDITIVE.name(), additive)
        .withColumn(SHARE.name(), ratio(Journeys.CREDITED_CONVERSIONS.col(), col("total")))
        .transform(rows -> withInterval(rows, resamples))
        .withColumn(CPA.name(), ratio(SPEND.col(), Journeys.CREDITED_CONVERSIONS.col()))
        .withColumn(ROAS.name(), ratio(Journeys.CREDITED_VALUE.col(), SPEND.col()))
        .transform(TABLE::select);
  }

  /**
   * Wilson's interval with as many trials as would make a proportion vary as much as the share does
   * from resample to resample.
   */
  private static Dataset<Row> withInterval(Dataset<Row> rows, int resamples) {
    double quantile = Ratios.quantile(resamples);
    Column trials =
        Ratios.effectiveTrials(SHARE.col(), DayCredits.RESAMPLED_SHARES.col(), col("total"));
    Column members = not(Journeys.MEMBER.col().isin(Journeys.UNATTRIBUTED, Journeys.TOO_FEW));
    WindowSpec ranked =
        Window.partitionBy(
                CampaignDays.DAY.col(),
                Journeys.DIMENSION.col(),
                Conversions.ACTION.col(),
                Journeys.MODEL.col(),
                members)
            .orderBy(SHARE.col().desc(), Journeys.MEMBER.col());
    Column above = min(SHARE_LOW.col()).over(ranked.rowsBetween(Window.unboundedPreceding(), -1));
    Column below = max(SHARE_HIGH.col()).over(ranked.rowsBetween(1, Window.unboundedFollowing()));
    Column overlaps =
        coalesce(above.leq(SHARE_HIGH.col()), lit(false))
            .or(coalesce(below.geq(SHARE_LOW.col()), lit(false)));
    return rows.withColumn("trials", trials)
        .withColumn(SHARE_LOW.name(), Ratios.rateLow(SHARE.col(), col("trials"), quantile))
        .withColumn(SHARE_HIGH.name(), Ratios.rateHigh(SHARE.col(), col("trials"), quantile))
        .withColumn(TOO_SMALL.name(), when(members.and(SHARE_LOW.col().isNotNull()), overlaps));
  }

  /** Spend by day, dimension and member; a channel's is that of its campaigns. */
  private static Dataset<Row> spend(Sources sources) {
    Dataset<Row> days = sources.campaignDays();
    return spendBy(days, Journeys.CAMPAIGN, CampaignDays.CAMPAIGN_ID)
        .unionByName(spendBy(days, Journeys.CHANNEL, CampaignDays.CHANNEL));
  }

  private static Dataset<Row> spendBy(Dataset<Row> days, String dimension, Field member) {
    return days.groupBy(
            CampaignDays.DAY.col(),
            Journeys.DIMENSION.as(lit(dimension)),
            Journeys.MEMBER.as(member.col()))
        .agg(SPEND.as(sum(CampaignDays.SPEND.col())));
  }
}
