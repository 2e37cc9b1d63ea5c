package dev.throughline.reports;

import static dev.throughline.metrics.CampaignDays.DAY;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.rank;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.throughline.model.Conversions;
import dev.throughline.model.Journeys;
import dev.throughline.table.Field;
import dev.throughline.table.Rule;
import dev.throughline.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import scala.Function1;

/** Who gains and who loses when the model changes. */
public final class AttributionComparison implements Report {
  private static final List<Field> KEY =
      List.of(DAY, Journeys.DIMENSION, Journeys.MEMBER, Conversions.ACTION);

  private static final Field LOWEST = credit("lowest", "Least credit by any additive model.");
  private static final Field HIGHEST = credit("highest", "Most credit by any additive model.");
  private static final Field SPREAD = credit("spread", "highest - lowest.");
  private static final Field LOWEST_MODEL =
      Field.required("lowest_model", StringType, "The first model that gives the least.");
  private static final Field HIGHEST_MODEL =
      Field.required("highest_model", StringType, "The first model that gives the most.");
  private static final Field LAST_TOUCH_RANK = place("last_touch_rank", "Rank by last_touch");
  private static final Field BEST_RANK = place("best_rank", "Best rank by any additive model");
  private static final Field WORST_RANK = place("worst_rank", "Worst rank by any additive model");
  private static final Field RANK_GAIN =
      place("rank_gain", "last_touch_rank - best_rank: places that another model can bring");
  private static final Field RANK_LOSS =
      place("rank_loss", "worst_rank - last_touch_rank: places that another model can cost");

  private static final List<Field> SUMMARY =
      List.of(
          LOWEST,
          LOWEST_MODEL,
          HIGHEST,
          HIGHEST_MODEL,
          SPREAD,
          LAST_TOUCH_RANK,
          BEST_RANK,
          WORST_RANK,
          RANK_GAIN,
          RANK_LOSS);

  private static final Folding FOLDING =
      Folding.of(
          "Folded as attribution is, but by the least credit above zero of any model compared, so that no model tells what attribution"
              + " hides. (too few people) has no rank, and of models that are not additive NULL.",
          Fold.overlapping(
              List.of(DAY, Journeys.DIMENSION, Conversions.ACTION),
              Journeys.MEMBER,
              min(when(col(ComparedModels.CREDIT).gt(0), col(ComparedModels.CREDIT)))));

  private static final Table TABLE =
      new Table(
          "attribution_comparison",
          "Who gains and who loses when the attribution model changes, model by model.",
          "One row for each day, dimension, member and action with credit by any model.",
          Stream.of(KEY, ComparedModels.COLUMNS, SUMMARY).flatMap(List::stream).toList(),
          KEY,
          List.of(
              new Rule("the spread is not negative", SPREAD.col().geq(lit(0))),
              Rule.whenPresent(
                  "last touch is one of the models",
                  LAST_TOUCH_RANK.col(),
                  LAST_TOUCH_RANK.col().between(BEST_RANK.col(), WORST_RANK.col()))));

  private static Field credit(String name, String doc) {
    return Field.required(name, Journeys.CREDIT, doc);
  }

  private static Field place(String name, String doc) {
    return Field.optional(
        name,
        IntegerType,
        doc + ", 1 is the most credit; NULL for (unattributed) and (too few people).");
  }

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
        "Which channel does last touch sell short?",
        "Last touch gives brand search 0.00 purchases, the Markov model 12.22: it gains 4 places.",
        """
          SELECT member AS channel, round(last_touch, 2) AS last_touch, round(highest, 2) AS highest,
                 highest_model, rank_gain
          FROM read_parquet('warehouse/attribution_comparison/*/*.parquet', hive_partitioning = true)
          WHERE day = DATE '2026-10-31' AND dimension = 'channel' AND action = 'purchase'
          ORDER BY highest - last_touch DESC;
        """);
  }

  @Override
  public Dataset<Row> query(Sources sources) {
    ComparedModels models = new ComparedModels(sources.settings());
    return models
        .rows(FoldedCredits.actions(sources.credits(), sources), KEY)
        .transform(folded(sources, models))
        .withColumn(
            "rank",
            rank()
                .over(
                    Window.partitionBy(
                            DAY.col(),
                            Journeys.DIMENSION.col(),
                            Conversions.ACTION.col(),
                            Journeys.MODEL.col(),
                            attributed())
                        .orderBy(comparable().desc())))
        .groupBy(KEY.stream().map(Field::col).toArray(Column[]::new))
        .agg(lit(1).as("any"), summary(models).toArray(Column[]::new))
        // A difference of the widest decimals would lose digits.
        .withColumn(SPREAD.name(), narrow(HIGHEST).minus(narrow(LOWEST)))
        .withColumn(RANK_GAIN.name(), LAST_TOUCH_RANK.col().minus(BEST_RANK.col()))
        .withColumn(RANK_LOSS.name(), WORST_RANK.col().minus(LAST_TOUCH_RANK.col()))
        .transform(TABLE::select);
  }

  private static Function1<Dataset<Row>, Dataset<Row>> folded(
      Sources sources, ComparedModels models) {
    return FOLDING.sums(
        sources,
        Stream.concat(KEY.stream(), Stream.of(ComparedModels.PLACE, Journeys.MODEL)).toList(),
        List.of(),
        when(
                models.adds().or(not(Folding.isFolded(Journeys.MEMBER))),
                sum(col(ComparedModels.CREDIT)))
            .cast(Journeys.CREDIT)
            .as(ComparedModels.CREDIT));
  }

  private static Column narrow(Field credit) {
    return credit.col().cast(DataTypes.createDecimalType(30, 12));
  }

  /**
   * Credit of equals differs by what is left over of the parts that are cut, which goes to one: up
   * to 1e-12 for each member.
   */
  private static Column comparable() {
    return round(col(ComparedModels.CREDIT), 6);
  }

  private static Column attributed() {
    return not(Journeys.MEMBER.col().isin(Journeys.UNATTRIBUTED, Journeys.TOO_FEW));
  }

  private static List<Column> summary(ComparedModels models) {
    List<Column> columns = new ArrayList<>(models.columns());
    Column adds = models.adds();
    Column rank = when(adds.and(attributed()), col("rank"));
    // Of equals the model that is named first.
    Column most = when(adds, struct(comparable(), ComparedModels.PLACE.col().multiply(lit(-1))));
    Column least = when(adds, struct(comparable(), ComparedModels.PLACE.col()));
    columns.add(LOWEST.as(min_by(col(ComparedModels.CREDIT), least)));
    columns.add(LOWEST_MODEL.as(min_by(Journeys.MODEL.col(), least)));
    columns.add(HIGHEST.as(max_by(col(ComparedModels.CREDIT), most)));
    columns.add(HIGHEST_MODEL.as(max_by(Journeys.MODEL.col(), most)));
    columns.add(BEST_RANK.as(min(rank)));
    columns.add(WORST_RANK.as(max(rank)));
    columns.add(
        LAST_TOUCH_RANK.as(max(when(Journeys.MODEL.col().equalTo(Journeys.LAST_TOUCH), rank))));
    return columns;
  }
}
