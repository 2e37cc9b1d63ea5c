package dev.throughline.model;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;

import dev.throughline.config.Settings;
import dev.throughline.input.Events;
import dev.throughline.table.Field;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Credit of each day's conversions, and what they were in each resample of people.
 *
 * <p>Grain of credit: day, dimension, member, action, model.
 */
public final class DayCredits {
  /** A conversion in the millionths in which resamples count. */
  private static final long UNIT = Sums.UNIT;

  public static final Field RESAMPLED_SHARES =
      Field.required(
          "resampled_shares",
          DataTypes.createArrayType(DoubleType),
          "The share in each resample of people; NULL where nobody in it converted.");

  /** Whether the conversions have a touch. */
  public static final Field TOUCHED =
      Field.required("touched", BooleanType, "Whether a touch earned the credit.");

  private static final List<Field> CONVERTED =
      List.of(Events.DAY, Journeys.DIMENSION, Conversions.ACTION);

  private DayCredits() {}

  /**
   * Credit by the models that look at each conversion on its own, of the days that are counted.
   *
   * @param sweep what {@link Journeys#sweep} returned
   * @param unjoinable what {@link #unjoinable} returned
   * @return with {@link Swept#RESAMPLED}, which is zero for days before the run
   */
  public static Dataset<Row> of(Dataset<Row> sweep, Dataset<Row> unjoinable, int resamples) {
    return Swept.only(sweep, Swept.CREDIT)
        .select(
            Events.DAY.col(),
            Journeys.DIMENSION.col(),
            Journeys.MEMBER.col(),
            Conversions.ACTION.col(),
            Journeys.MODEL.as(Swept.DETAIL.col()),
            Journeys.CREDITED_CONVERSIONS.as(Swept.CONVERSIONS.col()),
            Journeys.CREDITED_VALUE.as(Swept.VALUE.col()),
            Swept.RESAMPLED.col())
        .unionByName(unjoinable)
        .groupBy(
            Events.DAY.col(),
            Journeys.DIMENSION.col(),
            Journeys.MEMBER.col(),
            Conversions.ACTION.col(),
            Journeys.MODEL.col())
        .agg(
            Journeys.CREDITED_CONVERSIONS.as(sum(Journeys.CREDITED_CONVERSIONS.col())),
            Journeys.CREDITED_VALUE.as(sum(Journeys.CREDITED_VALUE.col())),
            summedResamples(resamples));
  }

  /** The sum of each place of an array. */
  static Column summedResamples(int resamples) {
    Column[] sums =
        IntStream.range(0, resamples)
            .mapToObj(i -> coalesce(sum(Swept.RESAMPLED.col().getItem(i)), lit(0L)))
            .toArray(Column[]::new);
    return Swept.RESAMPLED.as(array(sums));
  }

  /**
   * Conversions that no journey may hold, of unknown people or without consent, as unattributed
   * credit of every model that looks at each conversion on its own. Nobody knows whose they are, so
   * they are the same in every resample.
   *
   * @param unjoinable what {@link Conversions#unjoinable} returned
   */
  public static Dataset<Row> unjoinable(Dataset<Row> unjoinable, Settings settings) {
    Column dimensions =
        array(Journeys.DIMENSIONS.stream().map(functions::lit).toArray(Column[]::new));
    Column models =
        array(
            Journeys.computed(settings).stream()
                .filter(id -> !AttributionModels.of(id, settings.attribution()).learned())
                .map(functions::lit)
                .toArray(Column[]::new));
    return unjoinable
        .withColumn(Journeys.DIMENSION.name(), explode(dimensions))
        .withColumn(Journeys.MODEL.name(), explode(models))
        .select(
            Events.DAY.col(),
            Journeys.DIMENSION.col(),
            Journeys.MEMBER.as(lit(Journeys.UNATTRIBUTED)),
            Conversions.ACTION.col(),
            Journeys.MODEL.col(),
            Journeys.CREDITED_CONVERSIONS.as(Conversions.CONVERSIONS.col()),
            Journeys.CREDITED_VALUE.as(Conversions.VALUE.col()),
            Swept.RESAMPLED.as(
                array_repeat(
                    Conversions.CONVERSIONS.col().multiply(lit(UNIT)),
                    settings.attribution().resamples())));
  }

  /**
   * Conversions with and without a touch.
   *
   * <p>Grain: day, dimension, action, {@link #TOUCHED}.
   *
   * @param credits what {@link #of} returned
   */
  public static Dataset<Row> converted(Dataset<Row> credits, Settings settings) {
    return credits
        .filter(Journeys.MODEL.col().equalTo(settings.funnelModel()))
        .groupBy(
            Stream.concat(
                    CONVERTED.stream().map(Field::col),
                    Stream.of(TOUCHED.as(Journeys.MEMBER.col().notEqual(Journeys.UNATTRIBUTED))))
                .toArray(Column[]::new))
        .agg(
            Journeys.CREDITED_CONVERSIONS.as(sum(Journeys.CREDITED_CONVERSIONS.col())),
            Journeys.CREDITED_VALUE.as(sum(Journeys.CREDITED_VALUE.col())),
            summedResamples(settings.attribution().resamples()));
  }

  /**
   * Credit with {@link #RESAMPLED_SHARES} in the place of {@link Swept#RESAMPLED}.
   *
   * @param converted what {@link #converted} returned
   */
  public static Dataset<Row> withShares(
      Dataset<Row> credits, Dataset<Row> converted, Settings settings) {
    String[] key = CONVERTED.stream().map(Field::name).toArray(String[]::new);
    Field all = Swept.RESAMPLED.named("all_resampled", "Of all members.");
    Dataset<Row> totals =
        converted
            .groupBy(CONVERTED.stream().map(Field::col).toArray(Column[]::new))
            .agg(all.as(summedResamples(settings.attribution().resamples())));
    // One total a day, dimension and action: the join keeps every row once.
    return credits
        .join(totals, key, "inner")
        .withColumn(
            RESAMPLED_SHARES.name(),
            RESAMPLED_SHARES.as(
                functions.zip_with(
                    Swept.RESAMPLED.col(),
                    all.col(),
                    (part, whole) -> when(whole.gt(lit(0L)), part.cast("double").divide(whole)))))
        .drop(Swept.RESAMPLED.name(), all.name());
  }
}
