package dev.throughline.metrics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;

/** Splits an amount by shares so that the parts add up to it to the last digit. */
public final class Apportionment {
  private Apportionment() {}

  /**
   * Each part is its share of the amount, cut to twelve digits; the largest share takes what is
   * left over, of equals the first by name.
   *
   * @param amount not negative
   * @param shares by name, none negative, adding up to about 1; at least one is above zero if the
   *     amount is
   */
  public static Map<String, BigDecimal> of(BigDecimal amount, Map<String, Double> shares) {
    Map<String, BigDecimal> parts = new TreeMap<>();
    String largest = null;
    BigDecimal rest = amount;
    for (Map.Entry<String, Double> share : new TreeMap<>(shares).entrySet()) {
      BigDecimal part =
          amount.multiply(BigDecimal.valueOf(share.getValue())).setScale(12, RoundingMode.DOWN);
      parts.put(share.getKey(), part);
      rest = rest.subtract(part);
      if (largest == null || share.getValue() > shares.get(largest)) {
        largest = share.getKey();
      }
    }
    if (largest == null) {
      throw new IllegalArgumentException("nobody to share " + amount + " among");
    }
    parts.merge(largest, rest, BigDecimal::add);
    return parts;
  }
}
