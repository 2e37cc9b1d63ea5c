package dev.throughline.metrics;

import static java.util.Comparator.comparing;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.hll_union;
import static org.apache.spark.sql.functions.hll_union_agg;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.throughline.input.Dimensions;
import dev.throughline.model.Conversions;
import dev.throughline.model.Journeys;
import dev.throughline.table.Field;
import dev.throughline.table.Rule;
import dev.throughline.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The counts of each campaign and day, which {@link CampaignPeriods} adds up.
 *
 * <p>Grain: day, campaign_id. What belongs to no campaign is the campaign (unattributed), so that
 * columns add up to the day's totals.
 */
public final class CampaignDays {
  public static final Field DAY = Dimensions.DAY;
  public static final Field CAMPAIGN_ID =
      Field.required(
          "campaign_id", StringType, "The campaign; (unattributed) for what belongs to none.");
  public static final Field CAMPAIGN_NAME =
      Field.optional("campaign_name", StringType, "Its name; NULL where it is not described.");
  public static final Field CHANNEL =
      Field.required(
          "channel", StringType, "Its channel, as described or else as its events name it.");
  public static final Field PHASE =
      Field.optional(
          "phase", StringType, "brand, engagement or conversion; NULL where it is not described.");
  public static final Field TARGET =
      Field.optional(
          "target", DoubleType, "Target of the phase's metric; NULL where there is none.");
  public static final Field GROSS_IMPRESSIONS =
      count("gross_impressions", "Impressions before invalid traffic is taken out.");
  public static final Field INVALID_IMPRESSIONS =
      count("invalid_impressions", "Impressions taken out as invalid traffic.");
  public static final Field IMPRESSIONS = count("impressions", "Impressions, net.");
  public static final Field MEASURED_IMPRESSIONS =
      count("measured_impressions", "Net impressions whose viewability was measured.");
  public static final Field VIEWABLE_IMPRESSIONS =
      count("viewable_impressions", "Net impressions that were viewable by the MRC's rule.");
  public static final Field GROSS_CLICKS =
      count("gross_clicks", "Clicks before invalid traffic is taken out.");
  public static final Field INVALID_CLICKS =
      count("invalid_clicks", "Clicks taken out as invalid traffic.");
  public static final Field CLICKS = count("clicks", "Clicks, net.");
  public static final Field LANDED_SESSIONS =
      count("landed_sessions", "Visits with a page view of the campaign.");
  public static final Field ENGAGED_SESSIONS =
      count("engaged_sessions", "Landed visits that were engaged.");
  public static final Field CONVERSIONS =
      count("conversions", "Conversions that the funnel's model gives the campaign.");
  public static final Field VALUE =
      Field.required("value", Conversions.MONEY_SUM, "Worth of those conversions, in currency.");
  public static final Field SPEND =
      Field.optional(
          "spend",
          Conversions.MONEY_SUM,
          "Cost in currency: from the spend table, else from the events; NULL: unknown.");
  public static final Field REACH = count("reach", "Different people with a net impression.");
  public static final Field PEOPLE_CLICKED =
      count("people_clicked", "Different people with a net click.");
  public static final Field PEOPLE_LANDED =
      count("people_landed", "Different people with a landed visit.");

  public static final Field REACH_SKETCH = sketch("reach_sketch", "Sketch of the reach.");
  public static final Field CLICKED_SKETCH = sketch("clicked_sketch", "Of people_clicked.");
  public static final Field LANDED_SKETCH = sketch("landed_sketch", "Of people_landed.");

  static final Field EVENT_COST =
      Field.optional("event_cost", Conversions.MONEY_SUM, "Media cost on the events.");
  static final Field TABLE_SPEND =
      Field.optional("table_spend", Conversions.MONEY_SUM, "Spend in the spend table.");
  static final Field EVENT_CHANNEL =
      Field.optional("event_channel", StringType, "Channel on the events.");

  /** What the sources contribute; a source leaves out what it does not know. */
  static final List<Field> SUMMED =
      List.of(
          GROSS_IMPRESSIONS,
          INVALID_IMPRESSIONS,
          IMPRESSIONS,
          MEASURED_IMPRESSIONS,
          VIEWABLE_IMPRESSIONS,
          GROSS_CLICKS,
          INVALID_CLICKS,
          CLICKS,
          LANDED_SESSIONS,
          ENGAGED_SESSIONS,
          CONVERSIONS,
          VALUE,
          EVENT_COST,
          TABLE_SPEND,
          REACH,
          PEOPLE_CLICKED,
          PEOPLE_LANDED);

  /** What other sources than events say. */
  private static final Set<Field> OTHERS = Set.of(CONVERSIONS, VALUE, TABLE_SPEND);

  /** The people behind a count, to count them over several days. */
  static final Map<Field, Field> SKETCHES =
      Map.of(REACH, REACH_SKETCH, PEOPLE_CLICKED, CLICKED_SKETCH, PEOPLE_LANDED, LANDED_SKETCH);

  private CampaignDays() {}

  /**
   * The people of some sketches. Merging it with itself adds no one, and makes its estimate
   * independent of the order in which people came.
   */
  public static Column merged(Field sketch) {
    return mergedSketches(sketch.col());
  }

  static Column mergedSketches(Column sketches) {
    Column union = hll_union_agg(sketches);
    return hll_union(union, union);
  }

  private static Field sketch(String name, String doc) {
    return Field.optional(name, BinaryType, doc);
  }

  private static Field count(String name, String doc) {
    return Field.required(name, LongType, doc);
  }

  /** What events say of a campaign's day; kept for the runs of later days. */
  public static final Table EVENTS =
      new Table(
          "campaign_events",
          "Counts by day and campaign that follow from the day's events alone.",
          "One row for each day and campaign with an event.",
          Stream.of(
                  Stream.of(DAY, CAMPAIGN_ID),
                  Stream.concat(
                          SUMMED.stream(),
                          SKETCHES.values().stream().sorted(comparing(Field::name)))
                      .filter(field -> !OTHERS.contains(field))
                      .map(field -> Field.optional(field.name(), field.type(), field.doc())),
                  Stream.of(EVENT_CHANNEL))
              .flatMap(fields -> fields)
              .toList(),
          List.of(DAY, CAMPAIGN_ID),
          List.of(new Rule("a campaign has a name", CAMPAIGN_ID.col().notEqual(""))));

  /**
   * Counts what events say of campaigns' days, see {@link #EVENTS}.
   *
   * @param sweep what {@link Journeys#sweep} returned
   */
  public static Dataset<Row> events(Dataset<Row> sweep) {
    return CampaignSources.events(sweep).transform(EVENTS::select);
  }

  /** The rows of each day and campaign added up. */
  private static Dataset<Row> added(Dataset<Row> rows, List<Field> summed) {
    List<Column> sums = new ArrayList<>();
    for (Field field : summed) {
      sums.add(field.as(sum(field.col())));
    }
    for (Field sketch : SKETCHES.values()) {
      sums.add(sketch.as(merged(sketch)));
    }
    sums.add(EVENT_CHANNEL.as(min(EVENT_CHANNEL.col())));
    return rows.groupBy(DAY.col(), CAMPAIGN_ID.col())
        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
  }

  /**
   * Brings the counts together.
   *
   * @param events what {@link #events} returned, and what was kept of it
   * @param credits credit by model
   * @param spend the spend of these days
   */
  public static Dataset<Row> of(
      Dataset<Row> events, Dataset<Row> credits, Dataset<Row> spend, String funnelModel) {
    return events
        .unionByName(CampaignSources.outcomes(credits, funnelModel), true)
        .unionByName(CampaignSources.spend(spend), true)
        .transform(rows -> added(rows, SUMMED))
        .withColumn(SPEND.name(), SPEND.as(coalesce(TABLE_SPEND.col(), EVENT_COST.col())));
  }
}
