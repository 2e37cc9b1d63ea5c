package dev.throughline.metrics;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.testing.TestSession;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** The tail formulas against sums and integrals, the prior against a hand computation. */
class PosteriorTest {
  private static final StructType TAIL = StructType.fromDDL("k double, n double, p double");

  private static double[] binomialAtMost(List<Row> cases) {
    Dataset<Row> rows = TestSession.get().createDataFrame(cases, TAIL).coalesce(1);
    return new Posterior.Tail(col("k"), col("n"), col("p"))
        .in(rows, "tail").select("tail").collectAsList().stream()
            .mapToDouble(row -> row.getDouble(0))
            .toArray();
  }

  @Test
  void binomialTailsAreThoseOfTheSum() {
    List<Row> cases = new ArrayList<>();
    for (double p : new double[] {0.001, 0.01, 0.05, 0.3, 0.8}) {
      for (int n : new int[] {20, 100, 2_000, 50_000}) {
        for (double sd = -5; sd <= 5; sd += 0.5) {
          double k = Math.floor(n * p + sd * Math.sqrt(n * p * (1 - p)));
          if (k >= 0 && k < n) {
            cases.add(RowFactory.create(k, (double) n, p));
          }
        }
      }
    }
    double[] found = binomialAtMost(cases);
    assertTrue(cases.size() > 300, "" + cases.size());
    for (int i = 0; i < found.length; i++) {
      Row of = cases.get(i);
      double exact = sum((int) of.getDouble(0), (int) of.getDouble(1), of.getDouble(2));
      assertEquals(exact, found[i], 5e-3, of.toString());
      if (exact < 1e-2 && exact > 1e-6) {
        assertEquals(1, found[i] / exact, 0.06, "in the tail " + of + " " + exact);
      }
    }
  }

  private static double sum(int most, int n, double p) {
    double sum = 0;
    double logTerm = n * Math.log1p(-p);
    for (int k = 0; k <= most; k++) {
      sum += Math.exp(logTerm);
      logTerm += Math.log((double) (n - k) / (k + 1)) + Math.log(p) - Math.log1p(-p);
    }
    return sum;
  }

  @Test
  void betaTailsAreThoseOfTheIntegral() {
    double[][] betas = {
      {1.5, 30.25, 0.05}, {7.7, 412.3, 0.01}, {7.7, 412.3, 0.04}, {60.4, 90, 0.5}
    };
    List<Row> cases = new ArrayList<>();
    for (double[] beta : betas) {
      cases.add(RowFactory.create(beta[0] - 1, beta[0] + beta[1] - 1, beta[2]));
    }
    double[] found = binomialAtMost(cases);
    for (int i = 0; i < betas.length; i++) {
      assertEquals(integral(betas[i][0], betas[i][1], betas[i][2]), found[i], 2e-3, "case " + i);
    }
  }

  /** The part of a beta distribution above p, by the trapezoid rule. */
  private static double integral(double a, double b, double p) {
    int steps = 400_000;
    double all = 0;
    double above = 0;
    double peak = (a - 1) / (a + b - 2);
    for (int i = 1; i < steps; i++) {
      double x = (double) i / steps;
      double density =
          Math.exp((a - 1) * Math.log(x / peak) + (b - 1) * (Math.log1p(-x) - Math.log1p(-peak)));
      all += density;
      above += x >= p ? density : 0;
    }
    return above / all;
  }

  @Test
  void priorIsFittedOnThePortfolio() {
    List<Row> rows =
        List.of(
            RowFactory.create("apart", 10L, 5_000L),
            RowFactory.create("apart", 50L, 1_000L),
            RowFactory.create("alike", 50L, 1_000L),
            RowFactory.create("alike", 50L, 1_000L),
            RowFactory.create("alone", 3L, 10L),
            RowFactory.create("idle", 0L, 0L));
    Dataset<Row> given =
        TestSession.get()
            .createDataFrame(rows, StructType.fromDDL("portfolio string, k bigint, n bigint"));
    Dataset<Row> fitted =
        Posterior.with(given, col("k"), col("n"), Window.partitionBy(col("portfolio")))
            .withColumn("mean", Posterior.mean())
            .transform(fit -> Posterior.notBelowPooled().in(fit, "chance"));
    // By hand: S/pq = 193.94, W = 6000 - 26e6/6000; rho = (193.94 - 1) / (1666.67 - 1) = 0.115836.
    double strength = 1 / 0.115836 - 1;
    Row first = one(fitted, "portfolio = 'apart' and k = 10");
    assertEquals((0.01 * strength + 10) / (strength + 5_000), first.<Double>getAs("mean"), 1e-7);
    assertTrue(first.<Double>getAs("chance") < 1e-6, first.toString());
    assertTrue(one(fitted, "portfolio = 'apart' and k = 50").<Double>getAs("chance") > 0.999);
    // No difference: the prior is as strong as all 2,000 trials, and no one is below.
    Row alike = fitted.filter("portfolio = 'alike'").head();
    assertEquals(0.05, alike.<Double>getAs("mean"), 1e-12);
    assertEquals(0.5, alike.<Double>getAs("chance"), 0.02);
    assertEquals(0.3, one(fitted, "portfolio = 'alone'").<Double>getAs("mean"), 1e-12);
    assertNull(one(fitted, "portfolio = 'idle'").getAs("mean"));
    assertNull(one(fitted, "portfolio = 'idle'").getAs("chance"));
  }

  private static Row one(Dataset<Row> rows, String condition) {
    List<Row> found = rows.filter(condition).collectAsList();
    assertEquals(1, found.size(), condition);
    return found.get(0);
  }
}
