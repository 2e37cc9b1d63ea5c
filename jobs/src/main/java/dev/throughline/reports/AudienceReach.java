package dev.throughline.reports;

import static dev.throughline.metrics.CampaignDays.CAMPAIGN_ID;
import static dev.throughline.metrics.CampaignDays.DAY;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.hll_sketch_estimate;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.throughline.metrics.CampaignDays;
import dev.throughline.table.Field;
import dev.throughline.table.Rule;
import dev.throughline.table.Table;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How many different people, in a form that adds up over days and campaigns. */
public final class AudienceReach implements Report {
  private static final Field STAGE =
      Field.required("stage", StringType, "saw, clicked or landed, by net events.");
  private static final Field PEOPLE =
      Field.required("people", LongType, "Different known people of the day, exact.");
  private static final Field ESTIMATE =
      Field.required(
          "people_estimate",
          LongType,
          "The sketch's estimate of them; its standard error is 1.6 %, 95 % lie within 3.2 %.");
  private static final Field SKETCH =
      Field.required(
          "people_sketch",
          BinaryType,
          "DataSketches HLL sketch (lgK 12, HLL_8), to merge over days and campaigns.");

  private static final Folding FOLDING =
      Folding.of(
          "Folded by campaign, stage by stage: by people. People of (too few people) are the estimate of the merged sketches.",
          Fold.overlapping(List.of(DAY, STAGE), CAMPAIGN_ID, max(PEOPLE.col())));

  private static final Table TABLE =
      new Table(
          "audience_reach",
          "How many different people saw, clicked and landed, with sketches that can be merged.",
          "One row for each day, campaign and stage with known people.",
          List.of(DAY, CAMPAIGN_ID, STAGE, PEOPLE, ESTIMATE, SKETCH),
          List.of(DAY, CAMPAIGN_ID, STAGE),
          List.of(
              new Rule("a row has people", PEOPLE.col().gt(lit(0))),
              // Six standard errors, and one for rounding: a sketch that lies is a defect.
              new Rule(
                  "the estimate is near the count",
                  org.apache
                      .spark
                      .sql
                      .functions
                      .abs(ESTIMATE.col().minus(PEOPLE.col()))
                      .leq(PEOPLE.col().multiply(0.1).plus(1)))));

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
        "How many different people saw any campaign in the week up to a day? Merging "
            + "sketches answers what sums cannot.",
        "39311 different people, to within a few per cent, saw an advertisement on the published days.",
        """
          WITH sketch AS (
            SELECT hex(people_sketch) AS h, ('0x' || hex(people_sketch)[15:16])::INT & 3 AS mode
            FROM read_parquet('warehouse/audience_reach/*/*.parquet', hive_partitioning = true)
            WHERE day BETWEEN DATE '2026-10-25' AND DATE '2026-10-31' AND stage = 'saw'
          ), bucket AS (  -- large sketches have a byte for each of 4096 buckets, from byte 40 on
            SELECT i AS slot, ('0x' || h[81 + 2 * i:82 + 2 * i])::INT AS rank
            FROM sketch, range(4096) AS slots(i) WHERE mode = 2
            UNION ALL  -- small ones a list of bucket and rank, four bytes each, from byte 8 or 12 on
            SELECT ('0x' || h[p:p + 1])::INT + 256 * (('0x' || h[p + 2:p + 3])::INT & 15),
                   ('0x' || h[p + 6:p + 7])::INT >> 2
            FROM (SELECT h, unnest(range(17 + 8 * mode, length(h), 8)) AS p FROM sketch WHERE mode < 2)
          ), merged AS (
            SELECT slot, max(rank) AS rank FROM bucket WHERE rank > 0 GROUP BY slot
          ), total AS (
            SELECT 4096 - count(*) AS empty, 4096 - count(*) + coalesce(sum(power(2.0, -rank)), 0) AS z FROM merged
          )
          SELECT round(CASE WHEN 0.7213 / (1 + 1.079 / 4096) * 4096 * 4096 / z > 2.5 * 4096
                            THEN 0.7213 / (1 + 1.079 / 4096) * 4096 * 4096 / z
                            ELSE 4096 * ln(4096.0 / empty) END)::BIGINT AS people
          FROM total;
        """);
  }

  @Override
  public Dataset<Row> query(Sources sources) {
    Column stages =
        array(
            stage("saw", CampaignDays.REACH, CampaignDays.REACH_SKETCH),
            stage("clicked", CampaignDays.PEOPLE_CLICKED, CampaignDays.CLICKED_SKETCH),
            stage("landed", CampaignDays.PEOPLE_LANDED, CampaignDays.LANDED_SKETCH));
    return sources
        .campaignDays()
        .select(DAY.col(), CAMPAIGN_ID.col(), explode(stages).as("of"))
        .select(DAY.col(), CAMPAIGN_ID.col(), col("of.*"))
        .filter(PEOPLE.col().gt(0))
        .transform(
            FOLDING.sums(
                sources,
                TABLE.key(),
                List.of(),
                PEOPLE.as(max(PEOPLE.col())),
                SKETCH.as(CampaignDays.merged(SKETCH))))
        .withColumn(ESTIMATE.name(), hll_sketch_estimate(SKETCH.col()))
        .transform(rows -> sources.minPeople() == 0 ? rows : estimated(rows))
        .transform(TABLE::select);
  }

  /** Nobody has counted the people of several campaigns. */
  private static Dataset<Row> estimated(Dataset<Row> rows) {
    Column several = Folding.isFolded(CAMPAIGN_ID);
    return rows.withColumn(PEOPLE.name(), when(several, ESTIMATE.col()).otherwise(PEOPLE.col()));
  }

  private static Column stage(String name, Field people, Field sketch) {
    return struct(STAGE.as(lit(name)), PEOPLE.as(people.col()), SKETCH.as(sketch.col()));
  }
}
