package dev.throughline.markov;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.lu.LUDecompositionAlt_DDRM;
import org.ejml.dense.row.linsol.lu.LinearSolverLu_DDRM;

/**
 * What a journey earns when it ends at the first state with a given member.
 *
 * <p>Let F be the states with the member that follow directly on some state without it: whoever
 * begins without the member comes first to F or never meets the member. Visits to F of journeys
 * that begin without it are v = u N<sub>FF</sub>, where u are their first arrivals and N the
 * expected visits in the whole chain. So u comes from one small system, and what is lost is u times
 * what journeys earn from F on. N<sub>FF</sub> is a principal block of the inverse of I − Q and has
 * an inverse itself. Where states are single touches, F is one state and this is visits × earning ÷
 * N<sub>ff</sub>.
 */
final class Removals {
  private static final int[] NONE = {};

  private final Chain chain;

  /**
   * By member, the states with it, and those of them that follow directly on a state without it.
   */
  private final Map<String, int[]> states;

  private final Map<String, int[]> entries = new TreeMap<>();

  Removals(Chain chain) {
    this.chain = chain;
    states = states(chain);
    int[][] from = chain.from();
    states.forEach(
        (member, with) ->
            entries.put(
                member,
                Arrays.stream(with)
                    .filter(state -> followsOneWithout(member, from[state], chain))
                    .toArray()));
  }

  /** How many columns of N are needed for all members. */
  int columns() {
    return entries.values().stream().mapToInt(states -> states.length).sum();
  }

  /**
   * What a journey that begins within the chain earns without a member, for each earning of {@code
   * earnings}: what a journey earns from each state on.
   */
  double[] without(String member, Visits visits, double[]... earnings) {
    double[] start = chain.start.clone();
    for (int state : states.getOrDefault(member, NONE)) {
      start[state] = 0;
    }
    double[] arrivals = arrivals(entries.getOrDefault(member, NONE), start, visits);
    return Arrays.stream(earnings)
        .mapToDouble(earning -> product(start, earning) - product(arrivals, earning))
        .toArray();
  }

  /** First arrivals at each of the entries, as numbers by state. */
  private static double[] arrivals(int[] entries, double[] start, Visits visits) {
    double[] arrivals = new double[start.length];
    if (entries.length == 0) {
      return arrivals;
    }
    DMatrixRMaj among = new DMatrixRMaj(entries.length, entries.length);
    DMatrixRMaj first = new DMatrixRMaj(entries.length, 1);
    for (int i = 0; i < entries.length; i++) {
      double[] column = visits.to(entries[i]);
      first.data[i] = product(start, column);
      for (int j = 0; j < entries.length; j++) {
        among.data[i * entries.length + j] = column[entries[j]];
      }
    }
    LUDecompositionAlt_DDRM factors = new LUDecompositionAlt_DDRM();
    LinearSolverLu_DDRM solver = new LinearSolverLu_DDRM(factors);
    if (!solver.setA(among) || factors.isSingular()) {
      throw Singular.exception();
    }
    solver.solve(first, first);
    for (int i = 0; i < entries.length; i++) {
      arrivals[entries[i]] = first.data[i];
    }
    return arrivals;
  }

  /** By member, the states with it. */
  private static Map<String, int[]> states(Chain chain) {
    Map<String, List<Integer>> states = new TreeMap<>();
    for (int state = 0; state < chain.size(); state++) {
      for (String member : Set.copyOf(chain.states.get(state).members())) {
        states.computeIfAbsent(member, name -> new ArrayList<>()).add(state);
      }
    }
    Map<String, int[]> arrays = new TreeMap<>();
    states.forEach((member, list) -> arrays.put(member, list.stream().mapToInt(i -> i).toArray()));
    return arrays;
  }

  private static boolean followsOneWithout(String member, int[] before, Chain chain) {
    return Arrays.stream(before)
        .anyMatch(state -> !chain.states.get(state).members().contains(member));
  }

  static double product(double[] left, double[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += left[i] * right[i];
    }
    return sum;
  }
}
