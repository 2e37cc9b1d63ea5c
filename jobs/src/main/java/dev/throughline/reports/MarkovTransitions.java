package dev.throughline.reports;

import static dev.throughline.metrics.CampaignDays.DAY;
import static dev.throughline.metrics.Ratios.ratio;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;

import dev.throughline.model.ChainStates;
import dev.throughline.model.Conversions;
import dev.throughline.model.Journeys;
import dev.throughline.model.Learned;
import dev.throughline.table.Field;
import dev.throughline.table.Rule;
import dev.throughline.table.Table;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** The chains that the Markov models of a day are solved from. */
public final class MarkovTransitions implements Report {
  private static final Field DAYS =
      Field.required(
          "days", IntegerType, "How many days that end with the day the chain learned from.");
  private static final Field PROBABILITY =
      Field.required(
          "probability",
          DoubleType,
          "count / the sum of the counts of all steps out of the state.");

  private static final List<Field> KEY =
      List.of(
          DAY, Journeys.DIMENSION, Conversions.ACTION, Journeys.MODEL, Learned.FROM, Learned.TO);

  private static final Folding FOLDING =
      Folding.of(
          "Folded first by the state left, then by the state entered, by count over all days learned from: a bound, journeys are of as many"
              + " people at the most. Models are solved from all states.",
          Fold.disjoint(
              List.of(DAY, Journeys.DIMENSION, Conversions.ACTION, Journeys.MODEL),
              Learned.FROM,
              sum(Learned.COUNT.col())),
          Fold.disjoint(
              List.of(DAY, Journeys.DIMENSION, Conversions.ACTION, Journeys.MODEL, Learned.FROM),
              Learned.TO,
              sum(Learned.COUNT.col())));

  private static final Table TABLE =
      new Table(
          "markov_transitions",
          "How journeys went from state to state: the chains behind the credit of the Markov models.",
          "One row for each day, dimension, action, Markov model and step between two states.",
          List.of(
              DAY,
              Journeys.DIMENSION,
              Conversions.ACTION,
              Journeys.MODEL,
              Learned.FROM,
              Learned.TO,
              DAYS,
              Learned.COUNT,
              PROBABILITY,
              Learned.VALUE),
          KEY,
          List.of(
              new Rule("a step was made", Learned.COUNT.col().gt(lit(0))),
              new Rule("a probability is one", PROBABILITY.col().between(lit(0), lit(1))),
              new Rule(
                  "only steps into conversion are worth anything",
                  Learned.TO
                      .col()
                      .isin(ChainStates.CONVERSION, Journeys.TOO_FEW)
                      .or(Learned.VALUE.col().equalTo(0)))));

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
        "Where do journeys go from social, before a purchase or without one?",
        "63.4 per cent of the steps out of social lead nowhere: 1864 in the 30 days learned from.",
        """
          SELECT "to" AS next, count, days, round(100 * probability, 1) AS percent
          FROM read_parquet('warehouse/markov_transitions/*/*.parquet', hive_partitioning = true)
          WHERE day = DATE '2026-10-31' AND dimension = 'channel' AND action = 'purchase'
            AND model = 'markov_1' AND "from" = 'social'
          ORDER BY probability DESC;
        """);
  }

  @Override
  public Dataset<Row> query(Sources sources) {
    Column out =
        sum(Learned.COUNT.col())
            .over(
                Window.partitionBy(
                    DAY.col(),
                    Journeys.DIMENSION.col(),
                    Conversions.ACTION.col(),
                    Journeys.MODEL.col(),
                    Learned.FROM.col()));
    return sources
        .training()
        .transitions()
        .transform(FOLDING.sums(sources, KEY, List.of(Learned.COUNT, Learned.VALUE)))
        .withColumn(DAYS.name(), lit(sources.settings().attribution().trainingDays()))
        .withColumn(PROBABILITY.name(), ratio(Learned.COUNT.col(), out))
        .transform(TABLE::select);
  }
}
