package dev.throughline.bench;

import dev.throughline.markov.MarkovChain;
import dev.throughline.markov.State;
import dev.throughline.markov.Transition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * {@code scripts/bench solver}: how long it takes to find the shares of all members of a Markov
 * chain, from its counted steps on.
 */
public final class Solver {
  private static final int PATHS = 10_000;
  private static final int CHANNELS = 12;

  /** The most channels that a path has, and how probable one more touch is. */
  private static final int MOST_OWN = 4;

  private static final double GOES_ON = 0.8;
  private static final int MOST_ORDER = 4;

  /** Compiled by then: after so long, or so many times. */
  private static final double WARM_SECONDS = 4;

  private static final int WARM_TIMES = 200;
  private static final int ROUNDS = 9;

  private Solver() {}

  /** Measures, and writes the figures down. */
  public static void main(String[] arguments) throws Exception {
    Map<String, Supplier<Collection<Transition>>> chains = new LinkedHashMap<>();
    List<List<String>> paths = paths();
    for (int order = 1; order <= MOST_ORDER; order++) {
      int touches = order;
      chains.put(
          String.format(
              Locale.ROOT,
              "%,d different paths over %d channels, order %d",
              PATHS,
              CHANNELS,
              order),
          () -> counted(paths, touches));
    }
    for (int campaigns : new int[] {200, 500, 2_000}) {
      chains.put(
          String.format(Locale.ROOT, "%,d campaigns, order 1, all neighbours", campaigns),
          () -> allNeighbours(campaigns));
    }
    MarkdownTable table =
        new MarkdownTable("chain", "states", "steps", "first, ms", "median, ms", "slowest, ms");
    for (Map.Entry<String, Supplier<Collection<Transition>>> chain : chains.entrySet()) {
      Progress.say("solving " + chain.getKey());
      table.row(measured(chain.getKey(), chain.getValue().get()));
    }
    String page =
        Conditions.machine()
            + " Milliseconds of the clock: of the first time in the process, and of "
            + ROUNDS
            + " times once the code was compiled.\n\n"
            + table
            + "\n";
    System.out.println(page);
    Path home = Path.of(System.getProperty("throughline.bench.home"));
    Page.replace(home.resolve("docs/performance.md"), Page.SOLVER, page);
  }

  private static String[] measured(String name, Collection<Transition> steps) {
    double first = milliseconds(steps);
    double warm = first;
    for (int i = 0; i < WARM_TIMES && warm < WARM_SECONDS * 1e3; i++) {
      warm += milliseconds(steps);
    }
    double[] times = new double[ROUNDS];
    Arrays.setAll(times, round -> milliseconds(steps));
    Arrays.sort(times);
    List<Transition> onwards =
        steps.stream().filter(step -> !step.from().equals(State.START)).toList();
    long states = onwards.stream().map(Transition::from).distinct().count();
    long between = onwards.stream().filter(step -> step.to().kind() == State.Kind.TOUCHES).count();
    return new String[] {
      name,
      String.format(Locale.ROOT, "%,d", states),
      String.format(Locale.ROOT, "%,d", between),
      number(first),
      number(times[ROUNDS / 2]),
      number(times[ROUNDS - 1])
    };
  }

  private static String number(double milliseconds) {
    return String.format(Locale.ROOT, milliseconds < 10 ? "%.1f" : "%,.0f", milliseconds);
  }

  private static double milliseconds(Collection<Transition> steps) {
    long start = System.nanoTime();
    double sum =
        MarkovChain.of(steps).removalEffects().stream().mapToDouble(effect -> effect.share()).sum();
    double elapsed = (System.nanoTime() - start) / 1e6;
    if (Math.abs(sum - 1) > 1e-9) {
      throw new IllegalStateException("The shares add up to " + sum);
    }
    return elapsed;
  }

  /**
   * Paths that are all different: most are short, and whoever walks one keeps to a few channels.
   */
  private static List<List<String>> paths() {
    Random random = new Random(4_711);
    Set<List<String>> paths = new LinkedHashSet<>();
    while (paths.size() < PATHS) {
      List<String> own = new ArrayList<>();
      for (int i = random.nextInt(MOST_OWN); i >= 0; i--) {
        // Some channels are far more frequent than others.
        own.add("channel " + random.nextInt(1 + random.nextInt(CHANNELS)));
      }
      List<String> path = new ArrayList<>();
      do {
        path.add(own.get(random.nextInt(own.size())));
      } while (random.nextDouble() < GOES_ON);
      paths.add(path);
    }
    return List.copyOf(paths);
  }

  /** The steps of paths between states of so many touches; one in ten paths converts. */
  private static Collection<Transition> counted(List<List<String>> paths, int order) {
    Map<List<State>, Integer> counts = new LinkedHashMap<>();
    Random random = new Random(order);
    for (List<String> path : paths) {
      State last = State.START;
      int length = Math.min(order, path.size());
      for (int end = length; end <= path.size(); end++) {
        State next = State.of(path.subList(end - length, end));
        // To stay is no step: it changes no odds.
        if (!next.equals(last)) {
          counts.merge(List.of(last, next), 1, Integer::sum);
          last = next;
        }
      }
      State end = random.nextInt(10) == 0 ? State.CONVERSION : State.NULL;
      counts.merge(List.of(last, end), 1, Integer::sum);
    }
    List<Transition> steps = new ArrayList<>();
    counts.forEach((ends, count) -> steps.add(new Transition(ends.get(0), ends.get(1), count)));
    return steps;
  }

  /** The largest chain of so many campaigns: journeys went from each to each. */
  private static Collection<Transition> allNeighbours(int campaigns) {
    Random random = new Random(campaigns);
    List<State> states = new ArrayList<>();
    for (int i = 0; i < campaigns; i++) {
      states.add(State.of("campaign " + i));
    }
    List<Transition> steps = new ArrayList<>();
    for (State from : states) {
      steps.add(new Transition(State.START, from, 1 + random.nextInt(1_000)));
      steps.add(new Transition(from, State.NULL, 1 + random.nextInt(100 * campaigns)));
      steps.add(new Transition(from, State.CONVERSION, 1 + random.nextInt(10 * campaigns), 1));
      for (State to : states) {
        if (!to.equals(from)) {
          steps.add(new Transition(from, to, 1 + random.nextInt(1_000)));
        }
      }
    }
    return steps;
  }
}
