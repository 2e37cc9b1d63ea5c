package dev.throughline.drift;

import static java.lang.Math.abs;
import static java.lang.Math.log1p;
import static java.lang.Math.max;
import static java.lang.Math.min;
import static java.lang.Math.sqrt;

/**
 * How far a figure is from what was to be expected: the modified z-score of Iglewicz and Hoaglin,
 * with floors under the scatter of a few days.
 *
 * <p>Every reason for which a difference may mean nothing makes a score of its own, and the
 * smallest counts.
 */
final class Scores {
  /** Days of the same weekday differ by so much, on the logarithmic scale, however steady. */
  private static final double FLOOR = 0.2;

  /** Where no day of the weekday is known, a weekend at a third of a weekday is ordinary. */
  private static final double FLOOR_OF_NEW_WEEKDAY = 0.35;

  /** However wild a few days look, three times as much is no scatter. */
  private static final double CEILING = 0.22;

  /**
   * Events come in bunches, which doubles Poisson's variance; the median's own noise adds to it.
   */
  private static final double BUNCHES = 2.5;

  private static final double ANSCOMBE = 3.0 / 8;

  private Scores() {}

  /**
   * The score of an amount in items.
   *
   * @param noise its variance as a multiple of that of a count
   */
  static double ofAmount(double x, Past past, double noise) {
    double expected = past.nearest(x);
    double floor = past.knowsWeekday() ? FLOOR : FLOOR_OF_NEW_WEEKDAY;
    double scatter = max(floor, min(CEILING, past.scatter(Math::log1p)));
    return smaller((log1p(x) - log1p(expected)) / scatter, ofCount(x, expected, noise));
  }

  /** How unlikely a count is as chance, in standard deviations (Anscombe's transform). */
  static double ofCount(double x, double expected, double noise) {
    return 2 * (sqrt(x + ANSCOMBE) - sqrt(expected + ANSCOMBE)) / sqrt(BUNCHES * noise);
  }

  /**
   * The score of a share's rise; 0 for one that is too small to matter.
   *
   * @param whole of how many
   * @param before of how many on the days before
   */
  static double ofShare(double share, double whole, Past past, double before) {
    double expected = past.nearest(share);
    if (share - expected <= max(0.05, min(expected, 1 - expected) / 2)) {
      return 0;
    }
    double pooled = (share * whole + expected * before) / (whole + before);
    double chance = sqrt(BUNCHES * pooled * (1 - pooled) * (1 / whole + 1 / before));
    return (share - expected) / max(chance, past.scatter(x -> x));
  }

  private static double smaller(double a, double b) {
    return abs(a) < abs(b) ? a : b;
  }
}
