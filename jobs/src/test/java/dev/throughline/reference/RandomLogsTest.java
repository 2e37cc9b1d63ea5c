package dev.throughline.reference;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.reference.RandomVariants.Variant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two hundred random logs: numbers of conversions and rows against a naive count over the rows. */
class RandomLogsTest {
  private static final String VARIANTS = "dev.throughline.reference.RandomVariants#all";

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void attributionIsTheNaiveOne(Variant variant) {
    List<String> key = List.of("day", "dimension", "member", "action", "model");
    Cells expected = Cells.union(variant.naive.attribution(), variant.learning().attribution);
    assertTrue(expected.size() > 5000, "only " + expected.size() + " cells");
    Cells.assertEqual(expected, variant.published("attribution", key, NaiveTables.ATTRIBUTION));
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void reconciliationIsTheNaiveOne(Variant variant) {
    List<String> key = List.of("day", "dimension", "action", "model");
    Cells.assertEqual(
        Cells.union(variant.naive.reconciliation(), variant.learning().reconciliation),
        variant.published("attribution_reconciliation", key, NaiveTables.RECONCILIATION));
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void actionsAreTheNaiveOnes(Variant variant) {
    List<String> key = List.of("day", "campaign_id", "action");
    Cells.assertEqual(
        variant.naive.actions(), variant.published("campaign_actions", key, NaiveTables.ACTIONS));
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void funnelIsTheNaiveOneInEveryPeriod(Variant variant) {
    Cells.assertEqual(
        NaivePeriods.of(variant.naive, variant.rules, variant.days),
        variant.published(
            "campaign_funnel", List.of("day", "period", "campaign_id"), NaivePeriods.COLUMNS));
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void qualityCountsAreTheNaiveOnes(Variant variant) {
    Cells expected = variant.naive.quality();
    for (String column : NaiveTables.QUALITY) {
      double all =
          variant.days.stream().mapToDouble(day -> expected.get(day.toString(), column)).sum();
      boolean possible = !variant.plain() || !column.matches(".*capped|.*repeated_user");
      assertTrue(all > 0 || !possible, "no case of " + column);
    }
    Cells.assertEqual(
        expected, variant.published("data_quality", List.of("day"), NaiveTables.QUALITY));
  }
}
