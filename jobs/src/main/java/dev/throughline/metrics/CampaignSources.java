package dev.throughline.metrics;

import static dev.throughline.metrics.CampaignDays.CAMPAIGN_ID;
import static dev.throughline.metrics.CampaignDays.CLICKS;
import static dev.throughline.metrics.CampaignDays.CONVERSIONS;
import static dev.throughline.metrics.CampaignDays.DAY;
import static dev.throughline.metrics.CampaignDays.ENGAGED_SESSIONS;
import static dev.throughline.metrics.CampaignDays.EVENT_CHANNEL;
import static dev.throughline.metrics.CampaignDays.EVENT_COST;
import static dev.throughline.metrics.CampaignDays.GROSS_CLICKS;
import static dev.throughline.metrics.CampaignDays.GROSS_IMPRESSIONS;
import static dev.throughline.metrics.CampaignDays.IMPRESSIONS;
import static dev.throughline.metrics.CampaignDays.INVALID_CLICKS;
import static dev.throughline.metrics.CampaignDays.INVALID_IMPRESSIONS;
import static dev.throughline.metrics.CampaignDays.LANDED_SESSIONS;
import static dev.throughline.metrics.CampaignDays.MEASURED_IMPRESSIONS;
import static dev.throughline.metrics.CampaignDays.PEOPLE_CLICKED;
import static dev.throughline.metrics.CampaignDays.PEOPLE_LANDED;
import static dev.throughline.metrics.CampaignDays.REACH;
import static dev.throughline.metrics.CampaignDays.TABLE_SPEND;
import static dev.throughline.metrics.CampaignDays.VALUE;
import static dev.throughline.metrics.CampaignDays.VIEWABLE_IMPRESSIONS;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.throughline.input.Dimensions;
import dev.throughline.model.CampaignTally;
import dev.throughline.model.CampaignTally.Count;
import dev.throughline.model.CampaignTally.People;
import dev.throughline.model.Journeys;
import dev.throughline.model.Swept;
import dev.throughline.table.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What each source knows of a campaign's day. Grain of each: day, campaign_id. {@link CampaignDays}
 * adds them up.
 */
final class CampaignSources {
  private static final Map<Count, Field> COUNTED =
      new EnumMap<>(
          Map.of(
              Count.GROSS_IMPRESSIONS, GROSS_IMPRESSIONS,
              Count.IMPRESSIONS, IMPRESSIONS,
              Count.MEASURED_IMPRESSIONS, MEASURED_IMPRESSIONS,
              Count.VIEWABLE_IMPRESSIONS, VIEWABLE_IMPRESSIONS,
              Count.GROSS_CLICKS, GROSS_CLICKS,
              Count.CLICKS, CLICKS,
              Count.LANDED_SESSIONS, LANDED_SESSIONS,
              Count.ENGAGED_SESSIONS, ENGAGED_SESSIONS));

  private static final Map<People, Field> PEOPLE =
      new EnumMap<>(
          Map.of(
              People.REACH, REACH,
              People.PEOPLE_CLICKED, PEOPLE_CLICKED,
              People.PEOPLE_LANDED, PEOPLE_LANDED));

  private static final Object[] KINDS = {
    Swept.CAMPAIGN_COUNT, Swept.CAMPAIGN_PEOPLE, Swept.CAMPAIGN_COST, Swept.CAMPAIGN_CHANNEL
  };

  /** Sums of a task fit a long; sums of these need not. */
  private static final String MICROS = "decimal(20, 0)";

  private static final BigDecimal ONE_MICRO = BigDecimal.valueOf(1, 6);

  private CampaignSources() {}

  /** What the sweep counted; see {@link CampaignTally}. */
  static Dataset<Row> events(Dataset<Row> sweep) {
    List<Column> sums = new ArrayList<>();
    for (Map.Entry<Count, Field> count : COUNTED.entrySet()) {
      sums.add(count.getValue().as(counted(Swept.CAMPAIGN_COUNT, count.getKey().word())));
    }
    PEOPLE.forEach(
        (people, number) -> {
          sums.add(number.as(counted(Swept.CAMPAIGN_PEOPLE, people.word())));
          Column sketch = when(of(Swept.CAMPAIGN_PEOPLE, people.word()), Swept.SKETCH.col());
          sums.add(CampaignDays.SKETCHES.get(number).as(CampaignDays.mergedSketches(sketch)));
        });
    Column micros = when(of(Swept.CAMPAIGN_COST), Swept.COUNT.col().cast(MICROS));
    sums.add(EVENT_COST.as(sum(micros).multiply(lit(ONE_MICRO))));
    sums.add(EVENT_CHANNEL.as(min(when(of(Swept.CAMPAIGN_CHANNEL), Swept.DETAIL.col()))));
    return sweep
        .filter(Swept.KIND.col().isin(KINDS))
        .groupBy(DAY.col(), CAMPAIGN_ID.as(Journeys.MEMBER.col()))
        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new))
        .withColumn(INVALID_IMPRESSIONS.name(), GROSS_IMPRESSIONS.col().minus(IMPRESSIONS.col()))
        .withColumn(INVALID_CLICKS.name(), GROSS_CLICKS.col().minus(CLICKS.col()));
  }

  private static Column of(String kind) {
    return Swept.KIND.col().equalTo(kind);
  }

  private static Column of(String kind, String detail) {
    return of(kind).and(Swept.DETAIL.col().equalTo(detail));
  }

  private static Column counted(String kind, String detail) {
    return coalesce(sum(when(of(kind, detail), Swept.COUNT.col())), lit(0L));
  }

  static Dataset<Row> outcomes(Dataset<Row> credits, String funnelModel) {
    return credits
        .filter(Journeys.DIMENSION.col().equalTo(Journeys.CAMPAIGN))
        .filter(Journeys.MODEL.col().equalTo(funnelModel))
        .groupBy(DAY.col(), CAMPAIGN_ID.as(Journeys.MEMBER.col()))
        .agg(
            CONVERSIONS.as(sum(Journeys.CREDITED_CONVERSIONS.col())),
            VALUE.as(sum(Journeys.CREDITED_VALUE.col())));
  }

  static Dataset<Row> spend(Dataset<Row> spend) {
    return spend.select(
        Dimensions.DAY.col(), Dimensions.CAMPAIGN_ID.col(), TABLE_SPEND.as(Dimensions.SPEND.col()));
  }
}
