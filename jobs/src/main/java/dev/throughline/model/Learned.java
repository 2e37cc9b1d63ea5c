package dev.throughline.model;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.throughline.input.Events;
import dev.throughline.input.Period;
import dev.throughline.table.Field;
import java.sql.Date;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What each day's models learn from, added up from the changes that the sweep found. */
public final class Learned {
  public static final Field FROM =
      Field.required(
          "from",
          StringType,
          "The state left: members of some touches in a row, oldest first, joined by ' > '; or (start).");
  public static final Field TO =
      Field.required(
          "to", StringType, "The state entered: of the same kind; or (conversion), or (null).");
  public static final Field COUNT =
      Field.required("count", LongType, "How often journeys made the step.");
  public static final Field VALUE =
      Field.required(
          "value",
          Conversions.MONEY_SUM,
          "Worth of the conversions that the steps ended in; 0 for other steps.");
  public static final Field POSITION =
      Field.required("position", IntegerType, "Place of the touch in its journey, from 1.");

  public static final Field PROBABILITY =
      Field.required(
          "probability",
          DoubleType,
          "How likely a journey of the chain converts: start to conversion.");
  public static final Field PROBABILITY_WITHOUT =
      Field.required(
          "probability_without",
          DoubleType,
          "The same if every state with the member leads nowhere.");
  public static final Field REMOVAL_EFFECT =
      Field.required("removal_effect", DoubleType, "1 - probability_without / probability.");
  public static final Field SHARE =
      Field.required("share", DoubleType, "removal_effect / the sum of all members'.");
  public static final Field EXPECTED_VALUE =
      Field.required("expected_value", DoubleType, "Expected worth of a journey of the chain.");
  public static final Field VALUE_WITHOUT =
      Field.required(
          "value_without", DoubleType, "The same if every state with the member leads nowhere.");
  public static final Field VALUE_EFFECT =
      Field.required(
          "value_effect",
          DoubleType,
          "1 - value_without / expected_value; 0 where nothing is worth anything.");
  public static final Field VALUE_SHARE =
      Field.required("value_share", DoubleType, "value_effect / the sum of all members'.");

  /**
   * What removing a member from a chain would change.
   *
   * <p>Grain: day, dimension, action, model, member.
   */
  public static final List<Field> EFFECTS =
      List.of(
          Events.DAY,
          Journeys.DIMENSION,
          Conversions.ACTION,
          Journeys.MODEL,
          Journeys.MEMBER,
          PROBABILITY,
          PROBABILITY_WITHOUT,
          REMOVAL_EFFECT,
          SHARE,
          EXPECTED_VALUE,
          VALUE_WITHOUT,
          VALUE_EFFECT,
          VALUE_SHARE);

  private Learned() {}

  private static Dataset<Row> ofEachDay(Dataset<Row> sweep, String kind, Period period) {
    return Swept.only(sweep, kind)
        .withColumn(
            Events.DAY.name(), explode(sequence(Events.DAY.col(), lit(Date.valueOf(period.to())))));
  }

  /**
   * Shapley values of the journeys that each day learns from, in conversions and in value.
   *
   * <p>Grain: day, dimension, member, action, model.
   */
  public static Dataset<Row> values(Dataset<Row> sweep, Period period, int resamples) {
    return ofEachDay(sweep, Swept.LEARNED, period)
        .groupBy(
            Events.DAY.col(),
            Journeys.DIMENSION.col(),
            Journeys.MEMBER.col(),
            Conversions.ACTION.col(),
            Journeys.MODEL.as(Swept.DETAIL.col()))
        .agg(
            Journeys.CREDITED_CONVERSIONS.as(sum(Swept.CONVERSIONS.col())),
            Journeys.CREDITED_VALUE.as(sum(Swept.VALUE.col())),
            DayCredits.summedResamples(resamples))
        .filter(Journeys.CREDITED_CONVERSIONS.col().gt(lit(0)));
  }

  /**
   * The same by position of the touch.
   *
   * <p>Grain: day, dimension, member, position, action, model.
   */
  public static Dataset<Row> positions(Dataset<Row> sweep, Period period) {
    return ofEachDay(sweep, Swept.POSITION, period)
        .groupBy(
            Events.DAY.col(),
            Journeys.DIMENSION.col(),
            Journeys.MEMBER.col(),
            POSITION.as(Swept.NUMBER.col()),
            Conversions.ACTION.col(),
            Journeys.MODEL.as(Swept.DETAIL.col()))
        .agg(
            Journeys.CREDITED_CONVERSIONS.as(sum(Swept.CONVERSIONS.col())),
            Journeys.CREDITED_VALUE.as(sum(Swept.VALUE.col())))
        .filter(Journeys.CREDITED_CONVERSIONS.col().gt(lit(0)));
  }

  /**
   * How often the journeys that each day learns from went from state to state: those that converted
   * by the action, and all that have not converted.
   *
   * <p>Grain: day, dimension, action, model, from, to.
   */
  public static Dataset<Row> transitions(Dataset<Row> sweep, Period period, int resamples) {
    Dataset<Row> steps =
        ofEachDay(sweep, Swept.TRANSITION, period)
            .groupBy(
                Events.DAY.col(),
                Journeys.DIMENSION.col(),
                Conversions.ACTION.col(),
                Journeys.MODEL.as(concat(lit("markov_"), Swept.NUMBER.col().cast("string"))),
                FROM.as(Journeys.MEMBER.col()),
                TO.as(Swept.DETAIL.col()))
            .agg(
                COUNT.as(sum(Swept.COUNT.col())),
                VALUE.as(sum(Swept.VALUE.col())),
                DayCredits.summedResamples(resamples))
            .filter(COUNT.col().gt(lit(0L)));
    String[] chain = {Events.DAY.name(), Journeys.DIMENSION.name(), Journeys.MODEL.name()};
    Column converted = Conversions.ACTION.col().notEqual("");
    Dataset<Row> actions =
        steps
            .filter(converted)
            .groupBy(Events.DAY.col(), Journeys.DIMENSION.col(), Journeys.MODEL.col())
            .agg(collect_set(Conversions.ACTION.col()).as("actions"));
    // Journeys that have not converted are part of the chain of every action.
    Dataset<Row> open =
        steps
            .filter(Conversions.ACTION.col().equalTo(""))
            .join(actions, chain, "inner")
            .withColumn(Conversions.ACTION.name(), explode(col("actions")))
            .drop("actions");
    return steps
        .filter(converted)
        .unionByName(open)
        .groupBy(
            List.of(Events.DAY, Journeys.DIMENSION, Conversions.ACTION, Journeys.MODEL, FROM, TO)
                .stream()
                .map(Field::col)
                .toArray(Column[]::new))
        .agg(
            COUNT.as(sum(COUNT.col())),
            VALUE.as(sum(VALUE.col())),
            DayCredits.summedResamples(resamples));
  }
}
