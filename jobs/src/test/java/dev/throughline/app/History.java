package dev.throughline.app;

import dev.throughline.config.ConfigLoader;
import dev.throughline.config.Settings;
import dev.throughline.input.Period;
import dev.throughline.model.Journeys;
import dev.throughline.model.Need;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A random log, random settings and a random sequence of runs, of which some are compared with a
 * run from scratch at the same moment.
 */
final class History {
  private static final String ATTRIBUTION = "throughline.attribution.";
  private static final List<String> RULES =
      List.of("[first_touch, last_touch, linear]", "[time_decay, w_shaped]", "[last_non_direct]");
  private static final List<String> LEARNED =
      List.of("[last_touch, markov_1, shapley]", "[linear, markov_2]", "[shapley]");

  /**
   * A run, or the erasure of what was kept of some days' people.
   *
   * @param set settings of this run alone
   * @param killedAfter after how many files the run is killed; -1: it ends well
   * @param erase days that are forgotten before the run, as erase does
   */
  record Step(
      LocalDate from,
      LocalDate to,
      Set<Need> needs,
      boolean rebuild,
      Map<String, String> set,
      int killedAfter,
      Set<LocalDate> erase) {

    private String command() {
      StringBuilder text = new StringBuilder();
      erase.forEach(day -> text.append("erase people of ").append(day).append("; "));
      text.append("run --from ").append(from).append(" --to ").append(to);
      text.append(needs.isEmpty() ? " --reports attribution" : " with reports that need " + needs);
      text.append(rebuild ? " --rebuild" : "");
      set.forEach((key, value) -> text.append(" --set ").append(key).append('=').append(value));
      return text.append(killedAfter >= 0 ? " killed after " + killedAfter + " files" : "")
          .toString();
    }
  }

  /** What came of a history. */
  record Result(
      String difference, int runs, int daysCompared, int sums, int keptDays, int snapshots) {}

  private final long seed;
  private final PlantedFault fault;
  private final HistoryLog.Kind kind;
  private final Map<String, String> set;
  private final Set<Integer> groups;
  private final List<Step> steps;

  private History(
      long seed,
      PlantedFault fault,
      HistoryLog.Kind kind,
      Map<String, String> set,
      Set<Integer> groups,
      List<Step> steps) {
    this.seed = seed;
    this.fault = fault;
    this.kind = kind;
    this.set = set;
    this.groups = groups;
    this.steps = steps;
  }

  static History of(long seed, PlantedFault fault) {
    Random random = new Random(seed);
    HistoryLog.Kind kind = HistoryLog.KINDS.get(random.nextInt(HistoryLog.KINDS.size()));
    Set<Integer> groups = new TreeSet<>();
    int number = 8 + random.nextInt(8);
    while (groups.size() < number) {
      groups.add(random.nextInt(42));
    }
    Map<String, String> set = new TreeMap<>(kind.settings());
    boolean learns = random.nextInt(3) == 0;
    set.putAll(settings(random, learns));
    return new History(seed, fault, kind, set, groups, steps(random));
  }

  private static Map<String, String> settings(Random random, boolean learns) {
    Map<String, String> set = new HashMap<>();
    int hours = 12 * (1 + random.nextInt(8));
    set.put(ATTRIBUTION + "click-lookback", hours + "h");
    set.put(
        ATTRIBUTION + "view-lookback", 1 + random.nextInt(random.nextBoolean() ? 4 : hours) + "h");
    set.put(ATTRIBUTION + "models", any(random, learns ? LEARNED : RULES));
    set.put(ATTRIBUTION + "training-days", "" + (1 + random.nextInt(4)));
    set.put(ATTRIBUTION + "resamples", "2");
    set.put(ATTRIBUTION + "max-touches", any(random, List.of("2", "4", "500")));
    set.put(
        "throughline.periods", any(random, List.of("[1]", "[1]", "[1]", "[1, 3]", "[1, 2, 6]")));
    set.put(
        "throughline.conversions.one-per-user",
        any(random, List.of("[]", "[sign_up]", "[purchase]")));
    set.put("throughline.restate-days", "" + random.nextInt(4));
    return set;
  }

  private static <T> T any(Random random, List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** A backfill, then nights, with a gap, a rerun, a range or another kind of run between. */
  private static List<Step> steps(Random random) {
    List<Step> steps = new ArrayList<>();
    LocalDate last = HistoryLog.FIRST.plusDays(HistoryLog.DAYS - 1L);
    LocalDate to = HistoryLog.FIRST.plusDays(5 + random.nextInt(4));
    // After more than four days no snapshot is written, so that the night after it writes one.
    LocalDate from = to.minusDays(random.nextBoolean() ? 4 : random.nextInt(3));
    Set<Need> usual = needs(random);
    int number = 4 + random.nextInt(3);
    for (int i = 0; i < number && !to.isAfter(last); i++) {
      Set<Need> needs = random.nextInt(6) == 0 ? needs(random) : usual;
      Map<String, String> other =
          random.nextInt(10) == 0 ? settings(random, random.nextInt(3) == 0) : Map.of();
      Set<LocalDate> erase =
          random.nextInt(14) == 0 ? Set.of(to.minusDays(1 + random.nextInt(4))) : Set.of();
      int killed = random.nextInt(14) == 0 ? random.nextInt(6) : -1;
      boolean rebuild = random.nextInt(16) == 0;
      steps.add(new Step(from, to, needs, rebuild, other, killed, erase));
      switch (random.nextInt(12)) {
        case 0 -> from = to; // again
        case 1 -> from = to = to.plusDays(2); // a night is left out
        case 2 -> {
          from = to.minusDays(random.nextInt(3)); // days before are restated
          to = to.plusDays(1);
        }
        default -> from = to = to.plusDays(1);
      }
    }
    return steps;
  }

  private static Set<Need> needs(Random random) {
    if (random.nextInt(3) > 0) {
      return Set.of();
    }
    Set<Need> needs = EnumSet.noneOf(Need.class);
    for (Need need : Need.values()) {
      // What a run needs of the log itself does not change what it keeps.
      if (need != Need.ROWS && random.nextBoolean()) {
        needs.add(need);
      }
    }
    return needs;
  }

  static Path folder() {
    try {
      return Files.createTempDirectory("throughline-history");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Settings load(Map<String, String> set) {
    Map<String, String> all = new HashMap<>(set);
    all.put("throughline.input.events.path", "events");
    all.put("throughline.output.path", "tables");
    return ConfigLoader.load(Optional.empty(), all, Journeys.models());
  }

  /** Runs all steps; compares the last and about every third of the others. */
  Result run() {
    KeptStores stores = new KeptStores(new MemoryDays(), new MemoryDays());
    Random random = new Random(seed + 1);
    Settings usual = load(set);
    HistoryLog log =
        new HistoryLog(
            kind, groups, usual, random, steps.size(), fault != PlantedFault.WRONG_FINGERPRINT);
    int runs = 0;
    int days = 0;
    int sums = 0;
    int kept = 0;
    int snapshots = 0;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      Map<String, String> with = new HashMap<>(set);
      with.putAll(step.set());
      Settings settings = load(with);
      Period period = Period.of(step.from(), step.to(), settings);
      log.deliver(i, step.to());
      stores.days().remove(step.erase());
      Wanted wanted = new Wanted(step.needs(), step.rebuild());
      HistoryRun run = new HistoryRun(log, stores, settings, period, wanted, fault);
      NightSums found = run.compute();
      runs++;
      kept += run.keptDays();
      snapshots += run.readSnapshot() ? 1 : 0;
      if (i == steps.size() - 1 || random.nextInt(3) == 0) {
        KeptStores none = new KeptStores(new MemoryDays(), new MemoryDays());
        Wanted scratch = new Wanted(step.needs(), true);
        NightSums expected =
            new HistoryRun(log, none, settings, period, scratch, PlantedFault.NONE).compute();
        days += period.days().size();
        sums += expected.size();
        String difference = found.difference(expected);
        if (difference != null) {
          return new Result(
              "step " + (i + 1) + " differs: " + difference, runs, days, sums, kept, snapshots);
        }
      }
      // A killed run leaves what it had put in place to the next.
      run.publish(step.killedAfter());
    }
    return new Result(null, runs, days, sums, kept, snapshots);
  }

  /** A history as short as can be found that differs as well. */
  History shrunk() {
    History least = this;
    for (boolean smaller = true; smaller; ) {
      smaller = false;
      for (History less : least.less()) {
        if (less.run().difference() != null) {
          least = less;
          smaller = true;
          break;
        }
      }
    }
    return least;
  }

  private List<History> less() {
    List<History> less = new ArrayList<>();
    for (int i = 0; i < steps.size() - 1; i++) {
      List<Step> fewer = new ArrayList<>(steps);
      fewer.remove(i);
      less.add(new History(seed, fault, kind, set, groups, fewer));
    }
    if (groups.size() > 1) {
      for (int group : groups) {
        Set<Integer> fewer = new TreeSet<>(groups);
        fewer.remove(group);
        less.add(new History(seed, fault, kind, set, fewer, steps));
      }
    }
    return less;
  }

  /** The history as settings and commands, one a line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("history " + seed + ", groups " + groups + "\n");
    set.forEach(
        (key, value) -> text.append("  ").append(key).append(" = ").append(value).append('\n'));
    steps.forEach(step -> text.append("  ").append(step.command()).append('\n'));
    return text.toString();
  }
}
