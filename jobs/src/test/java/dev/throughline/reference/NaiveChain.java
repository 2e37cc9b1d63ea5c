package dev.throughline.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A chain of the states of journeys, solved by taking out one state after the other (Grassmann,
 * Taksar, Heyman): sums, products and quotients of numbers above zero, no difference.
 */
final class NaiveChain {
  // No state is without members, and no member without a name.
  static final List<String> START = List.of();
  static final List<String> CONVERSION = List.of("", "conversion");
  static final List<String> NULL = List.of("", "null");

  /** How likely a journey converts, and what it is worth, on average. */
  record Outcome(double probability, double value) {}

  /** From one state on: by how many steps to each other one, to an end, and what ends are worth. */
  private static final class Exits {
    final Map<List<String>, Double> steps = new HashMap<>();
    double ends;
    double converts;
    double value;

    void add(Exits other, double times, List<String> without) {
      other.steps.forEach(
          (to, steps) -> {
            if (!to.equals(without)) {
              this.steps.merge(to, steps * times, Double::sum);
            }
          });
      ends += other.ends * times;
      converts += other.converts * times;
      value += other.value * times;
    }

    /** All that goes elsewhere. */
    double leaves(List<String> state) {
      double sum = ends;
      for (Map.Entry<List<String>, Double> step : steps.entrySet()) {
        sum += step.getKey().equals(state) ? 0 : step.getValue();
      }
      return sum;
    }
  }

  private final int order;

  /** Counts of steps by the state left and the state entered, both as lists of members. */
  final Map<List<String>, Map<List<String>, Double>> counts = new HashMap<>();

  /** Worth of the conversions in which journeys ended, by the state before. */
  final Map<List<String>, Double> values = new HashMap<>();

  /**
   * @param order how many touches a state holds
   */
  NaiveChain(int order) {
    this.order = order;
  }

  static List<List<String>> states(List<String> members, int order) {
    List<List<String>> states = new ArrayList<>();
    for (int i = 0; i < Math.max(1, members.size() - order + 1); i++) {
      List<String> run = members.subList(i, Math.min(members.size(), i + order));
      if (i == 0 || !states.get(states.size() - 1).equals(run)) {
        states.add(run);
      }
    }
    return states;
  }

  /** Adds journeys of these members; times may be a part of one. */
  void add(List<String> members, boolean converted, double times, double value) {
    List<String> at = START;
    for (List<String> state : states(members, order)) {
      step(at, state, times);
      at = state;
    }
    step(at, converted ? CONVERSION : NULL, times);
    if (converted) {
      values.merge(at, value * times, Double::sum);
    }
  }

  private void step(List<String> from, List<String> to, double times) {
    counts.computeIfAbsent(from, key -> new HashMap<>()).merge(to, times, Double::sum);
  }

  double count(List<String> from) {
    return counts.get(from).values().stream().mapToDouble(Double::doubleValue).sum();
  }

  Set<String> members() {
    Set<String> members = new TreeSet<>();
    counts.keySet().forEach(members::addAll);
    return members;
  }

  /**
   * @param without a member all of whose states lead to nothing; null for the chain as it is
   */
  Outcome solve(String without) {
    Map<List<String>, Exits> exits = new HashMap<>();
    Map<List<String>, Set<List<String>>> sources = new HashMap<>();
    counts.forEach(
        (from, steps) -> {
          Exits of = without != null && from.contains(without) ? nowhere() : exits(from, steps);
          exits.put(from, of);
          of.steps.keySet().forEach(to -> source(sources, to, from));
        });
    Comparator<List<String>> fewFirst =
        Comparator.comparing(
            state ->
                (long) exits.get(state).steps.size()
                    * sources.getOrDefault(state, Set.of()).size());
    List<List<String>> states = new ArrayList<>(exits.keySet());
    states.remove(START);
    states.sort(fewFirst);
    for (List<String> state : states) {
      Exits gone = exits.remove(state);
      double leaves = gone.leaves(state);
      for (List<String> source : sources.getOrDefault(state, Set.of())) {
        Exits before = exits.get(source);
        Double steps = before == null ? null : before.steps.remove(state);
        if (steps != null) {
          before.add(gone, steps / leaves, state);
          gone.steps.keySet().forEach(to -> source(sources, to, source));
        }
      }
    }
    Exits start = exits.get(START);
    return new Outcome(start.converts / start.ends, start.value / start.ends);
  }

  private static void source(
      Map<List<String>, Set<List<String>>> sources, List<String> to, List<String> from) {
    sources.computeIfAbsent(to, key -> new TreeSet<>(BY_MEMBERS)).add(from);
  }

  /** Any total order makes the sums the same every time. */
  private static final Comparator<List<String>> BY_MEMBERS =
      Comparator.comparing(state -> String.join("\u0000", state));

  private static Exits nowhere() {
    Exits exits = new Exits();
    exits.ends = 1;
    return exits;
  }

  private Exits exits(List<String> from, Map<List<String>, Double> steps) {
    Exits exits = new Exits();
    double all = count(from);
    steps.forEach(
        (to, count) -> {
          if (to.equals(CONVERSION) || to.equals(NULL)) {
            exits.ends += count / all;
          } else {
            exits.steps.merge(to, count / all, Double::sum);
          }
        });
    exits.converts = steps.getOrDefault(CONVERSION, 0.0) / all;
    exits.value = values.getOrDefault(from, 0.0) / all;
    return exits;
  }

  /** The outcome without each member. */
  Map<String, Outcome> removals() {
    Map<String, Outcome> removals = new TreeMap<>();
    members().forEach(member -> removals.put(member, solve(member)));
    return removals;
  }

  /** What each member's removal costs, as a part: by probability, then by value. */
  static Map<String, double[]> lost(Outcome whole, Map<String, Outcome> removals) {
    Map<String, double[]> lost = new TreeMap<>();
    removals.forEach(
        (member, without) ->
            lost.put(
                member,
                new double[] {
                  lost(without.probability(), whole.probability()),
                  lost(without.value(), whole.value())
                }));
    return lost;
  }

  private static double lost(double without, double whole) {
    return whole == 0 ? 0 : 1 - without / whole;
  }

  /** Parts of the sum of each column; 0 where it is 0. */
  static Map<String, double[]> shares(Map<String, double[]> amounts) {
    double[] sums = new double[2];
    amounts.values().forEach(a -> IntStream.range(0, 2).forEach(i -> sums[i] += a[i]));
    Map<String, double[]> shares = new TreeMap<>();
    amounts.forEach(
        (member, a) ->
            shares.put(
                member,
                new double[] {
                  sums[0] == 0 ? 0 : a[0] / sums[0], sums[1] == 0 ? 0 : a[1] / sums[1]
                }));
    return shares;
  }
}
