package dev.throughline.markov;

import java.util.Arrays;
import java.util.List;

/**
 * Transition probabilities among the states that count: those that a journey can come to and can
 * end from. What is missing from the sum of a state's probabilities leads to null.
 *
 * <p>No state leads to itself. Whoever stays leaves in the end by the same odds as if he had not
 * stayed, so steps in place change neither a probability nor a mean value.
 */
final class Chain {
  /** Sorted; the other fields go by the place of a state in this list. */
  final List<State> states;

  /** The states that follow each state, rising. */
  final int[][] to;

  /** The probabilities of those moves. */
  final double[][] probability;

  /** Whether a state also leads to an end, or to states that are left out. */
  final boolean[] leaves;

  /** Probability that a journey begins in a state. */
  final double[] start;

  /** Probability that a journey converts on leaving a state. */
  final double[] conversion;

  /** Mean value that a journey earns on leaving a state. */
  final double[] value;

  /** Probability that a journey converts without a touch, and the mean value that it earns so. */
  double directConversion;

  double directValue;

  /** A chain without moves. */
  Chain(List<State> states) {
    this.states = List.copyOf(states);
    to = new int[size()][];
    probability = new double[size()][];
    leaves = new boolean[size()];
    start = new double[size()];
    conversion = new double[size()];
    value = new double[size()];
  }

  int size() {
    return states.size();
  }

  /** For each state, the fewest moves before the one that leaves the chain. */
  int[] distances() {
    int[] distances = new int[size()];
    Arrays.fill(distances, -1);
    int[] open = new int[size()];
    int end = 0;
    for (int state = 0; state < size(); state++) {
      if (leaves[state]) {
        distances[state] = 0;
        open[end++] = state;
      }
    }
    int[][] from = from();
    for (int begin = 0; begin < end; begin++) {
      for (int before : from[open[begin]]) {
        if (distances[before] < 0) {
          distances[before] = distances[open[begin]] + 1;
          open[end++] = before;
        }
      }
    }
    return distances;
  }

  /** The states that lead to each state, rising. */
  int[][] from() {
    return reversed(to);
  }

  /** For each number, the lists that hold it, rising. */
  static int[][] reversed(int[][] lists) {
    int[] sizes = new int[lists.length];
    for (int[] list : lists) {
      for (int number : list) {
        sizes[number]++;
      }
    }
    int[][] reversed = Arrays.stream(sizes).mapToObj(int[]::new).toArray(int[][]::new);
    Arrays.fill(sizes, 0);
    for (int i = 0; i < lists.length; i++) {
      for (int number : lists[i]) {
        reversed[number][sizes[number]++] = i;
      }
    }
    return reversed;
  }
}
