package dev.throughline.reports;

import static dev.throughline.metrics.CampaignDays.DAY;
import static dev.throughline.metrics.Ratios.ratio;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.types.DataTypes.DoubleType;

import dev.throughline.model.Conversions;
import dev.throughline.model.Journeys;
import dev.throughline.model.Learned;
import dev.throughline.table.Field;
import dev.throughline.table.Rule;
import dev.throughline.table.Table;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** The ordered Shapley values: at which place of the journey a member earns its credit. */
public final class ShapleyPositions implements Report {
  private static final Field SHARE =
      Field.required("share", DoubleType, "conversions / the sum over all members and positions.");
  private static final Field CONVERSIONS =
      Field.required(
          "conversions", Journeys.CREDIT, "Shapley value in conversions of the days learned from.");
  private static final Field VALUE =
      Field.required("value", Journeys.CREDIT, "Shapley value in worth of these conversions.");

  private static final Folding FOLDING =
      Folding.of(
          "Folded first by action, then by member, by conversions over all days learned from and all positions; not by position.",
          Fold.disjoint(
              List.of(DAY, Journeys.DIMENSION),
              Conversions.ACTION,
              sum(Journeys.CREDITED_CONVERSIONS.col())),
          Fold.disjoint(
              List.of(DAY, Journeys.DIMENSION, Conversions.ACTION),
              Journeys.MEMBER,
              sum(Journeys.CREDITED_CONVERSIONS.col())));

  private static final Table TABLE =
      new Table(
          "shapley_positions",
          "Who opens journeys and who closes them: Shapley values by the touch's place in the journey.",
          "One row for each day, dimension, member, action and position, over the days that the day's models learn from.",
          List.of(
              DAY,
              Journeys.DIMENSION,
              Journeys.MEMBER,
              Conversions.ACTION,
              Learned.POSITION,
              CONVERSIONS,
              VALUE,
              SHARE),
          List.of(DAY, Journeys.DIMENSION, Journeys.MEMBER, Conversions.ACTION, Learned.POSITION),
          List.of(
              new Rule("positions count from 1", Learned.POSITION.col().geq(lit(1))),
              new Rule("something was earned", CONVERSIONS.col().gt(lit(0))),
              new Rule("share is a share", SHARE.col().between(lit(0), lit(1)))));

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
        "Who opens the journeys that end in a purchase?",
        "Paid search earns 16.2 per cent of purchases by opening their journeys: 42.0 of the last"
            + " 30 days.",
        """
          SELECT member AS channel, round(conversions, 1) AS purchases, round(100 * share, 1) AS percent
          FROM read_parquet('warehouse/shapley_positions/*/*.parquet', hive_partitioning = true)
          WHERE day = DATE '2026-10-31' AND dimension = 'channel' AND action = 'purchase'
            AND position = 1 -- learned from 30 days
          ORDER BY conversions DESC;
        """);
  }

  @Override
  public Dataset<Row> query(Sources sources) {
    return sources
        .training()
        .positions()
        .transform(
            FOLDING.sums(
                sources,
                TABLE.key(),
                List.of(Journeys.CREDITED_CONVERSIONS, Journeys.CREDITED_VALUE)))
        .withColumn(CONVERSIONS.name(), CONVERSIONS.as(Journeys.CREDITED_CONVERSIONS.col()))
        .withColumn(VALUE.name(), VALUE.as(Journeys.CREDITED_VALUE.col()))
        .withColumn(
            SHARE.name(),
            ratio(
                CONVERSIONS.col(),
                sum(CONVERSIONS.col())
                    .over(
                        Window.partitionBy(
                            DAY.col(), Journeys.DIMENSION.col(), Conversions.ACTION.col()))))
        .transform(TABLE::select);
  }
}
