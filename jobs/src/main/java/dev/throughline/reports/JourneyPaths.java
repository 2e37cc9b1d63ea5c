package dev.throughline.reports;

import static dev.throughline.metrics.CampaignDays.DAY;
import static dev.throughline.metrics.Ratios.ratio;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.dense_rank;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.percentile;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.throughline.metrics.CampaignDays;
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

/** Which paths lead to action. */
public final class JourneyPaths implements Report {
  /** The sum of the paths that have no row of their own. */
  public static final String OTHER = "(other)";

  private static final double MICROS_PER_HOUR = 3.6e9;

  private static final Field PATH =
      Field.required(
          "path",
          StringType,
          "Members in order, joined by ' > '; (unattributed) for conversions without a touch, (other) for the long tail.");
  private static final Field CONVERSIONS =
      Field.required("conversions", LongType, "Conversions whose journey took the path.");
  private static final Field VALUE = CampaignDays.VALUE;
  private static final Field OPEN =
      Field.required(
          "non_converting_journeys", LongType, "Journeys that took it and have not converted.");
  private static final Field RATE =
      Field.required(
          "conversion_rate", DoubleType, "conversions / (conversions + non_converting_journeys).");
  private static final Field TOUCHES =
      median("median_touches", "Median number of touches of its converting journeys.");
  private static final Field HOURS =
      median("median_hours", "Median time from the first touch to the conversion, in hours.");

  private static final Folding FOLDING =
      Folding.of(
          "Folded by path, by its journeys: a bound, they are of as many people at the most. Medians are NULL where fewer than that"
              + " converted.",
          Fold.disjoint(
              List.of(DAY, Journeys.DIMENSION), PATH, sum(CONVERSIONS.col().plus(OPEN.col()))));

  private static final Table TABLE =
      new Table(
          "journey_paths",
          "Which paths of campaigns and of channels lead to action, and which do not.",
          "One row for each day, dimension and path.",
          List.of(DAY, Journeys.DIMENSION, PATH, CONVERSIONS, VALUE, OPEN, RATE, TOUCHES, HOURS),
          List.of(DAY, Journeys.DIMENSION, PATH),
          List.of(
              new Rule("a path was taken", CONVERSIONS.col().plus(OPEN.col()).gt(lit(0))),
              new Rule("a rate is a proportion", RATE.col().between(lit(0), lit(1)))));

  private static Field median(String name, String doc) {
    return Field.optional(
        name, DoubleType, doc + " NULL where no journey converted, or there was no touch.");
  }

  @Override
  public Table table() {
    return TABLE;
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.PATHS);
  }

  @Override
  public Folding folding() {
    return FOLDING;
  }

  @Override
  public Guide guide() {
    return new Guide(
        "Which paths through the channels end in a conversion, and how often?",
        "The path of paid search alone was taken by 51 journeys that converted and 9278 "
            + "that did not, which is 0.55 per cent, with 2.0 touches in the middle.",
        """
          SELECT path, conversions, non_converting_journeys, round(100 * conversion_rate, 2) AS percent,
                 median_touches
          FROM read_parquet('warehouse/journey_paths/*/*.parquet', hive_partitioning = true)
          WHERE day = DATE '2026-10-31' AND dimension = 'channel' AND path NOT LIKE '(%'
          ORDER BY conversions DESC, path;
        """);
  }

  @Override
  public Dataset<Row> query(Sources sources) {
    WindowSpec path = Window.partitionBy(DAY.col(), Journeys.DIMENSION.col(), PATH.col());
    WindowSpec best =
        Window.partitionBy(DAY.col(), Journeys.DIMENSION.col(), col("foldable"))
            .orderBy(
                col("path_conversions").desc(),
                col("path_value").desc(),
                col("path_open").desc(),
                PATH.col());
    Column folded =
        col("foldable").and(col("rank").gt(lit(sources.settings().people().topPaths())));
    return taken(sources)
        .withColumn("path_conversions", sum(CONVERSIONS.col()).over(path))
        .withColumn("path_value", sum(VALUE.col()).over(path))
        .withColumn("path_open", sum(OPEN.col()).over(path))
        .withColumn("foldable", PATH.col().notEqual(Journeys.UNATTRIBUTED))
        // The rows of a path rank the same.
        .withColumn("rank", dense_rank().over(best))
        .withColumn(PATH.name(), when(folded, OTHER).otherwise(PATH.col()))
        .transform(rows -> FOLDING.names(rows, sources))
        .groupBy(DAY.col(), Journeys.DIMENSION.col(), PATH.col())
        .agg(
            CONVERSIONS.as(sum(CONVERSIONS.col())),
            VALUE.as(sum(VALUE.col())),
            OPEN.as(sum(OPEN.col())),
            TOUCHES.as(median(col("touches"), sources)),
            HOURS.as(median(col("hours"), sources)))
        .withColumn(RATE.name(), ratio(CONVERSIONS.col(), CONVERSIONS.col().plus(OPEN.col())))
        .transform(TABLE::select);
  }

  private static Column median(Column of, Sources sources) {
    Column middle = percentile(of, lit(0.5), CONVERSIONS.col());
    return Folding.ofMany(middle, sum(CONVERSIONS.col()), sources);
  }

  /** Journeys by day, dimension, path, number of touches and hours. */
  private static Dataset<Row> taken(Sources sources) {
    Column journey = Swept.KIND.col().equalTo(Swept.PATH);
    Dataset<Row> journeys =
        sources
            .swept()
            .filter(journey.or(Swept.KIND.col().equalTo(Swept.OPEN_PATH)))
            .filter(Journeys.MEMBER.col().notEqual(Journeys.UNATTRIBUTED))
            .select(
                DAY.col(),
                Journeys.DIMENSION.col(),
                PATH.as(Journeys.MEMBER.col()),
                CONVERSIONS.as(when(journey, Swept.COUNT.col()).otherwise(0)),
                VALUE.as(Swept.VALUE.col()),
                OPEN.as(when(journey, 0).otherwise(Swept.COUNT.col())),
                when(journey, Swept.NUMBER.col()).as("touches"),
                when(journey, Swept.AMOUNT.col().divide(MICROS_PER_HOUR)).as("hours"));
    // Those of people that no journey may follow are among them.
    Dataset<Row> untouched =
        sources
            .credits()
            .filter(Journeys.MEMBER.col().equalTo(Journeys.UNATTRIBUTED))
            .filter(Journeys.MODEL.col().equalTo(sources.settings().funnelModel()))
            .groupBy(DAY.col(), Journeys.DIMENSION.col(), PATH.as(Journeys.MEMBER.col()))
            .agg(
                CONVERSIONS.as(sum(Journeys.CREDITED_CONVERSIONS.col())),
                VALUE.as(sum(Journeys.CREDITED_VALUE.col())));
    return journeys
        .unionByName(untouched, true)
        .withColumn(OPEN.name(), coalesce(OPEN.col(), lit(0L)));
  }
}
