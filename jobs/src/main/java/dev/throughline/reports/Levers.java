package dev.throughline.reports;

import static dev.throughline.metrics.CampaignDays.CAMPAIGN_ID;
import static dev.throughline.metrics.CampaignDays.CLICKS;
import static dev.throughline.metrics.CampaignDays.CONVERSIONS;
import static dev.throughline.metrics.CampaignDays.DAY;
import static dev.throughline.metrics.CampaignDays.ENGAGED_SESSIONS;
import static dev.throughline.metrics.CampaignDays.IMPRESSIONS;
import static dev.throughline.metrics.CampaignDays.LANDED_SESSIONS;
import static dev.throughline.metrics.CampaignDays.SPEND;
import static dev.throughline.metrics.CampaignDays.VALUE;
import static dev.throughline.metrics.Ratios.ratio;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
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
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Which lever to pull: arithmetic on the day's counts, no forecast. */
public final class Levers implements Report {
  private static final Field STAGE_ORDER =
      Field.required("stage_order", IntegerType, "Place of the stage, from 1.");
  private static final Field STAGE =
      Field.required(
          "stage", StringType, "impressions, click_through, landing, engagement or conversion.");
  private static final Field RATE =
      optional("rate", "Its rate of the day; NULL for impressions, and where it has none.");
  private static final Field GAIN =
      Field.required("gain_percent", DoubleType, "By how many per cent it is raised.");
  private static final Field NEW_RATE =
      optional("new_rate", "The raised rate, at most 1; a rate above 1 stays.");
  private static final Field EXTRA_CONVERSIONS =
      optional("extra_conversions", "Conversions that this would add, all else held.");
  private static final Field EXTRA_VALUE =
      optional("extra_value", "Value that this would add, in currency.");
  private static final Field EXTRA_SPEND =
      optional(
          "extra_spend",
          "What it would cost in media: attention is bought at the same price, the rest is free.");
  private static final Field NEW_CPA =
      optional("new_cpa", "Cost per conversion then; NULL where spend is unknown.");
  private static final Field BEST =
      Field.required(
          "is_best_lever",
          BooleanType,
          "The campaign's stage with the largest extra_value - extra_spend.");

  private static final Table TABLE =
      new Table(
          "levers",
          "Which lever to pull: what each stage of a campaign would bring if it were a little better."
              + " Arithmetic with all else held, not a forecast.",
          "One row for each day, campaign of the funnel without (unattributed), and stage.",
          List.of(
              DAY,
              CAMPAIGN_ID,
              STAGE_ORDER,
              STAGE,
              RATE,
              GAIN,
              NEW_RATE,
              EXTRA_CONVERSIONS,
              EXTRA_VALUE,
              EXTRA_SPEND,
              NEW_CPA,
              BEST),
          List.of(DAY, CAMPAIGN_ID, STAGE),
          List.of(
              Rule.whenPresent(
                  "nothing is lost", EXTRA_CONVERSIONS.col(), EXTRA_CONVERSIONS.col().geq(0)),
              new Rule(
                  "the best lever brings conversions",
                  BEST.col().equalTo(false).or(EXTRA_CONVERSIONS.col().gt(0)))));

  private static Field optional(String name, String doc) {
    return Field.optional(name, DoubleType, doc);
  }

  @Override
  public Table table() {
    return TABLE;
  }

  @Override
  public Folding folding() {
    return Folding.none(
        "The same campaigns are folded as in campaign_funnel; (too few people) is reckoned like a campaign.");
  }

  @Override
  public Guide guide() {
    return new Guide(
        "Which lever of each campaign is worth most, if it were a tenth better?",
        "Were the 5.0 per cent of campaign B's clicks that convert a tenth more, 5.0 "
            + "more conversions would bring 400.0, and each would cost 18.18.",
        """
          SELECT campaign_id, stage, round(100 * rate, 1) AS rate_percent,
                 round(extra_conversions, 1) AS extra_conversions, round(extra_value, 2) AS extra_value,
                 round(new_cpa, 2) AS new_cpa
          FROM read_parquet('warehouse/levers/*/*.parquet', hive_partitioning = true)
          WHERE day = DATE '2026-10-31' AND is_best_lever
          ORDER BY extra_value DESC;
        """);
  }

  @Override
  public Dataset<Row> query(Sources sources) {
    double gain = sources.settings().leverGain();
    Column stages =
        array(
            stage(1, "impressions", lit(null), when(IMPRESSIONS.col().gt(0), gain), true),
            rate(2, "click_through", ratio(CLICKS.col(), IMPRESSIONS.col()), gain, true),
            rate(3, "landing", ratio(LANDED_SESSIONS.col(), CLICKS.col()), gain, false),
            rate(
                4, "engagement", ratio(ENGAGED_SESSIONS.col(), LANDED_SESSIONS.col()), gain, false),
            rate(5, "conversion", ratio(CONVERSIONS.col(), CLICKS.col()), gain, false));
    Column factor = col("lever.factor");
    // What a stage would cost must be known to call it the best.
    Column candidate =
        coalesce(EXTRA_CONVERSIONS.col().gt(0).and(EXTRA_SPEND.col().isNotNull()), lit(false));
    WindowSpec best =
        Window.partitionBy(DAY.col(), CAMPAIGN_ID.col())
            .orderBy(
                candidate.desc(),
                EXTRA_VALUE.col().minus(EXTRA_SPEND.col()).desc_nulls_last(),
                EXTRA_CONVERSIONS.col().desc_nulls_last(),
                STAGE_ORDER.col().desc());
    return CampaignFunnel.campaigns(sources)
        .filter(CampaignPeriods.PERIOD.col().equalTo(1))
        .filter(CAMPAIGN_ID.col().notEqual(Journeys.UNATTRIBUTED))
        .withColumn("lever", explode(stages))
        .withColumn(STAGE_ORDER.name(), col("lever.stage_order"))
        .withColumn(STAGE.name(), col("lever.stage"))
        .withColumn(RATE.name(), col("lever.rate"))
        .withColumn(GAIN.name(), lit(gain * 100))
        .withColumn(NEW_RATE.name(), RATE.col().multiply(lit(1).plus(factor)))
        .withColumn(EXTRA_CONVERSIONS.name(), CONVERSIONS.col().cast("double").multiply(factor))
        .withColumn(EXTRA_VALUE.name(), VALUE.col().cast("double").multiply(factor))
        .withColumn(
            EXTRA_SPEND.name(),
            when(col("lever.bought"), SPEND.col().cast("double").multiply(factor)).otherwise(0.0))
        .withColumn(
            NEW_CPA.name(),
            ratio(
                SPEND.col().cast("double").plus(EXTRA_SPEND.col()),
                CONVERSIONS.col().cast("double").plus(EXTRA_CONVERSIONS.col())))
        .withColumn(BEST.name(), row_number().over(best).equalTo(1).and(candidate))
        .transform(TABLE::select);
  }

  /** The factor is exact where nothing is capped: else rounding would decide between stages. */
  private static Column rate(int order, String name, Column rate, double gain, boolean bought) {
    Column factor =
        when(rate.gt(1).or(rate.equalTo(0)), 0.0)
            .when(rate.multiply(1 + gain).leq(1), gain)
            .when(rate.leq(1), lit(1).divide(rate).minus(1));
    return stage(order, name, rate, factor, bought);
  }

  private static Column stage(int order, String name, Column rate, Column factor, boolean bought) {
    return struct(
        STAGE_ORDER.as(lit(order)),
        STAGE.as(lit(name)),
        RATE.as(rate),
        factor.cast("double").as("factor"),
        lit(bought).as("bought"));
  }
}
