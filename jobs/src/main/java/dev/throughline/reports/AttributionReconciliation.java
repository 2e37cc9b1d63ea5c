package dev.throughline.reports;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.LongType;

import dev.throughline.metrics.CampaignDays;
import dev.throughline.model.Conversions;
import dev.throughline.model.Journeys;
import dev.throughline.table.Field;
import dev.throughline.table.Rule;
import dev.throughline.table.Table;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Proof that no credit is lost or made up. */
public final class AttributionReconciliation implements Report {
  private static final Field ATTRIBUTED_CONVERSIONS =
      credit("attributed_conversions", "Conversions credited to members that had a touch.");
  private static final Field UNATTRIBUTED_CONVERSIONS =
      credit("unattributed_conversions", "Conversions without an eligible touch.");
  private static final Field TOTAL_CONVERSIONS =
      Field.required(
          "total_conversions", LongType, "Conversions of the day, counted without journeys.");
  private static final Field ATTRIBUTED_VALUE =
      credit("attributed_value", "Value credited to members that had a touch.");
  private static final Field UNATTRIBUTED_VALUE =
      credit("unattributed_value", "Value of conversions without an eligible touch.");
  private static final Field TOTAL_VALUE =
      Field.required(
          "total_value",
          Conversions.MONEY_SUM,
          "Value of the day's conversions, summed without journeys.");

  private static final List<Field> SUMS =
      List.of(
          ATTRIBUTED_CONVERSIONS,
          UNATTRIBUTED_CONVERSIONS,
          TOTAL_CONVERSIONS,
          ATTRIBUTED_VALUE,
          UNATTRIBUTED_VALUE,
          TOTAL_VALUE);

  private static final List<Field> KEY =
      List.of(CampaignDays.DAY, Journeys.DIMENSION, Conversions.ACTION, Journeys.MODEL);

  private static final Table TABLE =
      new Table(
          "attribution_reconciliation",
          "Shows that attributed and unattributed credit add up to the conversions, for every additive model.",
          "One row for each day, dimension, action and additive model with a conversion.",
          Stream.concat(KEY.stream(), SUMS.stream()).toList(),
          KEY,
          List.of(
              new Rule(
                  "attributed and unattributed conversions add up to the total",
                  ATTRIBUTED_CONVERSIONS
                      .col()
                      .plus(UNATTRIBUTED_CONVERSIONS.col())
                      .equalTo(TOTAL_CONVERSIONS.col())),
              new Rule(
                  "attributed and unattributed value add up to the total",
                  ATTRIBUTED_VALUE
                      .col()
                      .plus(UNATTRIBUTED_VALUE.col())
                      .equalTo(TOTAL_VALUE.col()))));

  private static Field credit(String name, String doc) {
    return Field.required(name, Journeys.CREDIT, doc);
  }

  @Override
  public Table table() {
    return TABLE;
  }

  @Override
  public Folding folding() {
    return Folding.none(
        "Folded by action, by the day's conversions, as in attribution; within an action, conversions without a touch are not hidden.");
  }

  @Override
  public Guide guide() {
    return new Guide(
        "Does the credit of a model add up to what was counted?",
        "Of 74 purchases the linear model gives 67 to campaigns and 7 to none, and "
            + "nothing is lost.",
        """
          SELECT action, total_conversions, attributed_conversions, unattributed_conversions
          FROM read_parquet('warehouse/attribution_reconciliation/*/*.parquet', hive_partitioning = true)
          WHERE day = DATE '2026-10-31' AND dimension = 'campaign' AND model = 'linear'
          ORDER BY total_conversions DESC;
        """);
  }

  /**
   * Credits and totals are laid one under the other and summed, so that what one side lacks shows.
   */
  @Override
  public Dataset<Row> query(Sources sources) {
    List<String> models =
        Journeys.additive(sources.settings().attribution().models(), sources.settings());
    Column[] key = KEY.stream().map(Field::col).toArray(Column[]::new);
    Column[] sums =
        SUMS.stream()
            .map(field -> field.as(coalesce(sum(field.col()), lit(0))))
            .toArray(Column[]::new);
    return credited(sources, models)
        .unionByName(totals(sources, models), true)
        .groupBy(key)
        .agg(sums[0], Stream.of(sums).skip(1).toArray(Column[]::new))
        .transform(TABLE::select);
  }

  private static Dataset<Row> credited(Sources sources, List<String> models) {
    Column none = Journeys.MEMBER.col().equalTo(Journeys.UNATTRIBUTED);
    Column conversions = Journeys.CREDITED_CONVERSIONS.col();
    Column value = Journeys.CREDITED_VALUE.col();
    return FoldedCredits.actions(sources.credits(), sources)
        .filter(Journeys.MODEL.col().isin(models.toArray()))
        .select(
            CampaignDays.DAY.col(),
            Journeys.DIMENSION.col(),
            Conversions.ACTION.col(),
            Journeys.MODEL.col(),
            ATTRIBUTED_CONVERSIONS.as(when(functions.not(none), conversions)),
            UNATTRIBUTED_CONVERSIONS.as(when(none, conversions)),
            ATTRIBUTED_VALUE.as(when(functions.not(none), value)),
            UNATTRIBUTED_VALUE.as(when(none, value)));
  }

  private static Dataset<Row> totals(Sources sources, List<String> models) {
    Column dimensions = array(lit(Journeys.CAMPAIGN), lit(Journeys.CHANNEL));
    Column ids =
        array(models.stream().map(functions::lit).toArray(Column[]::new)).cast("array<string>");
    return FoldedCredits.actions(sources.totals(), sources)
        .withColumn(Journeys.DIMENSION.name(), explode(dimensions))
        .withColumn(Journeys.MODEL.name(), explode(ids))
        .select(
            CampaignDays.DAY.col(),
            Journeys.DIMENSION.col(),
            Conversions.ACTION.col(),
            Journeys.MODEL.col(),
            TOTAL_CONVERSIONS.as(Conversions.CONVERSIONS.col()),
            TOTAL_VALUE.as(Conversions.VALUE.col()));
  }
}
