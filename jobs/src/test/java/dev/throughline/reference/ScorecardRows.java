package dev.throughline.reference;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/** Rows of campaign_scorecard beside the naive ones: numbers, probabilities, words. */
final class ScorecardRows {
  private static final List<String> COLUMNS =
      List.of(
          "cvr",
          "cvr_low",
          "cvr_high",
          "attention_share",
          "attention_share_low",
          "attention_share_high",
          "outcome_share",
          "outcome_share_low",
          "outcome_share_high",
          "value_share",
          "value_index",
          "expected_conversions",
          "rank_by_attention",
          "rank_by_outcome",
          "actual",
          "target",
          "on_target");
  private static final List<String> TEXTS = List.of("metric", "verdict", "focus");

  private static final double APPROXIMATION = 0.006;

  private ScorecardRows() {}

  static void assertEqual(NaiveScorecard expected, List<Row> found) {
    Map<String, List<String>> texts = new TreeMap<>();
    for (Row row : found) {
      String key =
          Cells.key(NaiveScorecard.KEY.stream().map(row::<Object>getAs).toArray(Object[]::new));
      texts.put(key, TEXTS.stream().map(row::<String>getAs).toList());
    }
    assertEquals(expected.texts.keySet(), texts.keySet(), "rows");
    assertTrue(100 * expected.close.size() < texts.size(), () -> "too many at the limit");
    assertAll(
        () -> assertNumbers(expected, found),
        () -> assertChances(expected, found),
        () -> assertTexts(expected, texts));
  }

  private static void assertNumbers(NaiveScorecard expected, List<Row> found) {
    Cells numbers = Cells.of(found, NaiveScorecard.KEY, COLUMNS);
    Cells.assertEqual(expected.cells, numbers);
  }

  private static void assertChances(NaiveScorecard expected, List<Row> found) {
    Cells chances = Cells.of(found, NaiveScorecard.KEY, List.of(NaiveScorecard.CHANCE));
    Cells.assertEqual(expected.chances, chances, APPROXIMATION);
  }

  private static void assertTexts(NaiveScorecard expected, Map<String, List<String>> found) {
    List<String> differences = new ArrayList<>();
    expected.texts.forEach(
        (key, want) -> {
          // Of rows at the limit only the metric.
          int sure = expected.close.contains(key) ? 1 : want.size();
          if (!want.subList(0, sure).equals(found.get(key).subList(0, sure))) {
            differences.add(key + ": expected " + want + ", found " + found.get(key));
          }
        });
    assertEquals(
        "",
        differences.stream().limit(20).reduce("", (a, b) -> a + "\n" + b),
        differences.size() + " differences");
  }
}
