package dev.throughline.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.throughline.config.ConfigLoader;
import dev.throughline.config.Settings;
import dev.throughline.model.Journeys;
import dev.throughline.testing.TestSession;
import java.math.BigDecimal;
import java.sql.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Verdicts on campaigns whose counts are given; every case is a day of its own. */
class CampaignScorecardTest {
  private static final StructType SCHEMA =
      StructType.fromDDL(
          "day date, period int, days int, campaign_id string, campaign_name string, channel string, phase string,"
              + " impressions bigint, clicks bigint, conversions bigint, value decimal(28,6),"
              + " reach bigint, viewable_impressions bigint, spend decimal(28,6), target double");
  private static final Map<String, Row> CARDS = new TreeMap<>();

  private static Row campaign(
      String day, String id, long impressions, long clicks, long conversions, int value) {
    return campaign(Date.valueOf("2026-10-" + day), id, impressions, clicks, conversions, value);
  }

  static Row campaign(
      Date day, String id, long impressions, long clicks, long conversions, int value) {
    return RowFactory.create(
        day,
        1,
        1,
        id,
        null,
        "display",
        null,
        impressions,
        clicks,
        conversions,
        BigDecimal.valueOf(value),
        impressions,
        impressions,
        null,
        null);
  }

  @BeforeAll
  static void compute() {
    List<Row> campaigns =
        List.of(
            campaign("01", "A", 100_000, 5_000, 10, 800),
            campaign("01", "B", 20_000, 1_000, 50, 4_000),
            campaign("01", "(unattributed)", 1_000_000, 0, 1_000, 0),
            campaign("02", "few", 9_000, 90, 0, 0),
            campaign("02", "rest", 1_000, 10, 4, 100),
            campaign("03", "close", 5_000, 50, 40, 400),
            campaign("03", "rest", 5_000, 50, 60, 600),
            campaign("04", "unclicked", 1_000, 0, 5, 5),
            campaign("04", "rest", 1_000, 0, 5, 5),
            campaign("05", "nothing", 0, 0, 0, 0));
    for (Row row : scorecard(campaigns).collectAsList()) {
      String day = row.getDate(0).toString().substring(8);
      CARDS.put(day + " " + row.getAs("campaign_id"), row);
    }
  }

  /** The scorecard of campaigns. */
  static Dataset<Row> scorecard(List<Row> campaigns) {
    return scorecard(campaigns, Map.of());
  }

  static Dataset<Row> scorecard(List<Row> campaigns, Map<String, String> more) {
    Map<String, String> given = new TreeMap<>(more);
    given.put("throughline.input.events.path", "events");
    given.put("throughline.output.path", "tables");
    Settings settings = ConfigLoader.load(Optional.empty(), given, Journeys.models());
    Dataset<Row> rows = TestSession.get().createDataFrame(campaigns, SCHEMA);
    return new CampaignScorecard()
        .query(new Sources(null, null, null, null, null, null, null, rows, null, settings));
  }

  private static void assertCard(String card, String column, Object expected) {
    Object found = CARDS.get(card).getAs(column);
    if (expected instanceof Double number) {
      assertEquals(number, (Double) found, 1e-9, card + " " + column);
    } else {
      assertEquals(expected, found, card + " " + column);
    }
  }

  @Test
  void muchAttentionAndLittleOutcomeIsVanity() {
    assertCard("01 A", "attention_share", 5 / 6.0);
    assertCard("01 A", "outcome_share", 1 / 6.0);
    assertCard("01 A", "value_index", 0.2);
    assertCard("01 A", "expected_conversions", 50.0);
    assertCard("01 A", "verdict", "vanity");
  }

  @Test
  void littleAttentionAndMuchOutcomeIsEarning() {
    assertCard("01 B", "value_index", 5.0);
    assertCard("01 B", "value_share", 5 / 6.0);
    assertCard("01 B", "verdict", "earning");
  }

  @Test
  void whatBelongsToNoCampaignTakesNoPart() {
    assertNull(CARDS.get("01 (unattributed)"));
    assertEquals(9, CARDS.size());
  }

  @Test
  void fewerConversionsThanTheMinimumIsTooEarly() {
    // 3.6 were to be expected, none came; the minimum is 5.
    assertCard("02 few", "expected_conversions", 3.6);
    assertCard("02 few", "verdict", "too_early");
    assertCard("02 rest", "verdict", "too_early");
  }

  @Test
  void intervalsThatOverlapAreNoVanity() {
    assertCard("03 close", "outcome_share", 0.4);
    assertCard("03 close", "attention_share", 0.5);
    assertCard("03 close", "verdict", "earning");
  }

  @Test
  void attentionOfADayWithoutClicksIsThatOfImpressions() {
    assertCard("04 unclicked", "attention_share", 0.5);
    assertCard("04 unclicked", "verdict", "earning");
  }

  @Test
  void sharesOfNothingAreNull() {
    for (String share : List.of("attention_share", "outcome_share", "value_share", "value_index")) {
      assertNull(CARDS.get("05 nothing").getAs(share), share);
    }
    assertCard("05 nothing", "verdict", "too_early");
  }
}
