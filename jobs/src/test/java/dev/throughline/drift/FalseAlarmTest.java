package dev.throughline.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.config.Settings.AuditRules;
import dev.throughline.drift.Day.Part;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** How often an ordinary day is refused, and an extraordinary one is not, in simulated logs. */
class FalseAlarmTest {
  static final AuditRules RULES = new AuditRules(0.05, 7, 5, 3.5);
  private static final int LOGS = Integer.getInteger("throughline.test.logs", 200);
  private static final int DAYS = 74;

  private static double rate(String what, Integer from, Integer to, double noise) {
    int judged = 0;
    int refused = 0;
    Map<String, Integer> why = new TreeMap<>();
    for (int seed = 0; seed < LOGS; seed++) {
      SimulatedLog log = noise < 0 ? new SimulatedLog(seed) : new SimulatedLog(seed, noise);
      Map<LocalDate, Day> days = log.days(Math.min(DAYS, to));
      Drift drift = new Drift(RULES, days);
      for (Day day : days.values()) {
        if (!day.date().isBefore(SimulatedLog.FIRST.plusDays(from))) {
          Verdict verdict = drift.judge(day);
          assertTrue(verdict.compared());
          judged++;
          refused += verdict.findings().isEmpty() ? 0 : 1;
          verdict.findings().forEach(f -> why.merge(f.figure(), 1, Integer::sum));
        }
      }
    }
    System.out.printf(
        Locale.ROOT, "False alarms, %s: %d of %,d days %s%n", what, refused, judged, why);
    return (double) refused / judged;
  }

  @Test
  void ordinaryDaysAreHardlyEverRefused() {
    assertTrue(rate("a week known", 7, DAYS, -1) <= 1e-3);
    assertTrue(rate("five or six days known", 5, 7, -1) <= 1e-2);
    assertTrue(rate("wild days", 7, DAYS, 0.2) <= 2e-2);
  }

  /** Changed days whose clicks were not found unlike the others'. */
  private static Map<String, Integer> misses(
      double times, double leastClicks, Predicate<LocalDate> on) {
    Map<String, Integer> counted = new HashMap<>(Map.of("days", 0, "missed", 0));
    for (int seed = 0; seed < LOGS; seed++) {
      SimulatedLog log = new SimulatedLog(seed);
      Map<LocalDate, Day> days = log.days(21);
      for (int i = 14; i < 21; i++) {
        LocalDate date = SimulatedLog.FIRST.plusDays(i);
        if (log.clicksOfWeekday() >= leastClicks && on.test(date)) {
          Day changed = log.day(date, times);
          boolean found =
              new Drift(RULES, days)
                  .judge(changed).findings().stream().anyMatch(f -> f.figure().equals("clicks"));
          counted.merge("days", 1, Integer::sum);
          counted.merge("missed", found ? 0 : 1, Integer::sum);
        }
      }
    }
    System.out.printf(Locale.ROOT, "Clicks × %.2f from %.0f: %s%n", times, leastClicks, counted);
    assertTrue(counted.get("days") > 900);
    return counted;
  }

  @Test
  void tenfoldAndATenthAreAlwaysRefused() {
    assertEquals(0, misses(10, 100, any -> true).get("missed"));
    assertEquals(0, misses(0.1, 100, any -> true).get("missed"));
  }

  @Test
  void threefoldAndAThirdAreRefusedOnWeekdays() {
    for (double times : new double[] {3, 1.0 / 3}) {
      Map<String, Integer> counted = misses(times, 100, date -> !SimulatedLog.isWeekend(date));
      assertTrue(counted.get("missed") <= 0.01 * counted.get("days"), counted::toString);
    }
  }

  /** How often it is found, and not, that a part of the events lack what they had. */
  private static int[] foundAndMissed(double mostBefore, double lost) {
    int[] counted = new int[2];
    for (int seed = 0; seed < LOGS; seed++) {
      SimulatedLog log = new SimulatedLog(seed);
      Map<LocalDate, Day> days = log.days(21);
      for (int i = 14; i < 21; i++) {
        Day day = days.get(SimulatedLog.FIRST.plusDays(i));
        for (Share share : Share.values()) {
          Part part = day.shares().get(share);
          if (part.whole() >= 100 && most(share, days, day.date()) <= mostBefore) {
            Part less = new Part(part.part() + lost * (part.whole() - part.part()), part.whole());
            day.shares().put(share, less);
            boolean found =
                new Drift(RULES, days)
                    .judge(day).findings().stream()
                        .anyMatch(finding -> finding.figure().equals(share.label()));
            day.shares().put(share, part);
            counted[found ? 0 : 1]++;
          }
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "Columns that lose %.0f %%, of %.0f %% lacking at most: %,d found, %,d missed%n",
        100 * lost,
        100 * mostBefore,
        counted[0],
        counted[1]);
    assertTrue(counted[0] > 900);
    return counted;
  }

  private static double most(Share share, Map<LocalDate, Day> days, LocalDate date) {
    return date.minusDays(7)
        .datesUntil(date)
        .mapToDouble(day -> days.get(day).shares().get(share).share())
        .max()
        .orElseThrow();
  }

  @Test
  void columnsThatComeEmptyOrHalfEmptyAreAlwaysFound() {
    assertEquals(0, foundAndMissed(0.5, 1)[1]);
    assertEquals(0, foundAndMissed(0.1, 0.5)[1]);
  }
}
