package dev.throughline.reference;

import dev.throughline.reference.RandomVariants.Variant;
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
}
