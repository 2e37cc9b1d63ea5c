package dev.throughline.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.reference.RandomVariants.Variant;
import dev.throughline.reports.Reports;
import dev.throughline.testing.DuckDb;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two hundred random logs: numbers of people, paths and levers against a naive count. */
class RandomPeopleTest {
  private static final String VARIANTS = "dev.throughline.reference.RandomVariants#all";
  private static final List<String> CAMPAIGN = List.of("day", "campaign_id");

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void dropOffIsTheNaiveOne(Variant variant) {
    Cells.assertEqual(
        new NaiveDropOff(variant.people, variant.rules, variant.days).cells(),
        variant.published(
            "funnel_drop_off", List.of("day", "campaign_id", "step"), NaiveDropOff.COLUMNS));
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void pathsAreTheNaiveOnes(Variant variant) {
    Cells.assertEqual(
        new NaivePaths(variant.naive, variant.rules, variant.days).cells(),
        variant.published(
            "journey_paths", List.of("day", "dimension", "path"), NaivePaths.COLUMNS));
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void timeToConvertIsTheNaiveOne(Variant variant) {
    Cells.assertEqual(
        NaiveTimeToConvert.of(variant.naive, variant.rules, variant.days),
        variant.published(
            "time_to_convert",
            List.of("day", "campaign_id", "action", "measure", "bucket"),
            NaiveTimeToConvert.COLUMNS));
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void afterTheClickIsTheNaiveOne(Variant variant) {
    Cells.assertEqual(
        NaiveAfterClick.of(variant.naive, variant.people, variant.days),
        variant.published("post_click_behaviour", CAMPAIGN, NaiveAfterClick.COLUMNS));
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void intentIsTheNaiveOne(Variant variant) {
    Cells.assertEqual(
        new NaiveIntent(variant.people, variant.days).cells(),
        variant.published(
            "audience_intent", List.of("day", "campaign_id", "tier"), NaiveIntent.COLUMNS));
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void reachIsTheNaiveOne(Variant variant) {
    Cells.assertEqual(
        NaiveReach.of(variant.naive, variant.rules, variant.days),
        variant.published(
            "audience_reach", List.of("day", "campaign_id", "stage"), NaiveReach.COLUMNS));
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void leversAreTheNaiveOnes(Variant variant) {
    Cells.assertEqual(
        NaiveLevers.of(variant.naive, variant.rules, variant.days),
        variant.published("levers", List.of("day", "campaign_id", "stage"), NaiveLevers.COLUMNS),
        1e-6);
  }

  /** Merged over days and campaigns, in Spark and in plain SQL. */
  @ParameterizedTest
  @MethodSource(VARIANTS)
  void sketchesOfDaysCountEveryoneOnce(Variant variant) {
    String from = variant.days.get(0).toString();
    String to = variant.days.get(variant.days.size() - 1).toString();
    long exact =
        NaiveFunnel.of(variant.naive, variant.rules, variant.days).people.stream()
            .filter(person -> person.get(3).equals("reach"))
            .filter(person -> variant.days.contains(LocalDate.parse(person.get(1))))
            .map(person -> person.get(0))
            .distinct()
            .count();
    assertTrue(exact > 50, exact + " people");
    Object inSpark =
        variant
            .run()
            .table("audience_reach")
            .filter("stage = 'saw'")
            .selectExpr("hll_sketch_estimate(hll_union_agg(people_sketch))")
            .head()
            .get(0);
    String sql = Reports.byName("audience_reach").guide().sql();
    String week = "DATE '2026-10-25' AND DATE '2026-10-31'";
    assertTrue(sql.contains(week), sql);
    String ofDays = sql.replace(week, "DATE '" + from + "' AND DATE '" + to + "'");
    String inDuckDb = DuckDb.query(ofDays, variant.run().output()).get(0).get(0);
    assertEquals(1, (Long) inSpark / (double) exact, 0.032, "Spark: " + inSpark + " of " + exact);
    assertEquals(
        1, Double.parseDouble(inDuckDb) / exact, 0.032, "DuckDB: " + inDuckDb + " of " + exact);
  }
}
