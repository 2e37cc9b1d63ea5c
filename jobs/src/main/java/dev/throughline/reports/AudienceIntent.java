package dev.throughline.reports;

import static dev.throughline.metrics.CampaignDays.CAMPAIGN_ID;
import static dev.throughline.metrics.CampaignDays.DAY;
import static dev.throughline.metrics.CampaignDays.VALUE;
import static dev.throughline.metrics.Ratios.ratio;
import static dev.throughline.metrics.Ratios.wilsonHigh;
import static dev.throughline.metrics.Ratios.wilsonLow;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.throughline.model.Conversions;
import dev.throughline.model.Intent;
import dev.throughline.model.Journeys;
import dev.throughline.model.Need;
import dev.throughline.model.Swept;
import dev.throughline.table.Field;
import dev.throughline.table.Rule;
import dev.throughline.table.Table;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import scala.Function1;

/** Who is curious and who means to act. */
public final class AudienceIntent implements Report {
  private static final Field TIER_ORDER =
      Field.required("tier_order", IntegerType, "Strength of the tier, from 1.");
  private static final Field TIER =
      Field.required("tier", StringType, "seen, curious, considering, intending or acted.");
  private static final Field PEOPLE =
      Field.required("people", LongType, "People whose strongest signal of the day it is.");
  private static final Field SHARE =
      Field.required("share", DoubleType, "people / all people of the campaign.");
  private static final Field SHOWED =
      Field.required(
          "showed",
          LongType,
          "People for whom it was the strongest before they converted, or who did not.");
  private static final Field CONVERTED =
      Field.required("converted", LongType, "Those of them who converted.");
  private static final Field CONVERSIONS =
      Field.required("conversions", LongType, "Conversions of these people on the day.");
  private static final Field RATE =
      rate("conversion_rate", "converted / showed; NULL where no one showed it, and on acted.");
  private static final Field RATE_LOW =
      rate("conversion_rate_low", "Lower end of its 95 % interval (Wilson).");
  private static final Field RATE_HIGH = rate("conversion_rate_high", "Upper end.");
  private static final Field LIFT =
      rate(
          "lift",
          "conversion_rate / the share of all the campaign's people who acted; NULL where none did.");

  private static final Folding CAMPAIGNS =
      Folding.of(
          "Folded first by campaign, by all its people, then by tier within a campaign, by people. Of (too few people) among the tiers"
              + " sums are left, and no rates; lift is NULL where fewer than that acted.",
          Fold.overlapping(List.of(DAY), Journeys.MEMBER, sum(Swept.COUNT.col())));
  private static final Folding TIERS =
      Folding.of(
          CAMPAIGNS.doc(), Fold.disjoint(List.of(DAY, CAMPAIGN_ID), TIER, sum(PEOPLE.col())));

  private static final Table TABLE =
      new Table(
          "audience_intent",
          "Who is curious and who means to act: people by the strongest signal that they gave.",
          "One row for each day, campaign with people, and tier.",
          List.of(
              DAY,
              CAMPAIGN_ID,
              TIER_ORDER,
              TIER,
              PEOPLE,
              SHARE,
              SHOWED,
              CONVERTED,
              CONVERSIONS,
              VALUE,
              RATE,
              RATE_LOW,
              RATE_HIGH,
              LIFT),
          List.of(DAY, CAMPAIGN_ID, TIER),
          List.of(
              new Rule("who converted had shown it", CONVERTED.col().leq(SHOWED.col())),
              new Rule("who converted has a conversion", CONVERTED.col().leq(CONVERSIONS.col())),
              new Rule("a share is a proportion", SHARE.col().between(lit(0), lit(1)))));

  private static Field rate(String name, String doc) {
    return Field.optional(name, DoubleType, doc);
  }

  @Override
  public Table table() {
    return TABLE;
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.DAYS_OF_PEOPLE);
  }

  @Override
  public Folding folding() {
    return CAMPAIGNS;
  }

  @Override
  public Guide guide() {
    return new Guide(
        "Which signals tell who will act?",
        "Of the 400 people of campaign B whose strongest signal was an engaged visit, "
            + "50 converted: 12.5 per cent, 22.5 times the campaign's rate.",
        """
          SELECT campaign_id, tier, showed, converted, round(100 * conversion_rate, 1) AS percent,
                 round(lift, 1) AS lift
          FROM read_parquet('warehouse/audience_intent/*/*.parquet', hive_partitioning = true)
          WHERE day = DATE '2026-10-31' AND converted > 0 AND tier <> 'acted'
          ORDER BY converted DESC;
        """);
  }

  @Override
  public Dataset<Row> query(Sources sources) {
    WindowSpec campaign = Window.partitionBy(DAY.col(), CAMPAIGN_ID.col());
    Column acted = TIER.col().isin(Intent.ACTED, Journeys.TOO_FEW);
    Column all = sum(col("showed_it")).over(campaign);
    Column allActed = sum(col("then_converted")).over(campaign);
    return shown(sources)
        .withColumn("all_people", all)
        .withColumn("all_acted", allActed)
        .withColumn("all_conversions", sum(col("of_them")).over(campaign))
        .withColumn("all_value", sum(col("worth")).over(campaign))
        .withColumn(
            PEOPLE.name(),
            when(acted, col("all_acted")).otherwise(col("showed_it").minus(col("then_converted"))))
        .withColumn(SHOWED.name(), when(acted, PEOPLE.col()).otherwise(col("showed_it")))
        .withColumn(CONVERTED.name(), when(acted, PEOPLE.col()).otherwise(col("then_converted")))
        .withColumn(
            CONVERSIONS.name(), when(acted, col("all_conversions")).otherwise(col("of_them")))
        .withColumn(VALUE.name(), VALUE.as(when(acted, col("all_value")).otherwise(col("worth"))))
        .transform(tiers(sources))
        .withColumn(SHARE.name(), ratio(PEOPLE.col(), col("all_people")))
        .withColumn(RATE.name(), when(not(acted), ratio(CONVERTED.col(), SHOWED.col())))
        .withColumn(RATE_LOW.name(), when(not(acted), wilsonLow(CONVERTED.col(), SHOWED.col())))
        .withColumn(RATE_HIGH.name(), when(not(acted), wilsonHigh(CONVERTED.col(), SHOWED.col())))
        .withColumn(
            LIFT.name(),
            Folding.ofMany(
                ratio(RATE.col(), ratio(col("all_acted"), col("all_people"))),
                col("all_acted"),
                sources))
        .transform(TABLE::select);
  }

  private static Function1<Dataset<Row>, Dataset<Row>> tiers(Sources sources) {
    return TIERS.sums(
        sources,
        TABLE.key(),
        List.of(PEOPLE, SHOWED, CONVERTED, CONVERSIONS, VALUE),
        Folding.lastIfFolded(TIER_ORDER, TIER, Intent.TIERS.size() + 1),
        max(col("all_people")).as("all_people"),
        max(col("all_acted")).as("all_acted"));
  }

  /** What people showed before they converted, a row for every tier of each campaign. */
  private static Dataset<Row> shown(Sources sources) {
    Column converted = Conversions.ACTION.col().equalTo(Intent.ACTED);
    Dataset<Row> found =
        Swept.only(sources.swept(), Swept.INTENT)
            .transform(rows -> CAMPAIGNS.names(rows, sources))
            .groupBy(DAY.col(), CAMPAIGN_ID.as(Journeys.MEMBER.col()), TIER.as(Swept.DETAIL.col()))
            .agg(
                sum(Swept.COUNT.col()).as("people_found"),
                sum(when(converted, Swept.COUNT.col())).as("converted_found"),
                sum(Swept.CONVERSIONS.col()).cast("long").as("conversions_found"),
                sum(Swept.VALUE.col()).as("value_found"));
    Dataset<Row> campaigns = found.select(DAY.col(), CAMPAIGN_ID.col()).distinct();
    // One row a campaign and tier on either side.
    return Grid.of(campaigns, TIER_ORDER, TIER, Intent.TIERS)
        .join(found, new String[] {DAY.name(), CAMPAIGN_ID.name(), TIER.name()}, "left_outer")
        .withColumn("showed_it", coalesce(col("people_found"), lit(0L)))
        .withColumn("then_converted", coalesce(col("converted_found"), lit(0L)))
        .withColumn("of_them", coalesce(col("conversions_found"), lit(0L)))
        .withColumn("worth", coalesce(col("value_found"), lit(0)));
  }
}
