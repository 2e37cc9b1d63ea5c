package dev.throughline.markov;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Journeys as a Markov chain, and what would be lost without each of their members (Anderl, Becker,
 * von Wangenheim, Schumann, Mapping the customer journey, International Journal of Research in
 * Marketing 33, 2016, 457–474), solved exactly: linear systems from one factorisation, no
 * simulation.
 *
 * <p>A transition's probability is its count ÷ the counts of all transitions out of its state. A
 * state from which no end can be reached leads to null. Results do not depend on the order of the
 * transitions, to the last bit.
 */
public final class MarkovChain {
  /**
   * The most states of touches of a chain, without those that no journey reaches. Chains of up to
   * 24,000 states made of random journeys took up to 50 seconds on one core and less than 1 GiB.
   * Chains with fewer states are refused as well where an estimate says that they would take
   * longer.
   */
  public static final int MOST_STATES = 30_000;

  private final Chain chain;
  private final List<String> members;
  private final Removals removals;
  private final Visits visits;
  private final double[] conversions;
  private final double[] values;
  private final double probability;
  private final double value;

  private MarkovChain(
      Collection<Transition> transitions, BiFunction<Chain, Integer, Visits> method) {
    members = membersOf(transitions);
    chain = ChainBuilder.build(transitions);
    if (chain.size() > MOST_STATES) {
      throw new ChainTooLargeException(chain.size(), "the most is " + MOST_STATES);
    }
    removals = new Removals(chain);
    visits = method.apply(chain, removals.columns());
    conversions = visits.earning(chain.conversion);
    values = visits.earning(chain.value);
    probability = chain.directConversion + Removals.product(chain.start, conversions);
    value = chain.directValue + Removals.product(chain.start, values);
  }

  /**
   * The chain of these transitions; several between the same two states are added up.
   *
   * @throws IllegalArgumentException if counts or values add up to infinity, or some states form a
   *     cycle that is left less than about once in 10¹⁵ times
   * @throws ChainTooLargeException if there are more than {@link #MOST_STATES} states, or too many
   *     are neighbours
   */
  public static MarkovChain of(Collection<Transition> transitions) {
    return new MarkovChain(transitions, Visits::of);
  }

  static MarkovChain of(
      Collection<Transition> transitions, BiFunction<Chain, Integer, Visits> method) {
    return new MarkovChain(transitions, method);
  }

  /** Probability that a journey converts, 0 to 1. */
  public double conversionProbability() {
    return probability;
  }

  /**
   * What a journey earns on average, in the unit of the values. To leave a state for the conversion
   * earns the values of that transition ÷ the counts of all transitions out of the state.
   */
  public double expectedValue() {
    return value;
  }

  /**
   * The effects of removing each member that occurs in a transition, even if its count is 0; sorted
   * by member.
   *
   * <p>Computed at each call; takes time.
   */
  public List<RemovalEffect> removalEffects() {
    double[] without = new double[members.size()];
    double[] valueWithout = new double[members.size()];
    // Each is on its own, and writes to its own places.
    IntStream.range(0, without.length)
        .parallel()
        .forEach(
            i -> {
              double[] both = removals.without(members.get(i), visits, conversions, values);
              without[i] = within(chain.directConversion + both[0], probability);
              valueWithout[i] = within(chain.directValue + both[1], value);
            });
    double sum = 0;
    double valueSum = 0;
    for (int i = 0; i < without.length; i++) {
      sum += lost(without[i], probability);
      valueSum += lost(valueWithout[i], value);
    }
    List<RemovalEffect> effects = new ArrayList<>(without.length);
    for (int i = 0; i < without.length; i++) {
      double effect = lost(without[i], probability);
      double valueEffect = lost(valueWithout[i], value);
      effects.add(
          new RemovalEffect(
              members.get(i),
              without[i],
              effect,
              sum == 0 ? 0 : effect / sum,
              valueWithout[i],
              valueEffect,
              valueSum == 0 ? 0 : valueEffect / valueSum));
    }
    return effects;
  }

  private static List<String> membersOf(Collection<Transition> transitions) {
    TreeSet<String> members = new TreeSet<>();
    for (Transition transition : transitions) {
      members.addAll(transition.from().members());
      members.addAll(transition.to().members());
    }
    return List.copyOf(members);
  }

  /** Rounding can lead out of the range by its last digits. */
  private static double within(double without, double all) {
    return Math.min(Math.max(without, 0), all);
  }

  private static double lost(double without, double all) {
    return all == 0 ? 0 : 1 - without / all;
  }
}
