package dev.throughline.reports;

import static org.apache.spark.sql.functions.lit;

import dev.throughline.metrics.CampaignDays;
import dev.throughline.model.Conversions;
import dev.throughline.model.Journeys;
import dev.throughline.table.Rule;
import dev.throughline.table.Table;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Which actions each campaign brought. */
public final class CampaignActions implements Report {
  private static final Folding FOLDING =
      Folding.of(
          "Folded first by action, by the day's conversions, then by campaign among those of the action. Conversions are a bound: they"
              + " come from as many people at the most.",
          FoldedCredits.CAMPAIGNS);

  private static final Table TABLE =
      new Table(
          "campaign_actions",
          "Which actions each campaign brought, by the funnel's model: the funnel's conversions by name.",
          "One row for each day, campaign and action with a conversion.",
          List.of(
              CampaignDays.DAY,
              CampaignDays.CAMPAIGN_ID,
              Conversions.ACTION,
              CampaignDays.CONVERSIONS,
              CampaignDays.VALUE),
          List.of(CampaignDays.DAY, CampaignDays.CAMPAIGN_ID, Conversions.ACTION),
          List.of(
              new Rule("a row has a conversion", CampaignDays.CONVERSIONS.col().gt(lit(0))),
              new Rule("value is not negative", CampaignDays.VALUE.col().geq(lit(0)))));

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
        "What did each campaign lead people to do?",
        "Campaign B led to 50 purchases worth 4000.",
        """
          SELECT campaign_id, action, conversions, value
          FROM read_parquet('warehouse/campaign_actions/*/*.parquet', hive_partitioning = true)
          WHERE day = DATE '2026-10-31' AND campaign_id <> '(unattributed)'
          ORDER BY conversions DESC, value DESC;
        """);
  }

  @Override
  public Dataset<Row> query(Sources sources) {
    return sources
        .credits()
        .filter(Journeys.DIMENSION.col().equalTo(Journeys.CAMPAIGN))
        .filter(Journeys.MODEL.col().equalTo(sources.settings().funnelModel()))
        .select(
            CampaignDays.DAY.col(),
            CampaignDays.CAMPAIGN_ID.as(Journeys.MEMBER.col()),
            Conversions.ACTION.col(),
            CampaignDays.CONVERSIONS.as(Journeys.CREDITED_CONVERSIONS.col()),
            CampaignDays.VALUE.as(Journeys.CREDITED_VALUE.col()))
        .transform(rows -> FoldedCredits.actions(rows, sources))
        .transform(
            FOLDING.sums(
                sources, TABLE.key(), List.of(CampaignDays.CONVERSIONS, CampaignDays.VALUE)))
        .transform(TABLE::select);
  }
}
