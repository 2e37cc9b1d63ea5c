package dev.throughline.reports;

import static org.apache.spark.sql.functions.lit;

import dev.throughline.metrics.CampaignDays;
import dev.throughline.model.Conversions;
import dev.throughline.model.Journeys;
import dev.throughline.model.Learned;
import dev.throughline.table.Rule;
import dev.throughline.table.Table;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What journeys would have come to without each member. */
public final class RemovalEffects implements Report {
  private static final Table TABLE =
      new Table(
          "removal_effects",
          "What would be lost if a campaign or channel led nowhere, by every Markov model: the numbers behind its credit.",
          "One row for each day, dimension, action, Markov model and member of the chain.",
          Stream.concat(Stream.of(CampaignDays.DAY), Learned.EFFECTS.stream().skip(1)).toList(),
          List.of(
              CampaignDays.DAY,
              Journeys.DIMENSION,
              Conversions.ACTION,
              Journeys.MODEL,
              Journeys.MEMBER),
          List.of(
              new Rule(
                  "less converts without a member",
                  Learned.PROBABILITY_WITHOUT
                      .col()
                      .between(lit(0), Learned.PROBABILITY.col().plus(lit(1e-9)))),
              new Rule(
                  "an effect is a proportion",
                  Learned.REMOVAL_EFFECT.col().between(lit(0), lit(1))),
              new Rule(
                  "an effect on value is a proportion",
                  Learned.VALUE_EFFECT.col().between(lit(0), lit(1))),
              new Rule(
                  "shares are shares",
                  Learned.SHARE
                      .col()
                      .between(lit(0), lit(1))
                      .and(Learned.VALUE_SHARE.col().between(lit(0), lit(1))))));

  @Override
  public Table table() {
    return TABLE;
  }

  @Override
  public Folding folding() {
    return Folding.none(
        "Not folded: a row tells of the whole chain without a member, not of the people who met it, and these are not counted.");
  }

  @Override
  public Guide guide() {
    return new Guide(
        "Without which channel would most purchases be lost?",
        "Without paid search 37.8 per cent of purchases would not have happened, by the chain of"
            + " order 1; its share of the credit is 27.9 per cent.",
        """
          SELECT member AS channel, model, round(100 * removal_effect, 1) AS percent_lost,
                 round(100 * share, 1) AS percent_of_credit
          FROM read_parquet('warehouse/removal_effects/*/*.parquet', hive_partitioning = true)
          WHERE day = DATE '2026-10-31' AND dimension = 'channel' AND action = 'purchase'
            AND model = 'markov_1' -- 1 touch
          ORDER BY removal_effect DESC;
        """);
  }

  @Override
  public Dataset<Row> query(Sources sources) {
    return sources.training().effects().transform(TABLE::select);
  }
}
