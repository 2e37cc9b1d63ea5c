package dev.throughline.reference;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Phases, targets and spend for some campaigns of random logs, and for one that has no event. */
final class RandomCampaigns {
  private static final List<String> PHASES = List.of("brand", "engagement", "conversion");

  private RandomCampaigns() {}

  static NaiveRules.Campaigns of(
      int firstLog,
      LocalDate from,
      int days,
      Map<String, String> channels,
      Map<String, String> metrics,
      int minConversions) {
    Random random = new Random(firstLog);
    Map<String, String> phases = new TreeMap<>();
    Map<String, Double> targets = new TreeMap<>();
    Map<String, Double> spend = new TreeMap<>();
    for (int log = firstLog; log < firstLog + RandomVariants.LOGS; log++) {
      for (int number = 0; number < 3; number++) {
        String id = String.format("c%03d%d", log, number);
        if (random.nextInt(4) > 0) {
          phases.put(id, PHASES.get(random.nextInt(PHASES.size())));
        }
        if (random.nextInt(4) > 0) {
          targets.put(
              id, target(metrics.get(phases.getOrDefault(id, "conversion")), random.nextInt(4)));
        }
        for (int day = 0; day < days; day++) {
          if (random.nextInt(3) == 0) {
            spend.put(
                Cells.key(from.plusDays(day), id), List.of(0.0, 0.25, 3.5).get(random.nextInt(3)));
          }
        }
      }
    }
    spend.put(Cells.key(from, "only-spend"), 7.5);
    return new NaiveRules.Campaigns(channels, phases, targets, spend, metrics, minConversions);
  }

  /** About what campaigns of a random log reach. */
  private static double target(String metric, int size) {
    return switch (metric) {
      case "cpm" -> 500.0 * size;
      case "reach" -> size;
      default -> 0.25 * size;
    };
  }
}
