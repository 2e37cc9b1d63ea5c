package dev.throughline.metrics;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.functions;

/**
 * Rates of the members of a portfolio, each drawn towards the portfolio's by as much as the members
 * are alike: a beta-binomial model whose prior is fitted on the portfolio.
 *
 * <p>The prior's mean is the pooled rate p; its strength 1/ρ − 1 follows from the intra-class
 * correlation ρ by the method of moments: ρ = (S/pq − (m − 1)) / (N − Σn²/N − (m − 1)), where S =
 * Σn(k/n − p)² over the m members with trials and N = Σn (J. C. Kleinman, Journal of the American
 * Statistical Association 68 (1973), 46–54). Members that differ by no more than chance give ρ ≤ 0;
 * then the prior is as strong as the whole portfolio, N.
 */
public final class Posterior {
  private static final String PREFIX = "posterior_";
  private static final String TAIL = "tail_";
  private static final Column POOLED = col(PREFIX + "pooled");
  private static final Column A = col(PREFIX + "a");
  private static final Column B = col(PREFIX + "b");
  private static final Column MEMBERS = col(PREFIX + "members");

  private Posterior() {}

  /**
   * Rows with the parameters of their posterior, in columns that the methods below read.
   *
   * @param successes at most trials; what exceeds them is cut off
   * @param portfolio the members among which a row stands
   */
  public static Dataset<Row> with(
      Dataset<Row> rows, Column successes, Column trials, WindowSpec portfolio) {
    Column n = col(PREFIX + "n");
    Column k = col(PREFIX + "k");
    Column all = col(PREFIX + "trials");
    Column spread = POOLED.multiply(lit(1).minus(POOLED));
    Column between =
        col(PREFIX + "squares").minus(all.multiply(POOLED).multiply(POOLED)).divide(spread);
    Column chance = MEMBERS.minus(1);
    Column correlation =
        between.minus(chance).divide(all.minus(col(PREFIX + "sizes").divide(all)).minus(chance));
    Column strength = when(col(PREFIX + "rho").gt(0), lit(1).divide(col(PREFIX + "rho")).minus(1));
    return rows.withColumn(PREFIX + "n", trials.cast("double"))
        .withColumn(PREFIX + "k", least(successes, trials).cast("double"))
        .withColumn(PREFIX + "trials", sum(n).over(portfolio))
        .withColumn(PREFIX + "sizes", sum(n.multiply(n)).over(portfolio))
        .withColumn(PREFIX + "squares", sum(when(n.gt(0), k.multiply(k).divide(n))).over(portfolio))
        .withColumn(PREFIX + "members", count(when(n.gt(0), lit(1))).over(portfolio))
        .withColumn(PREFIX + "pooled", Ratios.ratio(sum(k).over(portfolio), all))
        .withColumn(PREFIX + "rho", correlation)
        .withColumn(PREFIX + "strength", greatest(lit(1.0), least(all, coalesce(strength, all))))
        .withColumn(PREFIX + "a", POOLED.multiply(col(PREFIX + "strength")).plus(k))
        .withColumn(
            PREFIX + "b", lit(1).minus(POOLED).multiply(col(PREFIX + "strength")).plus(n).minus(k));
  }

  /** Mean of the posterior; NULL where the portfolio has no trials. */
  public static Column mean() {
    return A.divide(A.plus(B));
  }

  /** Lower end of the 95 % credible interval: Wilson's formula on the posterior's counts. */
  public static Column low() {
    return Ratios.wilsonLow(counts(), total());
  }

  /** Upper end of the 95 % credible interval. */
  public static Column high() {
    return Ratios.wilsonHigh(counts(), total());
  }

  /**
   * Wilson's interval of k successes is near that of a beta distribution with k + ½: what a flat
   * view of the posterior's counts would give.
   */
  private static Column counts() {
    return greatest(lit(0.0), A.minus(0.5));
  }

  private static Column total() {
    return greatest(counts(), A.plus(B).minus(1));
  }

  /** Trials that the row would need for so many successes at the pooled rate. */
  public static Column expected() {
    return col(PREFIX + "n").multiply(POOLED);
  }

  /** The probability that the rate is as high as the pooled one, or higher, as a tail. */
  public static Tail notBelowPooled() {
    // With less than one success the beta distribution has no tail to speak of: one errs to safety.
    Column a = greatest(A, lit(1.0));
    Column b = greatest(B, lit(1.0));
    // Where everyone succeeds no one falls behind.
    Column pooled = functions.when(POOLED.geq(1), 0.0).otherwise(POOLED);
    return new Tail(a.minus(1), a.plus(b).minus(1), pooled);
  }

  /**
   * The probability of at most k successes in n trials at rate p. It is also that of a Beta(k + 1,
   * n − k) variable to be p or more, for k that are no whole numbers as well.
   *
   * @param k successes
   * @param n trials
   * @param p the rate, between 0 and 1
   */
  public record Tail(Column k, Column n, Column p) {

    /** This tail where the condition is true, else the other. */
    public Tail when(Column condition, Tail other) {
      return new Tail(
          functions.when(condition, k).otherwise(other.k),
          functions.when(condition, n).otherwise(other.n),
          functions.when(condition, p).otherwise(other.p));
    }

    /**
     * Rows with the probability in a column, to two digits and mostly three, also in the tails;
     * NULL for a rate of 0 or 1.
     *
     * <p>D. B. Peizer and J. W. Pratt, Journal of the American Statistical Association 63 (1968),
     * 1416–1456.
     */
    public Dataset<Row> in(Dataset<Row> rows, String column) {
      Column successes = col(TAIL + "k");
      Column trials = col(TAIL + "n");
      Column given = col(TAIL + "given");
      Column rate = col(TAIL + "p");
      Column expected = col(TAIL + "expected");
      Column missing = lit(1).minus(rate);
      Column s = successes.plus(0.5);
      Column t = trials.minus(successes).minus(0.5);
      Column correction =
          missing
              .divide(successes.plus(1))
              .minus(rate.divide(trials.minus(successes)))
              .plus(missing.minus(0.5).divide(trials.plus(1)))
              .multiply(0.02);
      Column distance =
          successes.plus(2.0 / 3).minus(trials.plus(1.0 / 3).multiply(rate)).plus(correction);
      Column deviance =
          s.multiply(log(s.divide(expected)))
              .plus(t.multiply(log(t.divide(trials.multiply(missing)))));
      Column off = col(TAIL + "off");
      Column scale =
          sqrt(
              lit(2)
                  .divide(lit(1).plus(lit(1).divide(trials.multiply(6))))
                  .multiply(greatest(col(TAIL + "deviance"), lit(0.0))));
      Column z =
          functions
              .when(abs(off).lt(1e-6), col(TAIL + "d").divide(sqrt(expected.multiply(missing))))
              .otherwise(col(TAIL + "d").divide(abs(off)).multiply(scale));
      // Each in a column of its own, so that nothing is worked out twice.
      return rows.withColumn(TAIL + "k", k)
          .withColumn(TAIL + "n", n)
          .withColumn(TAIL + "given", p)
          .withColumn(TAIL + "p", functions.when(given.gt(0).and(given.lt(1)), given))
          .withColumn(TAIL + "expected", trials.multiply(rate))
          .withColumn(TAIL + "off", s.minus(expected))
          .withColumn(TAIL + "d", distance)
          .withColumn(TAIL + "deviance", deviance)
          .withColumn(TAIL + "z", z)
          .withColumn(TAIL + "beyond", beyond(col(TAIL + "z")))
          .withColumn(
              column,
              functions
                  .when(given.isNull(), lit(null))
                  .when(successes.geq(trials).or(given.leq(0)), 1.0)
                  .when(successes.lt(0).or(given.geq(1)), 0.0)
                  .when(col(TAIL + "z").gt(0), lit(1).minus(col(TAIL + "beyond")))
                  .otherwise(col(TAIL + "beyond")));
    }
  }

  /**
   * What a normal variable is beyond z, on either side, to 7.5e-8: M. Abramowitz and I. A. Stegun,
   * Handbook of Mathematical Functions (1964), formula 26.2.17.
   */
  private static Column beyond(Column z) {
    double[] c = {0.319381530, -0.356563782, 1.781477937, -1.821255978, 1.330274429};
    Column t = lit(1).divide(lit(1).plus(abs(z).multiply(0.2316419)));
    Column polynomial = lit(0.0);
    for (int i = c.length - 1; i >= 0; i--) {
      polynomial = polynomial.plus(c[i]).multiply(t);
    }
    return exp(z.multiply(z).divide(-2)).divide(Math.sqrt(2 * Math.PI)).multiply(polynomial);
  }
}
