package dev.throughline.reports;

import static dev.throughline.metrics.CampaignDays.CAMPAIGN_ID;
import static dev.throughline.metrics.CampaignDays.CONVERSIONS;
import static dev.throughline.metrics.CampaignDays.DAY;
import static dev.throughline.metrics.CampaignDays.VALUE;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.throughline.model.Conversions;
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

/** How long it takes to act, in time and in touches. */
public final class TimeToConvert implements Report {
  private static final long HOUR = 3_600_000_000L;
  private static final long DAY_MICROS = 24 * HOUR;

  private static final Field MEASURE =
      Field.required(
          "measure", StringType, "elapsed: time since the first touch; touches: their number.");
  private static final Field BUCKET_ORDER =
      Field.required("bucket_order", IntegerType, "To sort buckets by; 0 is the bucket none.");
  private static final Field BUCKET =
      Field.required("bucket", StringType, "The range; none for conversions without a touch.");

  /** A bucket holds what is below its bound and not below that of the one before. */
  private record Bucket(String name, long below) {}

  private static final List<Bucket> ELAPSED =
      List.of(
          new Bucket("< 1 h", HOUR),
          new Bucket("< 1 d", DAY_MICROS),
          new Bucket("1 d", 2 * DAY_MICROS),
          new Bucket("2 d", 3 * DAY_MICROS),
          new Bucket("3 d", 4 * DAY_MICROS),
          new Bucket("4 d", 5 * DAY_MICROS),
          new Bucket("5 d", 6 * DAY_MICROS),
          new Bucket("6 d", 7 * DAY_MICROS),
          new Bucket("7 d", 8 * DAY_MICROS),
          new Bucket("8-14 d", 15 * DAY_MICROS),
          new Bucket("15-30 d", 31 * DAY_MICROS),
          new Bucket("31+ d", Long.MAX_VALUE));
  private static final List<Bucket> TOUCHES =
      List.of(
          new Bucket("1", 2),
          new Bucket("2", 3),
          new Bucket("3", 4),
          new Bucket("4-6", 7),
          new Bucket("7-10", 11),
          new Bucket("11+", Long.MAX_VALUE));

  private static final Folding FOLDING =
      Folding.of(
          "Folded first by action and by campaign, as in campaign_actions, then by bucket. Conversions are a bound: they come from as many"
              + " people at the most.",
          Fold.disjoint(
              List.of(DAY, Conversions.ACTION, MEASURE), CAMPAIGN_ID, sum(CONVERSIONS.col())),
          Fold.disjoint(
              List.of(DAY, Conversions.ACTION, MEASURE, CAMPAIGN_ID),
              BUCKET,
              sum(CONVERSIONS.col())));

  private static final Table TABLE =
      new Table(
          "time_to_convert",
          "How long people take from their first touch to the action, and how many touches they need.",
          "One row for each day, campaign (as in the funnel), action, measure and bucket with a conversion.",
          List.of(
              DAY,
              CAMPAIGN_ID,
              Conversions.ACTION,
              MEASURE,
              BUCKET_ORDER,
              BUCKET,
              CONVERSIONS,
              VALUE),
          List.of(DAY, CAMPAIGN_ID, Conversions.ACTION, MEASURE, BUCKET),
          List.of(
              new Rule("a bucket has a conversion", CONVERSIONS.col().gt(lit(0))),
              new Rule(
                  "only conversions of nobody have no bucket",
                  BUCKET_ORDER
                      .col()
                      .equalTo(0)
                      .equalTo(CAMPAIGN_ID.col().equalTo(Journeys.UNATTRIBUTED))
                      .or(Folding.isFolded(CAMPAIGN_ID)))));

  @Override
  public Table table() {
    return TABLE;
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.DELAYS);
  }

  @Override
  public Folding folding() {
    return FOLDING;
  }

  @Override
  public Guide guide() {
    return new Guide(
        "How long after the first touch do people act?",
        "60 conversions worth 4800 came within an hour of the first touch.",
        """
          SELECT bucket, sum(conversions) AS conversions, sum(value) AS value
          FROM read_parquet('warehouse/time_to_convert/*/*.parquet', hive_partitioning = true)
          WHERE day = DATE '2026-10-31' AND measure = 'elapsed' AND bucket <> 'none'
          GROUP BY bucket, bucket_order
          ORDER BY conversions DESC;
        """);
  }

  @Override
  public Dataset<Row> query(Sources sources) {
    Column measures =
        array(
            measure("elapsed", ELAPSED, Swept.AMOUNT.col()),
            measure("touches", TOUCHES, Swept.NUMBER.col()));
    Dataset<Row> touched =
        Swept.only(sources.swept(), Swept.DELAY)
            .filter(Journeys.MEMBER.col().notEqual(Journeys.UNATTRIBUTED))
            .select(
                DAY.col(),
                CAMPAIGN_ID.as(Journeys.MEMBER.col()),
                Conversions.ACTION.col(),
                CONVERSIONS.as(Swept.COUNT.col()),
                VALUE.as(Swept.VALUE.col()),
                explode(measures).as("in"));
    Column none = array(noBucket("elapsed"), noBucket("touches"));
    Dataset<Row> untouched =
        sources
            .credits()
            .filter(Journeys.DIMENSION.col().equalTo(Journeys.CAMPAIGN))
            .filter(Journeys.MEMBER.col().equalTo(Journeys.UNATTRIBUTED))
            .filter(Journeys.MODEL.col().equalTo(sources.settings().funnelModel()))
            .select(
                DAY.col(),
                CAMPAIGN_ID.as(Journeys.MEMBER.col()),
                Conversions.ACTION.col(),
                CONVERSIONS.as(Journeys.CREDITED_CONVERSIONS.col()),
                VALUE.as(Journeys.CREDITED_VALUE.col()),
                explode(none).as("in"));
    return touched
        .unionByName(untouched)
        .groupBy(
            DAY.col(),
            CAMPAIGN_ID.col(),
            Conversions.ACTION.col(),
            MEASURE.as(col("in.measure")),
            BUCKET_ORDER.as(col("in.bucket_order")),
            BUCKET.as(col("in.bucket")))
        .agg(CONVERSIONS.as(sum(CONVERSIONS.col())), VALUE.as(sum(VALUE.col())))
        .transform(rows -> FoldedCredits.actions(rows, sources))
        .transform(
            FOLDING.sums(
                sources,
                TABLE.key(),
                List.of(CONVERSIONS, VALUE),
                Folding.lastIfFolded(BUCKET_ORDER, BUCKET, ELAPSED.size() + 1)))
        .transform(TABLE::select);
  }

  private static Column measure(String name, List<Bucket> buckets, Column amount) {
    Column order = lit(buckets.size());
    Column bucket = lit(buckets.get(buckets.size() - 1).name());
    for (int i = buckets.size() - 2; i >= 0; i--) {
      Column below = amount.lt(lit(buckets.get(i).below()));
      order = when(below, i + 1).otherwise(order);
      bucket = when(below, buckets.get(i).name()).otherwise(bucket);
    }
    return struct(MEASURE.as(lit(name)), BUCKET_ORDER.as(order), BUCKET.as(bucket));
  }

  private static Column noBucket(String measure) {
    return struct(MEASURE.as(lit(measure)), BUCKET_ORDER.as(lit(0)), BUCKET.as(lit("none")));
  }
}
