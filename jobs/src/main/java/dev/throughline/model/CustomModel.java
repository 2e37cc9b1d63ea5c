package dev.throughline.model;

import dev.throughline.config.Settings.CustomWeights;

/**
 * A model of the configuration's own: the product of a weight by place, by age, by channel and by
 * type of touch.
 */
record CustomModel(String id, CustomWeights weights) implements JourneyModel {

  @Override
  public void weigh(Journey journey, Members members, double[] shares) {
    int n = journey.size;
    for (int i = 0; i < n; i++) {
      shares[i] =
          place(i, n)
              * age(journey.time[n - 1] - journey.time[i])
              * weights.channels().getOrDefault(journey.channels.get(i), 1.0)
              * (journey.click[i] ? weights.click() : weights.view());
    }
  }

  private double place(int i, int n) {
    if (i == 0) {
      return weights.first();
    }
    if (i == n - 1) {
      return weights.last();
    }
    // A share of nothing would set the touches between behind those at the ends.
    return weights.middle() == null ? 1 : weights.middle() / (n - 2);
  }

  /** Counted from the latest touch, which changes no share and cannot underflow to all zeros. */
  private double age(long micros) {
    return weights.halfLife() == null
        ? 1
        : Math.pow(2, -micros / (weights.halfLife().toNanos() / 1000.0));
  }
}
