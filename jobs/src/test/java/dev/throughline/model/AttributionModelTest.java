package dev.throughline.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.config.Settings.Attribution;
import dev.throughline.config.Settings.CustomWeights;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shares of every model for small journeys, worked out by hand. */
class AttributionModelTest {
  private static final long DAY = Duration.ofDays(1).toNanos() / 1000;
  private static final int NO_LEAD = -1;

  /**
   * Journeys are written oldest first: c is a click, v a view, C and V the same of a direct
   * channel; one touch a day, the last a day before the conversion.
   */
  @ParameterizedTest(name = "{0} of {1} gives {2}")
  @CsvSource({
    "first_touch, c, 1",
    "first_touch, cc, 1 0",
    "first_touch, vcc, 0 1 0",
    "first_touch, vvvvv, 1 0 0 0 0",
    "first_touch, vvCcv, 0 0 1 0 0",
    "last_touch, v, 1",
    "last_touch, cv, 1 0",
    "last_touch, ccv, 0 1 0",
    "last_touch, vvvvv, 0 0 0 0 1",
    "last_touch, vcCvv, 0 0 1 0 0",
    "last_non_direct, C, 1",
    "last_non_direct, cC, 1 0",
    "last_non_direct, vCC, 1 0 0",
    "last_non_direct, VCV, 0 1 0",
    "last_non_direct, ccvCV, 0 1 0 0 0",
    "linear, c, 1",
    "linear, cv, .5 .5",
    "linear, cvc, .3333333333333333 .3333333333333333 .3333333333333333",
    "linear, cvcvc, .2 .2 .2 .2 .2",
    "time_decay, c, 1",
    "time_decay, cc, .3333333333333333 .6666666666666667",
    "time_decay, vcv, .14285714285714285 .2857142857142857 .5714285714285714",
    "time_decay, ccccc, .03225806451612903 .06451612903225806 .12903225806451613"
        + " .25806451612903225 .5161290322580645",
    "position_based, c, 1",
    "position_based, cc, .5 .5",
    "position_based, ccc, .4 .2 .4",
    "position_based, ccccc, .4 .06666666666666667 .06666666666666667 .06666666666666667 .4",
    "j_curve, c, 1",
    "j_curve, cc, .25 .75",
    "j_curve, ccc, .2 .2 .6",
    "j_curve, ccccc, .2 .06666666666666667 .06666666666666667 .06666666666666667 .6",
    "inverse_j, c, 1",
    "inverse_j, cc, .75 .25",
    "inverse_j, ccc, .6 .2 .2",
    "inverse_j, ccccc, .6 .06666666666666667 .06666666666666667 .06666666666666667 .2",
  })
  void sharesOfModel(String model, String touches, String expected) {
    assertShares(expected, model, touches, NO_LEAD);
  }

  /** Without a rest, or with milestones on one touch, the weights that are left are scaled to 1. */
  @ParameterizedTest(name = "w_shaped of {0} touches with the lead after number {1} gives {2}")
  @CsvSource({
    "1, -1, 1",
    "1, 0, 1",
    "2, -1, .5 .5",
    "2, 0, .5 .5",
    "2, 1, .5 .5",
    "3, 1, .3333333333333333 .3333333333333333 .3333333333333333",
    "3, 0, .42857142857142855 .14285714285714285 .42857142857142855",
    "3, 2, .42857142857142855 .14285714285714285 .42857142857142855",
    "3, -1, .42857142857142855 .14285714285714285 .42857142857142855",
    "5, 2, .3 .05 .3 .05 .3",
    "5, 1, .3 .3 .05 .05 .3",
    "5, 4, .42857142857142855 .047619047619047616 .047619047619047616 .047619047619047616"
        + " .42857142857142855",
    "5, -1, .42857142857142855 .047619047619047616 .047619047619047616 .047619047619047616"
        + " .42857142857142855",
  })
  void wShapedGivesThirtyToEachMilestone(int touches, int leadTouch, String expected) {
    assertShares(expected, "w_shaped", "c".repeat(touches), leadTouch);
  }

  @Test
  void weightsOfPositionBasedAreConfigurable() {
    JourneyModel model = model("position_based", settings(0.5, 0.3));
    assertArrayEquals(
        new double[] {.5, .1, .1, .3}, shares(model, journey("cccc", NO_LEAD)), 1e-15);
  }

  @Test
  void touchesShareAlikeWhereAllWeightsAreZero() {
    JourneyModel model = model("position_based", settings(0, 0));
    assertArrayEquals(new double[] {.5, .5}, shares(model, journey("cc", NO_LEAD)), 1e-15);
  }

  @Test
  void modelsOfTheConfigurationMultiplyWhatIsSet() {
    CustomWeights weights =
        new CustomWeights(4, 2.0, 6, Duration.ofDays(1), Map.of("email", 0.5), 1, 0.25);
    JourneyModel model = new CustomModel("mine", weights);
    // Place 4, 1, 1, 6; age 1/8, 1/4, 1/2, 1; a direct touch is an e-mail here, a view counts a
    // quarter.
    assertShares(model, "cvCc", .5, .0625, .25, 6);
    assertShares(model, "c", 1);
    assertShares(model, "cc", 2, 6);
    CustomWeights aged = new CustomWeights(1, null, 1, Duration.ofDays(1), Map.of(), 1, 1);
    assertShares(new CustomModel("aged", aged), "cccc", .125, .25, .5, 1);
    CustomWeights ageless = new CustomWeights(1, 1.0, 1, null, Map.of(), 0, 0);
    assertShares(new CustomModel("none", ageless), "cv", 1, 1);
  }

  private static void assertShares(JourneyModel model, String touches, double... weights) {
    double sum = Arrays.stream(weights).sum();
    assertArrayEquals(
        Arrays.stream(weights).map(w -> w / sum).toArray(),
        shares(model, journey(touches, NO_LEAD)),
        1e-15);
  }

  /** Members are written as letters; each letter's first touch has what all its touches earn. */
  @ParameterizedTest(name = "shapley of {0} gives {1}")
  @CsvSource({
    "a, 1",
    "aa, 1 0",
    "ab, .5 .5",
    "abab, .5 .5 0 0",
    "aabcc, .3333333333333333" + " 0 .3333333333333333 .3333333333333333 0"
  })
  void shapleySharesAmongMembers(String members, String expected) {
    Journey journey = journey("c".repeat(members.length()), NO_LEAD);
    for (int i = 0; i < members.length(); i++) {
      journey.campaigns.set(i, members.substring(i, i + 1));
    }
    double[] shares = Arrays.stream(expected.split(" ")).mapToDouble(Double::parseDouble).toArray();
    assertArrayEquals(shares, shares(model("shapley", settings(0.4, 0.4)), journey), 1e-15);
  }

  @Test
  void timeDecayOfVeryOldTouchesDoesNotUnderflow() {
    Journey journey = journey("cc", NO_LEAD);
    journey.time[0] = journey.conversionTime - 4000 * DAY;
    journey.time[1] = journey.conversionTime - 3999 * DAY;
    JourneyModel model = model("time_decay", settings(0.4, 0.4));
    assertArrayEquals(new double[] {1 / 3.0, 2 / 3.0}, shares(model, journey), 1e-15);
  }

  @Test
  void onlyParticipationDoesNotAddUp() {
    for (String id : AttributionModels.IDS) {
      AttributionModel model = AttributionModels.of(id, settings(0.4, 0.4));
      assertEquals(AttributionModels.LEARNED.contains(id), model.learned(), id);
      assertEquals(id, model.id());
      assertEquals(!id.equals("participation"), model.additive(), id);
    }
    assertTrue(AttributionModels.IDS.containsAll(AttributionModels.SINGLE_TOUCH));
    assertFalse(AttributionModels.SINGLE_TOUCH.contains("linear"));
  }

  private static void assertShares(String expected, String model, String touches, int leadTouch) {
    double[] shares = Arrays.stream(expected.split(" ")).mapToDouble(Double::parseDouble).toArray();
    JourneyModel computed = model(model, settings(0.4, 0.4));
    assertArrayEquals(shares, shares(computed, journey(touches, leadTouch)), 1e-15);
  }

  private static JourneyModel model(String id, Attribution settings) {
    return AttributionModels.ofJourneys(List.of(id), settings).get(0);
  }

  private static double[] shares(JourneyModel model, Journey journey) {
    double[] dirty = new double[journey.time.length];
    Arrays.fill(dirty, 7);
    model.shares(journey, journey.campaigns, dirty);
    return Arrays.copyOf(dirty, journey.size);
  }

  private static Journey journey(String touches, int leadTouch) {
    Journey journey = new Journey(touches.length() + 2);
    journey.size = touches.length();
    journey.conversionTime = 1000 * DAY;
    journey.leadTouch = leadTouch;
    for (int i = 0; i < journey.size; i++) {
      char touch = touches.charAt(i);
      journey.time[i] = journey.conversionTime - (journey.size - i) * DAY;
      journey.click[i] = Character.toLowerCase(touch) == 'c';
      journey.direct[i] = Character.isUpperCase(touch);
      journey.channels.set(i, journey.direct[i] ? "email" : "search");
    }
    return journey;
  }

  private static Attribution settings(double first, double last) {
    return new Attribution(
        Duration.ofDays(30),
        Duration.ofDays(1),
        Duration.ofDays(1),
        500,
        List.of(),
        Set.of(),
        Set.of(),
        first,
        last,
        Map.of(),
        false,
        1,
        List.of(),
        0);
  }
}
