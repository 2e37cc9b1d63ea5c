package dev.throughline.bench;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What the options ask for: prepares the logs, then measures round by round. */
final class Benchmark {
  private final Options options;
  private final Logs logs;
  private final List<Plan> plans = new ArrayList<>();

  Benchmark(Options options, Logs logs) {
    this.options = options;
    this.logs = logs;
  }

  /** All that is measured in a round, in order. */
  List<Plan> plans() {
    return plans;
  }

  /** Names of the logs that grow. */
  List<String> sizes() {
    return options.millions().stream().map(Logs::name).toList();
  }

  /** Logs of the group skew: the one without heavy people first. */
  List<String> skewed() {
    String base = sizes().get(0);
    return List.of(base, base + " and one", base + " and five");
  }

  /** Writes the logs that are not there, and plans. */
  void prepare() throws Exception {
    logs.generate(Logs.TINY, 0);
    for (double millions : options.millions()) {
      logs.generate(Logs.name(millions), millions);
    }
    for (String log : sizes()) {
      plan(Plan.FULL, log, Contenders.FULL, options.memory());
      plan(Plan.FULL, log, comet(Contenders.FULL_COMET), options.memory());
    }
    overKeptDays(Plan.TOUCHES, Contenders.TOUCHES, Contenders.TOUCHES_COMET);
    overKeptDays(Plan.NIGHT, Contenders.NIGHT, Contenders.NIGHT_COMET);
    for (String log : sizes()) {
      plan(Plan.REPORTS, log, List.of(Commands.REPORTS, DuckDbReports.NAME), options.memory());
    }
    if (options.groups().contains(Plan.PROCESS)) {
      logs.generate(Logs.SMALL, 0.02);
      logs.keep(Logs.SMALL);
      plan(Plan.PROCESS, Logs.SMALL, Commands.NIGHT, options.memory());
      for (String log : sizes()) {
        logs.keep(log);
        plan(Plan.PROCESS, log, Commands.NIGHT, options.memory());
        plan(Plan.PROCESS, log, Commands.RANGE, options.memory());
      }
    }
    if (options.groups().contains(Plan.SKEW)) {
      logs.skew(skewed().get(1), skewed().get(0), List.of(HeavyPeople.ONE));
      logs.skew(skewed().get(2), skewed().get(0), List.of(HeavyPeople.FIVE));
      for (String log : skewed()) {
        plan(Plan.SKEW, log, Plan.SKEWED, Plan.SKEW_MEMORY);
      }
    }
  }

  private void overKeptDays(String group, List<String> contenders, List<String> withComet)
      throws Exception {
    if (options.groups().contains(group)) {
      logs.keep(Logs.TINY);
      for (String log : sizes()) {
        logs.keep(log);
        plan(group, log, contenders, options.memory());
        plan(group, log, comet(withComet), options.memory());
      }
    }
  }

  private List<String> comet(List<String> contenders) {
    return options.comet() ? contenders : List.of();
  }

  private void plan(String group, String log, List<String> contenders, String memory) {
    if (options.groups().contains(group)) {
      contenders.forEach(contender -> plans.add(new Plan(group, log, contender, memory)));
    }
  }

  /**
   * Measures.
   *
   * @param afterRound gets all that is measured so far
   */
  List<Measurement> measure(Processes processes, Consumer<List<Measurement>> afterRound)
      throws Exception {
    List<Measurement> measured = new ArrayList<>();
    Set<Plan> failed = new HashSet<>();
    for (int round = 1; round <= options.rounds(); round++) {
      for (Plan plan : plans) {
        // What was too slow or too large once is not waited for again.
        if (failed.contains(plan)) {
          continue;
        }
        Measurement one = processes.measure(plan, round);
        Progress.say(
            "round %d of %d: %s: %s"
                .formatted(
                    round,
                    options.rounds(),
                    plan,
                    one.ok() ? "%.1f s".formatted(one.seconds()) : one.failure()));
        measured.add(one);
        if (!one.ok()) {
          failed.add(plan);
        }
      }
      afterRound.accept(measured);
    }
    return measured;
  }
}
