package dev.throughline.markov;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/** Makes a {@link Chain} of counts. */
final class ChainBuilder {
  private final Moves moves;

  /** Numbers of the states that are kept, and the place of each; -1 for others. */
  private final int[] kept;

  private final int[] place;

  private ChainBuilder(Moves moves) {
    this.moves = moves;
    kept = kept();
    place = new int[moves.to.length];
    Arrays.fill(place, -1);
    for (int i = 0; i < kept.length; i++) {
      place[kept[i]] = i;
    }
  }

  /**
   * The states that a journey can come to and can end from, with their probabilities.
   *
   * @throws IllegalArgumentException if counts or values add up to infinity
   */
  static Chain build(Iterable<Transition> transitions) {
    return new ChainBuilder(new Moves(transitions)).chain();
  }

  private Chain chain() {
    Chain chain = new Chain(Arrays.stream(kept).mapToObj(moves::state).toList());
    for (int i = 0; i < kept.length; i++) {
      int state = kept[i];
      int[] within = within(state);
      chain.leaves[i] = within.length < moves.to[state].length;
      chain.to[i] = new int[within.length];
      chain.probability[i] = new double[within.length];
      for (int j = 0; j < within.length; j++) {
        chain.to[i][j] = place[moves.to[state][within[j]]];
        chain.probability[i][j] = moves.count[state][within[j]] / moves.total[state];
      }
      chain.conversion[i] = conversion(state, moves.count);
      chain.value[i] = conversion(state, moves.value);
    }
    for (int move : within(Moves.START)) {
      chain.start[place[moves.to[Moves.START][move]]] =
          moves.count[Moves.START][move] / moves.total[Moves.START];
    }
    chain.directConversion = conversion(Moves.START, moves.count);
    chain.directValue = conversion(Moves.START, moves.value);
    return chain;
  }

  /** The moves from a state to states that are kept. */
  private int[] within(int state) {
    int[] to = moves.to[state];
    return IntStream.range(0, to.length).filter(move -> place[to[move]] >= 0).toArray();
  }

  private double conversion(int state, double[][] amount) {
    int move = Arrays.binarySearch(moves.to[state], Moves.CONVERSION);
    return move < 0 ? 0 : amount[state][move] / moves.total[state];
  }

  private int[] kept() {
    BitSet kept = reached(moves.to, Moves.START);
    kept.and(reached(Chain.reversed(moves.to), Moves.CONVERSION, Moves.NULL));
    return kept.stream().filter(state -> state >= Moves.TOUCHES).toArray();
  }

  private static BitSet reached(int[][] next, int... first) {
    BitSet seen = new BitSet(next.length);
    int[] open = new int[next.length];
    int end = 0;
    for (int state : first) {
      seen.set(state);
      open[end++] = state;
    }
    for (int begin = 0; begin < end; begin++) {
      for (int state : next[open[begin]]) {
        if (!seen.get(state)) {
          seen.set(state);
          open[end++] = state;
        }
      }
    }
    return seen;
  }
}
