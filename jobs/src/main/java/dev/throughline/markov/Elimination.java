package dev.throughline.markov;

import java.util.Arrays;
import java.util.BitSet;

/**
 * In which order to eliminate the states of a chain so that few new neighbours arise, and what that
 * will cost. Next is always the state with the fewest pairs of a state before and a state after it
 * (Markowitz, Management Science 3, 1957, 255–269): each such pair becomes neighbours when the
 * state between them goes.
 */
final class Elimination {
  /** Nanoseconds that a chain may cost, as estimated. */
  static final double MOST_COST = 4e10;

  /**
   * Measured with EJML 0.44 on OpenJDK 17: one number of a factor in the solution of one column.
   */
  private static final double NANOS_PER_ENTRY = 1.5;

  /** Measured likewise: one multiplication while the factors are made. */
  private static final double NANOS_PER_UPDATE = 3;

  private final int[] order;
  private long entries;
  private double cost;

  /**
   * Finds the order for a chain.
   *
   * @param columns how many columns of N will be asked for
   * @param mostCost estimated nanoseconds for factors and columns; beyond them the search is given
   *     up
   */
  Elimination(Chain chain, int columns, double mostCost) {
    int n = chain.size();
    order = new int[n];
    long moves = Arrays.stream(chain.to).mapToLong(row -> row.length).sum();
    if (NANOS_PER_ENTRY * moves * columns > mostCost) {
      entries = moves;
      cost = NANOS_PER_ENTRY * moves * columns;
      return;
    }
    Neighbours after = new Neighbours(chain.to);
    Neighbours before = new Neighbours(chain.from());
    BitSet left = new BitSet(n);
    left.set(0, n);
    for (int step = 0; step < n && cost <= mostCost; step++) {
      int next = cheapest(left, before, after);
      order[step] = next;
      left.clear(next);
      int[] sources = before.of(next);
      int[] targets = after.of(next);
      for (int source : sources) {
        after.inherit(source, next);
      }
      for (int target : targets) {
        before.inherit(target, next);
      }
      long added = sources.length + targets.length + 2L;
      entries += added;
      cost += NANOS_PER_ENTRY * added * columns;
      cost += NANOS_PER_UPDATE * sources.length * targets.length;
    }
  }

  /** The states, first to be eliminated first; whole only if the cost is within its limit. */
  int[] order() {
    return order.clone();
  }

  /** Numbers in the two factors, if rows and columns go in this order. */
  long entries() {
    return entries;
  }

  /** Estimated nanoseconds. */
  double cost() {
    return cost;
  }

  private static int cheapest(BitSet left, Neighbours before, Neighbours after) {
    int cheapest = -1;
    long fewest = Long.MAX_VALUE;
    for (int state = left.nextSetBit(0); state >= 0; state = left.nextSetBit(state + 1)) {
      long pairs = (long) before.count(state) * after.count(state);
      if (pairs < fewest) {
        cheapest = state;
        fewest = pairs;
      }
    }
    return cheapest;
  }

  /** Sets of states that are left, as bits: unions of them are what takes time. */
  private static final class Neighbours {
    private final BitSet[] sets;
    private final int[] counts;

    Neighbours(int[][] lists) {
      sets = new BitSet[lists.length];
      counts = new int[lists.length];
      for (int state = 0; state < lists.length; state++) {
        sets[state] = new BitSet(lists.length);
        Arrays.stream(lists[state]).forEach(sets[state]::set);
        counts[state] = lists[state].length;
      }
    }

    int count(int state) {
      return counts[state];
    }

    int[] of(int state) {
      return sets[state].stream().toArray();
    }

    void inherit(int heir, int gone) {
      BitSet set = sets[heir];
      set.or(sets[gone]);
      set.clear(gone);
      set.clear(heir);
      counts[heir] = set.cardinality();
    }
  }
}
