package dev.throughline.reports;

import static dev.throughline.metrics.CampaignDays.CAMPAIGN_ID;
import static dev.throughline.metrics.CampaignDays.DAY;
import static dev.throughline.metrics.Ratios.ratio;
import static dev.throughline.metrics.Ratios.wilsonHigh;
import static dev.throughline.metrics.Ratios.wilsonLow;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.percentile;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

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

/** Where people drop off, and which leak costs most. */
public final class FunnelDropOff implements Report {
  private static final Field STEP =
      Field.required("step", IntegerType, "Number of the step, from 1.");
  private static final Field STEP_NAME =
      Field.required("step_name", StringType, "The step, as throughline.drop-off.steps names it.");
  private static final Field ENTERED =
      Field.required("entered", LongType, "How often people came to the step.");
  private static final Field CONTINUED =
      onward("continued", LongType, "How often they came to the next.");
  private static final Field DROPPED = onward("dropped", LongType, "How often they did not.");
  private static final Field RATE =
      onward("continuation_rate", DoubleType, "continued / entered; NULL also if none entered.");
  private static final Field RATE_LOW =
      onward("continuation_rate_low", DoubleType, "Lower end of its 95 % interval (Wilson).");
  private static final Field RATE_HIGH = onward("continuation_rate_high", DoubleType, "Upper end.");
  private static final Field BENCHMARK =
      onward(
          "benchmark_rate",
          DoubleType,
          "Rate at which the people of the day's other campaigns went on; 1 if they had none.");
  private static final Field MEDIAN =
      onward(
          "median_seconds_to_next", DoubleType, "Median time to the next step of those who went.");
  private static final Field P90 =
      onward("p90_seconds_to_next", DoubleType, "The time within which nine of ten of them went.");
  private static final Field LOST =
      onward(
          "lost_conversions_estimate",
          DoubleType,
          "Conversions that the campaign would have more if people went on at benchmark_rate.");
  private static final Field LEAK =
      Field.required(
          "is_biggest_leak", BooleanType, "The campaign's step that loses most conversions.");

  private static final Folding FOLDING =
      Folding.of(
          "Folded by campaign, by how often people entered its funnel: a bound, these are as many people at the most. How few of them"
              + " came to a later step is not hidden, but how long they took is NULL where fewer than that went on.",
          Fold.overlapping(
              List.of(DAY),
              Journeys.MEMBER,
              sum(when(Swept.NUMBER.col().equalTo(0), Swept.COUNT.col()))));

  private static final Table TABLE =
      new Table(
          "funnel_drop_off",
          "Where people drop off on their way from the advertisement to the action, and which leak costs most.",
          "One row for each day, campaign that anyone entered, and step of the people funnel.",
          List.of(
              DAY,
              CAMPAIGN_ID,
              STEP,
              STEP_NAME,
              ENTERED,
              CONTINUED,
              DROPPED,
              RATE,
              RATE_LOW,
              RATE_HIGH,
              BENCHMARK,
              MEDIAN,
              P90,
              LOST,
              LEAK),
          List.of(DAY, CAMPAIGN_ID, STEP),
          List.of(
              Rule.whenPresent(
                  "entered = continued + dropped",
                  CONTINUED.col(),
                  ENTERED.col().equalTo(CONTINUED.col().plus(DROPPED.col()))),
              Rule.whenPresent(
                  "no one is won on the way", DROPPED.col(), DROPPED.col().geq(lit(0))),
              new Rule(
                  "a leak loses conversions", LEAK.col().equalTo(false).or(LOST.col().gt(0)))));

  private static Field onward(String name, org.apache.spark.sql.types.DataType type, String doc) {
    return Field.optional(name, type, doc + " NULL on the last step.");
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
    return FOLDING;
  }

  @Override
  public Guide guide() {
    return new Guide(
        "Where does each campaign lose the conversions that others do not?",
        "Of the 2000 people of campaign A who were engaged, 1990 showed no intent; 0.5 "
            + "per cent went on where 15.6 per cent do elsewhere, which costs about 301.7 "
            + "conversions.",
        """
          SELECT campaign_id, step_name, entered, dropped, round(100 * continuation_rate, 1) AS went_on_percent,
                 round(100 * benchmark_rate, 1) AS elsewhere_percent, round(lost_conversions_estimate, 1) AS lost
          FROM read_parquet('warehouse/funnel_drop_off/*/*.parquet', hive_partitioning = true)
          WHERE day = DATE '2026-10-31' AND is_biggest_leak
          ORDER BY lost_conversions_estimate DESC;
        """);
  }

  @Override
  public Dataset<Row> query(Sources sources) {
    List<String> steps = sources.settings().people().steps();
    Column hasNext = STEP.col().lt(lit(steps.size()));
    Column isLast = STEP.col().equalTo(steps.size());
    WindowSpec campaign = Window.partitionBy(DAY.col(), CAMPAIGN_ID.col());
    WindowSpec sameStep = Window.partitionBy(DAY.col(), STEP.col());
    WindowSpec next = campaign.orderBy(STEP.col());
    Column others = col("all_entered").minus(ENTERED.col());
    Column othersContinued = col("all_continued").minus(CONTINUED.col());
    Column ownOnward = when(col("last").gt(0), ratio(col("last"), CONTINUED.col()));
    Column othersOnward = ratio(col("all_last").minus(col("last")), othersContinued);
    Column shortfall = greatest(lit(0.0), BENCHMARK.col().minus(RATE.col()));
    return reached(sources, steps)
        .withColumn(CONTINUED.name(), when(hasNext, lead(ENTERED.col(), 1).over(next)))
        .withColumn(MEDIAN.name(), time(lead(col("median"), 1).over(next), sources))
        .withColumn(P90.name(), time(lead(col("p90"), 1).over(next), sources))
        .withColumn("last", max(when(isLast, ENTERED.col())).over(campaign))
        .withColumn("all_entered", sum(ENTERED.col()).over(sameStep))
        .withColumn("all_continued", sum(CONTINUED.col()).over(sameStep))
        .withColumn("all_last", sum(col("last")).over(sameStep))
        .withColumn(DROPPED.name(), ENTERED.col().minus(CONTINUED.col()))
        .withColumn(RATE.name(), ratio(CONTINUED.col(), ENTERED.col()))
        .withColumn(RATE_LOW.name(), wilsonLow(CONTINUED.col(), ENTERED.col()))
        .withColumn(RATE_HIGH.name(), wilsonHigh(CONTINUED.col(), ENTERED.col()))
        .withColumn(
            BENCHMARK.name(), when(hasNext, coalesce(ratio(othersContinued, others), lit(1.0))))
        .withColumn(
            LOST.name(),
            when(
                hasNext,
                ENTERED
                    .col()
                    .multiply(shortfall)
                    .multiply(coalesce(ownOnward, othersOnward, lit(0.0)))))
        .withColumn(
            LEAK.name(),
            coalesce(LOST.col().gt(0), lit(false))
                .and(
                    row_number()
                        .over(campaign.orderBy(LOST.col().desc_nulls_last(), STEP.col()))
                        .equalTo(1)))
        .transform(TABLE::select);
  }

  private static Column time(Column seconds, Sources sources) {
    return Folding.ofMany(seconds, CONTINUED.col(), sources);
  }

  /** Interpolated; what the interpolation leaves of rounding is taken away. */
  private static Column within(double part) {
    return round(percentile(Swept.AMOUNT.col(), lit(part), Swept.COUNT.col()), 6);
  }

  /** A row for every step of each campaign, also for those that no one came to. */
  private static Dataset<Row> reached(Sources sources, List<String> steps) {
    Dataset<Row> found =
        Swept.only(sources.swept(), Swept.STEP)
            .transform(rows -> FOLDING.names(rows, sources))
            .groupBy(DAY.col(), CAMPAIGN_ID.as(Journeys.MEMBER.col()), Swept.NUMBER.col())
            .agg(
                sum(Swept.COUNT.col()).as("came"), within(0.5).as("median"), within(0.9).as("p90"));
    Dataset<Row> grid =
        Grid.of(found.select(DAY.col(), CAMPAIGN_ID.col()).distinct(), STEP, STEP_NAME, steps);
    String[] campaign = {DAY.name(), CAMPAIGN_ID.name()};
    // One row a campaign and step on either side.
    return grid.join(
            found.withColumn(STEP.name(), STEP.as(Swept.NUMBER.col().plus(1))),
            new String[] {campaign[0], campaign[1], STEP.name()},
            "left_outer")
        .withColumn(ENTERED.name(), coalesce(col("came"), lit(0L)));
  }
}
