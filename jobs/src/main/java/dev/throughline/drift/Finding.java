package dev.throughline.drift;

import java.time.LocalDate;
import java.util.Locale;

/**
 * A figure of a day that is unlike those of the days before.
 *
 * @param day the day
 * @param figure what it is
 * @param value its value on the day
 * @param median its median on the days before
 * @param days how many these are
 * @param z how far it is from what was to be expected
 */
public record Finding(
    LocalDate day, String figure, double value, double median, int days, double z) {

  /** In words, without the day. */
  public String text() {
    if (value == 0 && figure.equals(Amount.ROWS.label())) {
      return String.format(
          Locale.ROOT,
          "the log is delivered as empty, where the median of %d days is %s rows (z = %.1f)",
          days,
          number(median),
          z);
    }
    return String.format(
        Locale.ROOT,
        "%s %s, where the median of %d days is %s (z = %.1f)",
        figure,
        number(value),
        days,
        number(median),
        z);
  }

  /** Counts without decimals, shares with as many as they need. */
  private static String number(double x) {
    if (x == Math.rint(x)) {
      return String.format(Locale.ROOT, "%,.0f", x);
    }
    return String.format(Locale.ROOT, Math.abs(x) < 1 ? "%.4f" : "%,.2f", x);
  }
}
