package dev.throughline.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Says where the results of two contenders differ. */
final class Agreement {
  /**
   * Of a number, or of 1 where that is more: credit is published to twelve digits after the point,
   * so a very small one has few digits.
   */
  static final double TOLERANCE = 1e-9;

  private Agreement() {}

  /**
   * A line for each row that differs; counts may not differ at all, other numbers by the tolerance.
   */
  static List<String> differences(Results one, Results other) {
    List<String> found = new ArrayList<>();
    TreeSet<String> keys = new TreeSet<>(one.rows().keySet());
    keys.addAll(other.rows().keySet());
    for (String key : keys) {
      double[] left = numbers(one.rows(), key, other.rows());
      double[] right = numbers(other.rows(), key, one.rows());
      double tolerance = isOfCounts(key) ? 0 : TOLERANCE;
      for (int i = 0; i < left.length; i++) {
        double scale = Math.max(1, Math.max(Math.abs(left[i]), Math.abs(right[i])));
        boolean same = Double.compare(left[i], right[i]) == 0;
        if (!same && !(Math.abs(left[i] - right[i]) <= tolerance * scale)) {
          found.add(key.replace('\t', ' ') + " [" + i + "]: " + left[i] + " and " + right[i]);
        }
      }
    }
    return found;
  }

  private static boolean isOfCounts(String key) {
    return key.startsWith(Results.FUNNEL + "\t") || key.startsWith(Results.SCAN + "\t");
  }

  private static double[] numbers(
      Map<String, double[]> rows, String key, Map<String, double[]> others) {
    double[] numbers = rows.get(key);
    return numbers != null ? numbers : new double[others.get(key).length];
  }
}
