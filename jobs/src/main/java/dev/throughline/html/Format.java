package dev.throughline.html;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them, the same in every locale. NULL is a dash. */
final class Format {
  static final String NONE = "–";

  private Format() {}

  static String count(Long number) {
    return number == null ? NONE : String.format(Locale.ROOT, "%,d", number);
  }

  /** Money, and credit, to the cent. */
  static String cents(BigDecimal amount) {
    return rounded(amount, 2);
  }

  /** Any number, to the hundredth. */
  static String hundredths(Object number) {
    return number == null ? NONE : rounded(new BigDecimal(number.toString()), 2);
  }

  /** A floating number with so many digits behind the point. */
  static String decimal(Double number, int digits) {
    return number == null ? NONE : rounded(BigDecimal.valueOf(number), digits);
  }

  /** A share or a rate as a percentage. */
  static String percent(Double rate) {
    return rate == null ? NONE : rounded(BigDecimal.valueOf(rate).movePointRight(2), 2) + " %";
  }

  /** A percentage for a sentence, whole. */
  static String roughly(Double rate) {
    return rate == null ? NONE : rounded(BigDecimal.valueOf(rate).movePointRight(2), 0) + " %";
  }

  /** Every digit that is not a trailing zero. */
  static String exact(BigDecimal amount) {
    if (amount == null) {
      return NONE;
    }
    BigDecimal plain = amount.stripTrailingZeros();
    return rounded(plain, Math.max(0, plain.scale()));
  }

  private static String rounded(BigDecimal amount, int digits) {
    return amount == null
        ? NONE
        : String.format(
            Locale.ROOT, "%,." + digits + "f", amount.setScale(digits, RoundingMode.HALF_UP));
  }
}
