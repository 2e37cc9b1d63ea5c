package dev.throughline.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is to be done about campaigns whose counts are given; every case is a day of its own. */
class ScorecardFocusTest {
  private static final Map<String, Row> CARDS = new TreeMap<>();
  private static final Map<String, Row> OTHER_METRICS = new TreeMap<>();

  private static Row campaign(
      String id, long[] counts, String phase, Integer spend, Double target) {
    return RowFactory.create(
        Date.valueOf("2026-10-" + id.substring(0, 2)),
        1,
        1,
        id,
        null,
        "display",
        phase,
        counts[0],
        counts[1],
        counts[2],
        BigDecimal.valueOf(counts[2]),
        counts[0],
        counts[0],
        spend == null ? null : BigDecimal.valueOf(spend),
        target);
  }

  private static long[] counts(long impressions, long clicks, long conversions) {
    return new long[] {impressions, clicks, conversions};
  }

  @BeforeAll
  static void compute() {
    List<Row> campaigns = new ArrayList<>();
    // A million impressions, no click: cpm is 5.
    long[] unclicked = counts(1_000_000, 0, 0);
    long[] rest = counts(100_000, 2_000, 100);
    campaigns.add(campaign("01 asked", unclicked, "brand", 5_000, 5.0));
    campaigns.add(campaign("01 rest", rest, null, null, null));
    campaigns.add(campaign("02 missed", unclicked, "brand", 5_000, 4.99));
    campaigns.add(campaign("02 rest", rest, null, null, null));
    campaigns.add(campaign("03 no target", unclicked, "engagement", 5_000, null));
    campaigns.add(campaign("03 rest", rest, null, null, null));
    // What a conversion campaign without conversions costs each is unknown.
    campaigns.add(campaign("04 sells", unclicked, "conversion", 5_000, 4.0));
    campaigns.add(campaign("04 rest", rest, null, null, null));
    campaigns.add(campaign("05 much", counts(100_000, 5_000, 10), null, 100, 10.0));
    campaigns.add(campaign("05 little", counts(20_000, 1_000, 50), "brand", 100, 1.0));
    // cpm 100, cpc 10, cpa 20, ctr 0.01, roas 0.05.
    long[] equal = counts(10_000, 100, 50);
    campaigns.add(campaign("06 brand", equal, "brand", 1_000, 99.0));
    campaigns.add(campaign("06 engagement", equal, "engagement", 1_000, 9.9));
    campaigns.add(campaign("06 conversion", equal, "conversion", 1_000, 19.9));
    campaigns.add(campaign("06 none", equal, null, 1_000, 19.9));
    campaigns.add(campaign("06 reached", equal, null, 1_000, 20.0));
    campaigns.add(campaign("06 no spend", equal, "brand", null, 99.0));
    campaigns.add(campaign("06 no target", equal, "brand", 1_000, null));
    campaigns.add(campaign("06 tiny", counts(10, 1, 0), "brand", 1_000, 1.0));
    for (Row row : CampaignScorecardTest.scorecard(campaigns).collectAsList()) {
      CARDS.put(row.getAs("campaign_id"), row);
    }
    Map<String, String> metrics =
        Map.of(
            "throughline.scorecard.metrics.brand",
            "reach",
            "throughline.scorecard.metrics.engagement",
            "ctr",
            "throughline.scorecard.metrics.conversion",
            "roas");
    List<Row> others =
        List.of(
            campaign("06 brand", equal, "brand", 1_000, 10_000.0),
            campaign("06 engagement", equal, "engagement", 1_000, 0.011),
            campaign("06 conversion", equal, "conversion", 1_000, 0.06),
            campaign("06 none", equal, null, 1_000, 0.04));
    for (Row row : CampaignScorecardTest.scorecard(others, metrics).collectAsList()) {
      OTHER_METRICS.put(row.getAs("campaign_id"), row);
    }
  }

  private static void assertCard(Row card, Object... expected) {
    List<Object> found = new ArrayList<>();
    for (String column : List.of("metric", "actual", "on_target", "verdict", "focus")) {
      found.add(card.getAs(column));
    }
    List<Object> wanted = new ArrayList<>();
    for (Object each : expected) {
      wanted.add("-".equals(each) ? null : each);
    }
    assertEquals(wanted, found, card.<String>getAs("campaign_id"));
  }

  @Test
  void aMillionImpressionsWithoutClickAreVanity() {
    for (String card : List.of("01 asked", "02 missed", "03 no target", "04 sells")) {
      double chance = CARDS.get(card).getAs("chance_of_no_shortfall");
      assertTrue(chance >= 0 && chance < 1e-20, card + ": " + chance);
    }
    assertCard(CARDS.get("02 missed"), "cpm", 5.0, false, "vanity", "fix_after_click");
    assertCard(CARDS.get("03 no target"), "cpc", "-", "-", "vanity", "fix_after_click");
    assertCard(CARDS.get("04 sells"), "cpa", "-", "-", "vanity", "fix_after_click");
  }

  @Test
  void vanityThatWasAskedForIsKept() {
    assertCard(CARDS.get("01 asked"), "cpm", 5.0, true, "vanity", "keep");
  }

  @Test
  void aSaleOnTargetIsNoReasonToKeepVanity() {
    assertCard(CARDS.get("05 much"), "cpa", 10.0, true, "vanity", "fix_after_click");
  }

  @Test
  void moreOutcomeThanAttentionIsScaledUp() {
    assertCard(CARDS.get("05 little"), "cpm", 5.0, false, "earning", "scale_up");
  }

  @Test
  void whatMissesItsTargetIsImprovedByItsPhase() {
    assertCard(CARDS.get("06 brand"), "cpm", 100.0, false, "earning", "improve_reach");
    assertCard(CARDS.get("06 engagement"), "cpc", 10.0, false, "earning", "improve_click_through");
    assertCard(CARDS.get("06 conversion"), "cpa", 20.0, false, "earning", "improve_conversion");
    assertCard(CARDS.get("06 none"), "cpa", 20.0, false, "earning", "improve_conversion");
    assertCard(CARDS.get("06 tiny"), "cpm", 100_000.0, false, "too_early", "gather_data");
  }

  @Test
  void whatIsOnTargetOrHasNoneIsKept() {
    assertCard(CARDS.get("06 reached"), "cpa", 20.0, true, "earning", "keep");
    assertCard(CARDS.get("06 no spend"), "cpm", "-", "-", "earning", "keep");
    assertCard(CARDS.get("06 no target"), "cpm", 100.0, "-", "earning", "keep");
  }

  @Test
  void gainsAreToBeReachedOrExceeded() {
    assertCard(OTHER_METRICS.get("06 brand"), "reach", 10_000.0, true, "earning", "keep");
    assertCard(
        OTHER_METRICS.get("06 engagement"), "ctr", 0.01, false, "earning", "improve_click_through");
    assertCard(
        OTHER_METRICS.get("06 conversion"), "roas", 0.05, false, "earning", "improve_conversion");
    assertCard(OTHER_METRICS.get("06 none"), "roas", 0.05, true, "earning", "keep");
  }

  @Test
  void equalsShareARankAndTheNextIsCountedAfterThem() {
    for (String rank : List.of("rank_by_attention", "rank_by_outcome")) {
      assertEquals(1, ((Number) CARDS.get("06 brand").getAs(rank)).intValue(), rank);
      assertEquals(1, ((Number) CARDS.get("06 no target").getAs(rank)).intValue(), rank);
      assertEquals(8, ((Number) CARDS.get("06 tiny").getAs(rank)).intValue(), rank);
      assertEquals(2, ((Number) CARDS.get("05 little").getAs("rank_by_attention")).intValue());
      assertEquals(1, ((Number) CARDS.get("05 little").getAs("rank_by_outcome")).intValue());
    }
  }
}
