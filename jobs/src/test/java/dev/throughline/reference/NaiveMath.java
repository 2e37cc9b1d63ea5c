package dev.throughline.reference;

import java.util.List;

/** Ratios, percentiles and intervals; null is no number. */
final class NaiveMath {
  private NaiveMath() {}

  static Double ratio(Double numerator, Double denominator) {
    return numerator == null || denominator == null || denominator == 0
        ? null
        : (Double) (numerator / denominator);
  }

  static Double median(List<Double> values) {
    return percentile(values, .5);
  }

  /** Linear between the closest ranks, the first of which is 0. */
  static Double percentile(List<Double> values, double part) {
    if (values.isEmpty()) {
      return null;
    }
    List<Double> sorted = values.stream().sorted().toList();
    double rank = part * (sorted.size() - 1);
    int below = (int) Math.floor(rank);
    int above = Math.min(below + 1, sorted.size() - 1);
    return sorted.get(below) + (rank - below) * (sorted.get(above) - sorted.get(below));
  }

  /**
   * An end of Wilson's interval: a root of (p - x)² = z² x (1 - x) / n.
   *
   * @param side -1 for the lower end, 1 for the upper one
   */
  static Double wilson(double successes, double trials, int side) {
    if (trials == 0 || successes > trials) {
      return null;
    }
    double z = 1.959963984540054;
    double p = successes / trials;
    double a = 1 + z * z / trials;
    double b = 2 * p + z * z / trials;
    double root = Math.sqrt(Math.max(0, b * b - 4 * a * p * p));
    return (b + side * root) / (2 * a);
  }
}
