package dev.throughline.reference;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.reference.RandomVariants.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two hundred random logs: the scorecard against a naive one. */
class RandomScorecardTest {
  private static final String VARIANTS = "dev.throughline.reference.RandomVariants#all";

  private static NaiveScorecard naive(Variant variant) {
    return NaiveScorecard.of(
        NaivePeriods.of(variant.naive, variant.rules, variant.days), variant.rules.campaigns());
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void scorecardIsTheNaiveOne(Variant variant) {
    ScorecardRows.assertEqual(naive(variant), variant.run().rows("campaign_scorecard"));
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void logsReachWhatTheyCan(Variant variant) {
    NaiveScorecard card = naive(variant);
    Map<String, Integer> seen = new TreeMap<>();
    card.texts.values().stream().flatMap(List::stream).forEach(t -> seen.merge(t, 1, Integer::sum));
    for (String row : card.texts.keySet()) {
      seen.merge("on target: " + card.cells.get(row, "on_target"), 1, Integer::sum);
    }
    List<String> all =
        new ArrayList<>(
            List.of(
                "too_early",
                "earning",
                "gather_data",
                "keep",
                "improve_reach",
                "improve_click_through",
                "improve_conversion",
                "on target: 1.0",
                "on target: 0.0",
                "on target: null"));
    all.addAll(variant.rules.campaigns().metrics().values());
    for (String word : all) {
      assertTrue(seen.getOrDefault(word, 0) > 2, word + " in " + seen);
    }
  }
}
