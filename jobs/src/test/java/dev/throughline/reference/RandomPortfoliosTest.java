package dev.throughline.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.config.ConfigLoader;
import dev.throughline.config.Settings;
import dev.throughline.model.Journeys;
import dev.throughline.reports.CampaignScorecard;
import dev.throughline.reports.Sources;
import dev.throughline.testing.Draws;
import dev.throughline.testing.TestSession;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Portfolios of drawn counts, each a day of its own, against the naive scorecard. */
class RandomPortfoliosTest {
  private static final int PORTFOLIOS = 1_000;
  private static final LocalDate FIRST = LocalDate.parse("2020-01-01");
  private static final Map<String, String> METRICS =
      Map.of("brand", "cpm", "engagement", "ctr", "conversion", "cpa");
  private static final StructType SCHEMA =
      StructType.fromDDL(
          "day date, period int, days int, campaign_id string, campaign_name string, channel string, phase string,"
              + " impressions bigint, clicks bigint, conversions bigint, value decimal(28,6),"
              + " reach bigint, viewable_impressions bigint, spend decimal(28,6), target double");

  private final Random random = new Random(11);
  private final Draws draws = new Draws(11);
  private final Cells counts = new Cells();
  private final List<Row> rows = new ArrayList<>();
  private final Map<String, String> phases = new TreeMap<>();
  private final Map<String, Double> targets = new TreeMap<>();

  @SafeVarargs
  private <T> T any(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** Campaigns of one size, most of which convert alike; some portfolios lack a stage. */
  private void addPortfolio(int number) {
    long size = draws.logUniform(1, 200_000);
    double ctr = any(0.0, 0.01, 0.03, 0.2, 0.5);
    double rate = any(0.0, 0.01, 0.05, 0.05, 0.3, 0.9999);
    int campaigns = (int) draws.logUniform(1, 15);
    for (int i = 0; i < campaigns; i++) {
      long impressions = any(0L, size, size, draws.logUniform(1, size), draws.logUniform(1, size));
      long clicks = draws.binomial(any(1, 1, 1, 1, 0) * impressions, ctr);
      clicks += any(0, 0, 0, 0, 1, 7);
      long conversions = draws.binomial(clicks, rate * any(0.0, 0.2, 0.5, 1.0, 1.0, 1.0));
      // Views convert too.
      conversions += any(0, 0, 0, 0, 1, 2 * random.nextInt(20));
      add(FIRST.plusDays(number), "c" + number + "-" + i, impressions, clicks, conversions);
    }
    add(FIRST.plusDays(number), NaiveJourneys.NOBODY, size, 3, 50);
  }

  private void add(LocalDate day, String id, long impressions, long clicks, long conversions) {
    BigDecimal value = BigDecimal.valueOf(conversions * (long) any(0, 1, 250, 999), 2);
    BigDecimal spend = any(null, BigDecimal.ZERO, BigDecimal.valueOf(draws.logUniform(1, 90_000)));
    String phase = any(null, "brand", "engagement", "conversion");
    String metric = METRICS.get(phase == null ? "conversion" : phase);
    Double target = any(null, metric.equals("ctr") ? 0.02 : draws.logUniform(1, 9_000));
    if (phase != null) {
      phases.put(id, phase);
    }
    if (target != null) {
      targets.put(id, target);
    }
    rows.add(
        RowFactory.create(
            Date.valueOf(day),
            7,
            7,
            id,
            null,
            "display",
            phase,
            impressions,
            clicks,
            conversions,
            value,
            impressions,
            impressions,
            spend,
            target));
    String key = Cells.key(day, 7, id);
    counts.set(key, "impressions", (double) impressions);
    counts.set(key, "clicks", (double) clicks);
    counts.set(key, "conversions", (double) conversions);
    counts.set(key, "value", value.doubleValue());
    counts.set(key, "spend", spend == null ? null : (Double) spend.doubleValue());
    NaiveFunnel.addRates(counts, key);
  }

  @Test
  void scorecardsAreTheNaiveOnes() {
    for (int number = 0; number < PORTFOLIOS; number++) {
      addPortfolio(number);
    }
    NaiveScorecard expected =
        NaiveScorecard.of(
            counts, new NaiveRules.Campaigns(Map.of(), phases, targets, Map.of(), METRICS, 5));
    Set<String> seen = new TreeSet<>();
    expected.texts.values().forEach(seen::addAll);
    for (String word :
        List.of(
            "vanity", "fix_after_click", "scale_up", "improve_reach", "improve_click_through")) {
      assertTrue(seen.contains(word), word);
    }
    ScorecardRows.assertEqual(expected, published());
  }

  @Test
  void tailsOfBetaAreSumsOfBinomials() {
    for (double x : new double[] {0.001, 0.03, 0.5, 0.97}) {
      for (int a : new int[] {1, 3, 50, 400}) {
        for (int b : new int[] {1, 7, 2_000}) {
          assertEquals(
              NaiveChance.binomialAtMost(a - 1, a + b - 1, x),
              NaiveChance.betaAtLeast(a, b, x),
              1e-9,
              a + ", " + b + ", " + x);
        }
      }
    }
    assertEquals(0.5, NaiveChance.betaAtLeast(2.5, 2.5, 0.5), 1e-12);
    assertEquals(1 - Math.pow(0.3, 1.7), NaiveChance.betaAtLeast(1.7, 1, 0.3), 1e-12);
  }

  private List<Row> published() {
    Settings settings =
        ConfigLoader.load(
            Optional.empty(),
            Map.of(
                "throughline.input.events.path",
                "events",
                "throughline.output.path",
                "tables",
                "throughline.scorecard.metrics.engagement",
                "ctr"),
            Journeys.models());
    return new CampaignScorecard()
        .query(
            new Sources(
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                TestSession.get().createDataFrame(rows, SCHEMA),
                null,
                settings))
        .collectAsList();
  }
}
