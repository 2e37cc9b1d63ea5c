package dev.throughline.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.testing.PipelineRun;
import dev.throughline.testing.Scenario;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How often 95 % intervals of shares hold the share of the people that were drawn from: 94 to 97 %,
 * as far as this many experiments can tell.
 */
class IntervalCoverageTest {
  private static final LocalDate FROM = LocalDate.parse("2026-10-01");
  private static final int DAYS = 20;

  // Few, since the actions of a day share the journeys that have not converted.
  private static final int ACTIONS = 6;

  /** How many intervals there were, and how many held the truth. */
  private static final class Held {
    private int intervals;
    private int held;
    private int above;

    /** Intervals and misses by experiment: those of one experiment miss together. */
    private final Map<String, int[]> experiments = new HashMap<>();

    void add(String experiment, double low, double truth, double high) {
      boolean holds = low <= truth && truth <= high;
      intervals++;
      held += holds ? 1 : 0;
      above += low > truth ? 1 : 0;
      int[] counts = experiments.computeIfAbsent(experiment, key -> new int[2]);
      counts[0]++;
      counts[1] += holds ? 1 : 0;
    }

    double part() {
      return held / (double) intervals;
    }

    double error() {
      double squares = 0;
      for (int[] counts : experiments.values()) {
        squares += Math.pow(counts[1] - part() * counts[0], 2);
      }
      return Math.sqrt(squares) / intervals;
    }

    boolean fits() {
      return intervals > 900
          && error() < 0.015
          && part() + 2 * error() >= 0.94
          && part() - 2 * error() <= 0.97;
    }

    @Override
    public String toString() {
      return String.format(
          "%.2f %% (± %.2f) of %,d hold the truth, %.2f %% lie above it",
          100 * part(), 100 * error(), intervals, 100.0 * above / intervals);
    }
  }

  @TempDir Path folder;

  @Test
  void intervalsOfSharesHoldTheTruth() {
    Map<String, Held> models = coverage(folder, 250, 500);
    assertEquals(Set.of("rules", "shapley", "markov_1", "markov_2"), models.keySet());
    models.forEach((model, held) -> assertTrue(held.fits(), model + ": " + held));
  }

  /** By class of models. */
  static Map<String, Held> coverage(Path folder, int fewest, int most) {
    ShareExperiments experiments = new ShareExperiments();
    SplittableRandom sizes = new SplittableRandom(1);
    for (int day = 0; day < DAYS; day++) {
      experiments.add(FROM.plusDays(day), sizes.ints(ACTIONS, fewest, most + 1).boxed().toList());
    }
    Map<String, Held> single = new TreeMap<>();
    Map<String, Held> classes = new TreeMap<>();
    for (Row row : run(folder, experiments).rows("attribution")) {
      String model = row.getAs("model");
      Double truth =
          experiments.truth.get(
              Cells.key(
                  row.getAs("day"),
                  row.getAs("dimension"),
                  row.getAs("member"),
                  row.getAs("action"),
                  model));
      Double low = row.getAs("share_low");
      if (low != null && truth != null && truth >= 0.02 && truth <= 0.98) {
        String group = ShareExperiments.RULES.contains(model) ? "rules" : model;
        String experiment = Cells.key(row.getAs("day"), row.getAs("action"));
        double high = row.getAs("share_high");
        single.computeIfAbsent(model, m -> new Held()).add(experiment, low, truth, high);
        classes.computeIfAbsent(group, m -> new Held()).add(experiment, low, truth, high);
      }
    }
    System.out.printf(
        "%,d events, %.1f people convert by an action%n",
        experiments.events.size(), experiments.converted / (double) (DAYS * ACTIONS));
    single.forEach((model, held) -> System.out.println("intervals of " + model + ": " + held));
    System.out.println("intervals of all rules: " + classes.get("rules"));
    return classes;
  }

  private static PipelineRun run(Path folder, ShareExperiments experiments) {
    String attribution = "throughline.attribution.";
    return Scenario.in(folder)
        .events(experiments.events)
        .set(attribution + "models", models())
        .set(attribution + "click-lookback", "12h")
        .set(attribution + "view-lookback", "12h")
        .set(attribution + "half-life", ShareExperiments.HALF_LIFE.toMinutes() + "m")
        .set(attribution + "training-days", "1")
        .set("throughline.periods", "[1]")
        .run(FROM.toString(), FROM.plusDays(DAYS - 1).toString());
  }

  private static String models() {
    return "[" + String.join(",", ShareExperiments.RULES) + ",shapley,markov_1,markov_2]";
  }
}
