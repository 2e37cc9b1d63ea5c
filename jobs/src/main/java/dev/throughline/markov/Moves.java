package dev.throughline.markov;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Transitions with numbers for states, by the state that they leave: those that happened and that
 * lead elsewhere, one between any two states. All is sorted before it is added up, so that the
 * order of the transitions cannot change the last digit of a sum.
 */
final class Moves {
  /** Numbers of the start and of the ends; states of touches follow, sorted. */
  static final int START = 0;

  static final int CONVERSION = 1;
  static final int NULL = 2;
  static final int TOUCHES = 3;

  private static final Comparator<Transition> BY_AMOUNT =
      Comparator.comparingDouble(Transition::count).thenComparingDouble(Transition::value);

  private final List<State> states;

  /** By state, the states that follow, rising; counts and values of these moves; sum of counts. */
  final int[][] to;

  final double[][] count;
  final double[][] value;
  final double[] total;

  Moves(Iterable<Transition> all) {
    List<Transition> transitions = new ArrayList<>();
    for (Transition transition : all) {
      if (transition.count() > 0 && !transition.from().equals(transition.to())) {
        transitions.add(transition);
      }
    }
    int[] from = new int[transitions.size()];
    int[] target = new int[transitions.size()];
    states = number(transitions, from, target);
    to = new int[states.size()][];
    count = new double[states.size()][];
    value = new double[states.size()][];
    total = new double[states.size()];
    long[][] rows = rows(from, target);
    for (int state = 0; state < rows.length; state++) {
      merge(state, rows[state], transitions);
    }
  }

  State state(int number) {
    return states.get(number);
  }

  /**
   * Sets the numbers of the states that transitions lead from and to; returns the states by number.
   */
  private static List<State> number(List<Transition> transitions, int[] from, int[] to) {
    Map<State, Integer> found = new HashMap<>();
    List<State> states = new ArrayList<>(List.of(State.START, State.CONVERSION, State.NULL));
    states.forEach(state -> found.put(state, found.size()));
    for (int i = 0; i < from.length; i++) {
      from[i] = found.computeIfAbsent(transitions.get(i).from(), state -> found.size());
      to[i] = found.computeIfAbsent(transitions.get(i).to(), state -> found.size());
    }
    found.keySet().stream().filter(State::isTouches).sorted().forEach(states::add);
    int[] numbers = new int[states.size()];
    for (int number = 0; number < numbers.length; number++) {
      numbers[found.get(states.get(number))] = number;
    }
    Arrays.setAll(from, i -> numbers[from[i]]);
    Arrays.setAll(to, i -> numbers[to[i]]);
    return states;
  }

  /** By state, its transitions by where they lead: that number above, the transition's below. */
  private long[][] rows(int[] from, int[] target) {
    int[] sizes = new int[states.size()];
    for (int state : from) {
      sizes[state]++;
    }
    long[][] rows = Arrays.stream(sizes).mapToObj(long[]::new).toArray(long[][]::new);
    for (int i = 0; i < from.length; i++) {
      rows[from[i]][--sizes[from[i]]] = (long) target[i] << Integer.SIZE | i;
    }
    for (long[] row : rows) {
      Arrays.sort(row);
    }
    return rows;
  }

  private void merge(int state, long[] row, List<Transition> transitions) {
    int size = (int) Arrays.stream(row).map(key -> key >> Integer.SIZE).distinct().count();
    to[state] = new int[size];
    count[state] = new double[size];
    value[state] = new double[size];
    int begin = 0;
    for (int move = 0; move < size; move++) {
      int target = (int) (row[begin] >> Integer.SIZE);
      int end = begin + 1;
      while (end < row.length && row[end] >> Integer.SIZE == target) {
        end++;
      }
      to[state][move] = target;
      for (Transition transition : same(transitions, row, begin, end)) {
        count[state][move] += transition.count();
        value[state][move] += transition.value();
      }
      total[state] += count[state][move];
      if (Double.isInfinite(total[state]) || Double.isInfinite(value[state][move])) {
        throw new IllegalArgumentException("Counts or values add up to infinity");
      }
      begin = end;
    }
  }

  private static List<Transition> same(List<Transition> all, long[] row, int begin, int end) {
    if (end == begin + 1) {
      return List.of(all.get((int) row[begin]));
    }
    return Arrays.stream(row, begin, end)
        .mapToObj(key -> all.get((int) key))
        .sorted(BY_AMOUNT)
        .toList();
  }
}
