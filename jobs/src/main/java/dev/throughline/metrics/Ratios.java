package dev.throughline.metrics;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import org.apache.commons.math3.distribution.TDistribution;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** Ratios of counts and of money, and the intervals of rates. */
public final class Ratios {
  /** The 97.5 % quantile of the normal distribution: intervals hold 95 %. */
  public static final double Z = 1.959963984540054;

  /** Less than rounding leaves of a share that is the same in all resamples. */
  private static final double NO_VARIANCE = 1e-24;

  private Ratios() {}

  /** Numerator / denominator; NULL where the denominator is zero. */
  public static Column ratio(Column numerator, Column denominator) {
    return when(
        denominator.notEqual(0), numerator.cast("double").divide(denominator.cast("double")));
  }

  /**
   * How many trials a rate of this size would need to vary as much as it does from one resample to
   * another: rate (1 − rate) / variance, after L. Kish's effective sample size.
   *
   * @param rate between 0 and 1
   * @param resampled an array of what it is in each resample; NULLs in it are passed over
   * @param trials what stands in where it does not vary
   * @return NULL for an empty array
   */
  public static Column effectiveTrials(Column rate, Column resampled, Column trials) {
    Column varied = rate.multiply(lit(1).minus(rate)).divide(variance(resampled));
    return when(functions.size(resampled).gt(0), coalesce(varied, trials.cast("double")));
  }

  /**
   * Variance of an array's elements but NULLs, in one pass over it: B. P. Welford, Technometrics 4
   * (1962), 419–420. NULL where they do not vary.
   */
  private static Column variance(Column array) {
    return functions.aggregate(
        array,
        struct(lit(0.0).as("n"), lit(0.0).as("mean"), lit(0.0).as("squares")),
        (sums, x) -> {
          Column n = sums.getField("n").plus(1);
          Column off = x.minus(sums.getField("mean"));
          Column mean = sums.getField("mean").plus(off.divide(n));
          Column squares = sums.getField("squares").plus(off.multiply(x.minus(mean)));
          return when(x.isNull(), sums)
              .otherwise(struct(n.as("n"), mean.as("mean"), squares.as("squares")));
        },
        sums -> {
          Column variance = sums.getField("squares").divide(sums.getField("n").minus(1));
          return when(sums.getField("n").gt(1).and(variance.gt(lit(NO_VARIANCE))), variance);
        });
  }

  /** Lower end of Wilson's 95 % interval of a rate, see {@link #wilson}. */
  public static Column wilsonLow(Column successes, Column trials) {
    return wilson(successes, trials, -Z);
  }

  /** Upper end of Wilson's 95 % interval of a rate, see {@link #wilson}. */
  public static Column wilsonHigh(Column successes, Column trials) {
    return wilson(successes, trials, Z);
  }

  /**
   * Wilson's score interval: (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n).
   *
   * <p>NULL without trials, and where successes exceed trials, as when views rather than clicks led
   * to conversions: that ratio is no proportion. E. B. Wilson, Journal of the American Statistical
   * Association 22 (1927), 209–212.
   */
  private static Column wilson(Column successes, Column trials, double errors) {
    Column n = trials.cast("double");
    return when(
        trials.gt(0).and(successes.leq(trials)),
        ofRate(successes.cast("double").divide(n), n, errors));
  }

  /**
   * What takes the place of {@link #Z} where the variance was estimated from so many resamples: the
   * 97.5 % quantile of Student's distribution.
   */
  public static double quantile(int resamples) {
    return resamples > 1 ? new TDistribution(resamples - 1).inverseCumulativeProbability(0.975) : Z;
  }

  /**
   * Lower end of Wilson's 95 % interval of a rate in so many trials, which need not be whole.
   *
   * @param quantile how many standard errors reach from the rate to an end
   */
  public static Column rateLow(Column rate, Column trials, double quantile) {
    return when(trials.gt(0), ofRate(rate, trials, -quantile));
  }

  /** Upper end of the same interval, see {@link #rateLow}. */
  public static Column rateHigh(Column rate, Column trials, double quantile) {
    return when(trials.gt(0), ofRate(rate, trials, quantile));
  }

  /** The end that lies so many standard errors from the rate, below it if that is negative. */
  private static Column ofRate(Column p, Column n, double errors) {
    double z2 = errors * errors;
    Column spread =
        sqrt(p.multiply(lit(1).minus(p)).divide(n).plus(lit(z2).divide(n.multiply(n).multiply(4))))
            .multiply(errors);
    Column bound =
        p.plus(lit(z2).divide(n.multiply(2))).plus(spread).divide(lit(1).plus(lit(z2).divide(n)));
    // Rounding may leave an end a hair outside [0, p] or [p, 1].
    return errors < 0 ? greatest(lit(0.0), least(bound, p)) : least(lit(1.0), greatest(bound, p));
  }
}
