package dev.throughline.reference;

/** Tails of distributions without approximation: sums in logarithms, a continued fraction. */
final class NaiveChance {
  private static final double LOG_ROOT_2PI = 0.5 * Math.log(2 * Math.PI);
  private static final double TINY = 1e-300;

  private NaiveChance() {}

  /** By Stirling's series, of a number that is raised to 20 first. */
  static double logGamma(double x) {
    double raised = x;
    double product = 0;
    while (raised < 20) {
      product += Math.log(raised);
      raised++;
    }
    double square = raised * raised;
    double series =
        (1 / 12.0 - (1 / 360.0 - (1 / 1260.0 - 1 / 1680.0 / square) / square) / square) / raised;
    return (raised - 0.5) * Math.log(raised) - raised + LOG_ROOT_2PI + series - product;
  }

  /** The probability of at most so many successes. */
  static double binomialAtMost(long most, long trials, double rate) {
    if (most >= trials || rate == 0) {
      return 1;
    }
    if (rate == 1) {
      return 0;
    }
    double sum = 0;
    for (long k = 0; k <= most; k++) {
      sum +=
          Math.exp(
              logGamma(trials + 1.0)
                  - logGamma(k + 1.0)
                  - logGamma(trials - k + 1.0)
                  + k * Math.log(rate)
                  + (trials - k) * Math.log1p(-rate));
    }
    return Math.min(1, sum);
  }

  /** The probability that a beta variable with parameters a and b is x or more. */
  static double betaAtLeast(double a, double b, double x) {
    if (x <= 0 || x >= 1) {
      return x <= 0 ? 1 : 0;
    }
    double front =
        Math.exp(
            logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
    return x < (a + 1) / (a + b + 2)
        ? 1 - front * fraction(a, b, x) / a
        : front * fraction(b, a, 1 - x) / b;
  }

  /** The continued fraction of the incomplete beta function, by Lentz's method. */
  private static double fraction(double a, double b, double x) {
    double c = 1;
    double d = 1 / notZero(1 - (a + b) * x / (a + 1));
    double h = d;
    for (int m = 1; m < 100_000; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / notZero(1 + even * d);
      c = notZero(1 + even / c);
      h *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / notZero(1 + odd * d);
      c = notZero(1 + odd / c);
      h *= d * c;
      if (Math.abs(d * c - 1) < 1e-15) {
        return h;
      }
    }
    throw new IllegalStateException("no end of the fraction of " + a + ", " + b + ", " + x);
  }

  private static double notZero(double x) {
    return Math.abs(x) < TINY ? TINY : x;
  }
}
