package dev.throughline.reference;

import dev.throughline.testing.PipelineRun;
import dev.throughline.testing.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Two hundred random logs in two runs, which all tests of random logs share. */
final class RandomVariants {
  static final int LOGS = 100;
  private static final LocalDate PLAIN_FROM = LocalDate.parse("2026-10-30");
  private static final int PLAIN_DAYS = 3;
  private static final LocalDate TIGHT_FROM = LocalDate.parse("2026-10-31");
  private static final int TIGHT_DAYS = 2;
  private static final Duration DAY = Duration.ofDays(1);

  /** Generous limits in UTC; some campaigns have phases, targets and spend. */
  static final NaiveRules PLAIN =
      new NaiveRules(
          ZoneId.of("UTC"),
          DAY.multipliedBy(3),
          DAY,
          DAY.dividedBy(2),
          500,
          1000,
          Set.of(),
          "last_touch",
          RandomCampaigns.of(0, PLAIN_FROM, PLAIN_DAYS, Map.of(), NaiveRules.Campaigns.METRICS, 3),
          new NaiveRules.People(
              List.of(
                  "impression", "viewable", "click", "landed", "engaged", "intent", "conversion"),
              DAY,
              List.of("exposure", "last(10)"),
              1000,
              Set.of("add_to_cart", "form_start", "pricing"),
              true,
              10,
              List.of(1, 7, 28)),
          // Fewer days than the look-back, so that journeys lose their first touches.
          new NaiveRules.Learning(
              RandomModels.allWith("recent_clicks", "ends"),
              RandomModels.CUSTOM,
              2,
              List.of("identity"),
              8));

  /** Tight limits over a clock change, some campaigns described; judged by few conversions. */
  static final NaiveRules TIGHT =
      new NaiveRules(
          ZoneId.of("America/New_York"),
          DAY.multipliedBy(2),
          DAY.multipliedBy(2),
          DAY,
          4,
          20,
          Set.of("sign_up", "download"),
          "first_touch",
          RandomCampaigns.of(
              LOGS,
              TIGHT_FROM,
              TIGHT_DAYS,
              described(),
              Map.of("brand", "reach", "engagement", "ctr", "conversion", "roas"),
              1),
          new NaiveRules.People(
              List.of("click", "landed", "event:sign_up", "conversion"),
              Duration.ofHours(3),
              List.of("frequency", "last(3)"),
              3,
              Set.of("add_to_cart", "pricing"),
              false,
              25,
              List.of(1, 2)),
          // More days than the look-back; last_touch is compared with, but not published.
          new NaiveRules.Learning(
              RandomModels.fewWith("ends", "recent_clicks"),
              RandomModels.CUSTOM,
              5,
              List.of("exposure", "last(3)"),
              8));

  private static List<Variant> all;

  /** Two computations of the same days; that of the pipeline is made when it is first asked for. */
  static final class Variant {
    final String name;
    final NaiveRules rules;
    final List<LocalDate> days;
    final NaiveTables naive;
    final NaivePeople people;
    private final Scenario scenario;
    private PipelineRun run;
    private NaiveLearning learning;

    private Variant(String name, NaiveRules rules, List<LocalDate> days, Scenario scenario) {
      this.name = name;
      this.rules = rules;
      this.days = days;
      this.scenario = scenario;
      this.naive = new NaiveTables(RawEvent.readAll(scenario.log()), rules, days);
      this.people = new NaivePeople(naive, rules);
    }

    PipelineRun run() {
      if (run == null) {
        run = scenario.run(days.get(0).toString(), days.get(days.size() - 1).toString());
      }
      return run;
    }

    /** The same days, with rows of fewer people than that folded. */
    PipelineRun folded(int minPeople) {
      String key = "throughline.privacy.min-people";
      scenario.set(key, Integer.toString(minPeople));
      try {
        return scenario.run(days.get(0).toString(), days.get(days.size() - 1).toString());
      } finally {
        scenario.set(key, "0");
      }
    }

    /** What the models that learn make of the log. */
    NaiveLearning learning() {
      if (learning == null) {
        learning = new NaiveLearning(naive, rules, days);
      }
      return learning;
    }

    /** The given columns of a published table. */
    Cells published(String table, List<String> key, List<String> columns) {
      return Cells.of(run(), table, key, columns);
    }

    boolean plain() {
      return rules.equals(PLAIN);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private RandomVariants() {}

  static synchronized List<Variant> all() {
    if (all == null) {
      all =
          List.of(
              variant("plain", PLAIN, 0, PLAIN_FROM, PLAIN_DAYS),
              variant("tight", TIGHT, LOGS, TIGHT_FROM, TIGHT_DAYS));
    }
    return all;
  }

  private static Variant variant(
      String name, NaiveRules rules, int first, LocalDate from, int length) {
    List<LocalDate> days = from.datesUntil(from.plusDays(length)).toList();
    Scenario scenario = rules.configure(Scenario.in(emptyFolder(name))).files(3);
    for (int log = first; log < first + LOGS; log++) {
      Instant midnight = from.atStartOfDay(rules.zone()).toInstant();
      scenario.events(RandomLog.events(log, rules, midnight, 24 * length));
    }
    scenario.events(RandomModels.events(from));
    return new Variant(name, rules, days, scenario);
  }

  private static Map<String, String> described() {
    Map<String, String> channels = new TreeMap<>();
    for (int log = LOGS; log < 2 * LOGS; log++) {
      channels.put("c" + log + "0", log % 2 == 0 ? "display" + log : "direct");
    }
    return channels;
  }

  /** Beside the compiled classes, since no test class alone knows when it is of no more use. */
  private static Path emptyFolder(String name) {
    Path folder = Path.of("target", "random-logs", name).toAbsolutePath();
    try {
      if (Files.exists(folder)) {
        try (Stream<Path> old = Files.walk(folder)) {
          for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
          }
        }
      }
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
