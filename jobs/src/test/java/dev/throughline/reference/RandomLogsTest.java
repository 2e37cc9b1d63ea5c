package dev.throughline.reference;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.testing.PipelineRun;
import dev.throughline.testing.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two hundred random logs: every number of the tables against a naive count over the raw rows. */
class RandomLogsTest {
  private static final int LOGS = 100;
  private static final Duration DAY = Duration.ofDays(1);

  /** Generous limits in UTC. */
  private static final NaiveRules PLAIN =
      new NaiveRules(
          ZoneId.of("UTC"),
          DAY.multipliedBy(3),
          DAY,
          DAY.dividedBy(2),
          500,
          1000,
          Set.of(),
          "last_touch",
          Map.of());

  /** Tight limits over a clock change, some campaigns described. */
  private static final NaiveRules TIGHT =
      new NaiveRules(
          ZoneId.of("America/New_York"),
          DAY.multipliedBy(2),
          DAY.multipliedBy(2),
          DAY,
          4,
          20,
          Set.of("sign_up", "download"),
          "first_touch",
          described());

  private static final List<Variant> VARIANTS = new ArrayList<>();

  /** Two computations of the same days. */
  record Variant(
      String name, NaiveRules rules, List<LocalDate> days, NaiveTables naive, PipelineRun run) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Map<String, String> described() {
    Map<String, String> channels = new TreeMap<>();
    for (int log = LOGS; log < 2 * LOGS; log++) {
      channels.put("c" + log + "0", log % 2 == 0 ? "display" + log : "direct");
    }
    return channels;
  }

  @BeforeAll
  static void runOnce(@TempDir Path plain, @TempDir Path tight) {
    VARIANTS.add(compute("plain", PLAIN, 0, LocalDate.parse("2026-10-30"), 3, plain));
    VARIANTS.add(compute("tight", TIGHT, LOGS, LocalDate.parse("2026-10-31"), 2, tight));
  }

  private static Variant compute(
      String name, NaiveRules rules, int first, LocalDate from, int length, Path folder) {
    List<LocalDate> days = from.datesUntil(from.plusDays(length)).toList();
    Scenario scenario = rules.configure(Scenario.in(folder)).files(3);
    for (int log = first; log < first + LOGS; log++) {
      Instant midnight = from.atStartOfDay(rules.zone()).toInstant();
      scenario.events(RandomLog.events(log, rules, midnight, 24 * length));
    }
    NaiveTables naive = new NaiveTables(RawEvent.readAll(scenario.log()), rules, days);
    PipelineRun run = scenario.run(from.toString(), days.get(length - 1).toString());
    return new Variant(name, rules, days, naive, run);
  }

  static List<Variant> variants() {
    return VARIANTS;
  }

  @ParameterizedTest
  @MethodSource("variants")
  void attributionIsTheNaiveOne(Variant variant) {
    List<String> key = List.of("day", "dimension", "member", "action", "model");
    Cells expected = variant.naive.attribution();
    assertTrue(expected.size() > 5000, "only " + expected.size() + " cells");
    Cells.assertEqual(expected, Cells.of(variant.run, "attribution", key, NaiveTables.ATTRIBUTION));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void reconciliationIsTheNaiveOne(Variant variant) {
    List<String> key = List.of("day", "dimension", "action", "model");
    Cells.assertEqual(
        variant.naive.reconciliation(),
        Cells.of(variant.run, "attribution_reconciliation", key, NaiveTables.RECONCILIATION));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void actionsAreTheNaiveOnes(Variant variant) {
    List<String> key = List.of("day", "campaign_id", "action");
    Cells.assertEqual(
        variant.naive.actions(),
        Cells.of(variant.run, "campaign_actions", key, NaiveTables.ACTIONS));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void funnelIsTheNaiveOne(Variant variant) {
    List<String> columns =
        Stream.concat(NaiveFunnel.COUNTS.stream(), NaiveFunnel.RATES.stream()).toList();
    Cells.assertEqual(
        NaiveFunnel.of(variant.naive, variant.rules, variant.days),
        Cells.of(variant.run, "campaign_funnel", List.of("day", "campaign_id"), columns));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void qualityCountsAreTheNaiveOnes(Variant variant) {
    Cells expected = variant.naive.quality();
    for (String column : NaiveTables.QUALITY) {
      double all =
          variant.days.stream().mapToDouble(day -> expected.get(day.toString(), column)).sum();
      boolean possible = variant.rules.equals(TIGHT) || !column.matches(".*capped|.*repeated_user");
      assertTrue(all > 0 || !possible, "no case of " + column);
    }
    Cells.assertEqual(
        expected, Cells.of(variant.run, "data_quality", List.of("day"), NaiveTables.QUALITY));
  }
}
