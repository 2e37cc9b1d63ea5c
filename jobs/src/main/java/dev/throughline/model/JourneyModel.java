package dev.throughline.model;

import java.time.Duration;
import java.util.Arrays;

/**
 * A rule that shares one conversion among the touches of its journey.
 *
 * <p>A model gives each touch a weight; {@link #shares} brings the weights to a sum of 1.
 */
non-sealed interface JourneyModel extends AttributionModel {

  /**
   * Sets the weight of every touch; weights are not negative and need not add up to anything.
   *
   * @param journey at least one touch, oldest first
   * @param members the campaigns or the channels of the journey's touches
   * @param weights all zero when called
   */
  void weigh(Journey journey, Members members, double[] weights);

  /**
   * The shares of the touches. They add up to 1 if the model is additive; touches share alike where
   * no weight is above zero.
   */
  default void shares(Journey journey, Members members, double[] shares) {
    Arrays.fill(shares, 0, journey.size, 0);
    weigh(journey, members, shares);
    if (!additive()) {
      return;
    }
    double sum = 0;
    for (int i = 0; i < journey.size; i++) {
      sum += shares[i];
    }
    for (int i = 0; i < journey.size; i++) {
      shares[i] = sum > 0 ? shares[i] / sum : 1.0 / journey.size;
    }
  }

  /** All to the earliest click, or to the earliest view where there is no click. */
  record FirstTouch(String id) implements JourneyModel {
    @Override
    public void weigh(Journey journey, Members members, double[] weights) {
      int chosen = 0;
      while (chosen < journey.size && !journey.click[chosen]) {
        chosen++;
      }
      weights[chosen == journey.size ? 0 : chosen] = 1;
    }
  }

  /** All to the latest click, or to the latest view where there is no click. */
  record LastTouch(String id) implements JourneyModel {
    @Override
    public void weigh(Journey journey, Members members, double[] weights) {
      weights[latest(journey, false)] = 1;
    }

    /**
     * The latest click, else the latest view, passing over direct channels if asked; -1 where none
     * is left.
     */
    static int latest(Journey journey, boolean nonDirect) {
      int view = -1;
      for (int i = journey.size - 1; i >= 0; i--) {
        if (nonDirect && journey.direct[i]) {
          continue;
        }
        if (journey.click[i]) {
          return i;
        }
        view = Math.max(view, i);
      }
      return view;
    }
  }

  /** As last_touch among the touches of channels that are not direct; last_touch where all are. */
  record LastNonDirect(String id) implements JourneyModel {
    @Override
    public void weigh(Journey journey, Members members, double[] weights) {
      int chosen = LastTouch.latest(journey, true);
      weights[chosen >= 0 ? chosen : LastTouch.latest(journey, false)] = 1;
    }
  }

  /** The same to each. */
  record Linear(String id) implements JourneyModel {
    @Override
    public void weigh(Journey journey, Members members, double[] weights) {
      Arrays.fill(weights, 0, journey.size, 1);
    }
  }

  /**
   * Half for every half-life of age. Ages count from the latest touch, which changes no share and
   * cannot underflow.
   */
  record TimeDecay(String id, Duration halfLife) implements JourneyModel {
    @Override
    public void weigh(Journey journey, Members members, double[] weights) {
      double micros = halfLife.toNanos() / 1000.0;
      long latest = journey.time[journey.size - 1];
      for (int i = 0; i < journey.size; i++) {
        weights[i] = Math.pow(2, (journey.time[i] - latest) / micros);
      }
    }
  }

  /** So much to the first, so much to the last, the rest shared alike by those between. */
  record Positional(String id, double first, double last) implements JourneyModel {
    @Override
    public void weigh(Journey journey, Members members, double[] weights) {
      int n = journey.size;
      if (n > 2) {
        Arrays.fill(weights, 1, n - 1, (1 - first - last) / (n - 2));
      }
      weights[0] = first;
      weights[n - 1] = n == 1 ? 1 : last;
    }
  }

  /**
   * 30 each to the first touch, the last before the lead and the last; 10 shared by the rest. A
   * touch is one of them once.
   */
  record WShaped(String id) implements JourneyModel {
    @Override
    public void weigh(Journey journey, Members members, double[] weights) {
      int n = journey.size;
      int milestones = n == 1 ? 1 : 2;
      if (journey.leadTouch > 0 && journey.leadTouch < n - 1) {
        milestones = 3;
      }
      if (n > milestones) {
        Arrays.fill(weights, 0, n, 0.1 / (n - milestones));
      }
      weights[0] = 0.3;
      weights[n - 1] = 0.3;
      if (journey.leadTouch >= 0) {
        weights[journey.leadTouch] = 0.3;
      }
    }
  }

  /**
   * A whole conversion to each member that has any touch: says who took part, and never adds up.
   */
  record Participation(String id) implements JourneyModel {
    @Override
    public void weigh(Journey journey, Members members, double[] weights) {
      Shapley.oneToEachMember(journey, members, weights);
    }

    @Override
    public boolean additive() {
      return false;
    }
  }

  /**
   * The same to each member of the journey, at its first touch. This is the Shapley value of the
   * game in which a set of members is worth the conversions of the journeys whose members all lie
   * in it: Zhao, Mahboobi, Bagheri, "Shapley Value Methods for Attribution Modeling in Online
   * Advertising" (2018), arXiv 1804.05327.
   */
  record Shapley(String id) implements JourneyModel {
    @Override
    public void weigh(Journey journey, Members members, double[] weights) {
      oneToEachMember(journey, members, weights);
    }

    @Override
    public boolean learned() {
      return true;
    }

    private static void oneToEachMember(Journey journey, Members members, double[] weights) {
      for (int i = 0; i < journey.size; i++) {
        weights[i] = members.isFirst(i) ? 1 : 0;
      }
    }
  }
}
