package dev.throughline.markov;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.ejml.concurrency.EjmlConcurrency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against chains rebuilt without a member and solved by other methods. */
class RemovalEffectsTest {
  private static final double TOLERANCE = 1e-9;

  @ParameterizedTest
  @CsvSource({"1,5", "2,4", "3,3", "4,3"})
  void agreeWithFractions(int order, int members) {
    for (long seed = 1; seed <= 3; seed++) {
      compare(new Cut(order).random(seed, members, 12, 7).transitions(), Fractions::solve);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,12,400", "2,12,300", "3,8,200", "4,12,150", "4,3,300"})
  void agreeWithStateReduction(int order, int members, int journeys) {
    for (long seed = 1; seed <= 3; seed++) {
      compare(
          new Cut(order).random(seed, members, journeys, 11).transitions(), StateReduction::solve);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void needNoOrderlyTransitions(long seed) {
    compare(anyTransitions(seed, 30, 90), StateReduction::solve);
    compare(anyTransitions(seed, 120, 900), StateReduction::solve);
  }

  @Test
  void areTheSameBySparseAndDenseFactors() {
    List<Transition> transitions = new Cut(3).random(4, 12, 3_000, 9).transitions();
    assertTrue(ChainBuilder.build(transitions).size() > 900, "blocks within blocks");
    MarkovChain dense = MarkovChain.of(transitions, RemovalEffectsTest::dense);
    MarkovChain sparse = MarkovChain.of(transitions, RemovalEffectsTest::sparse);
    assertEquals(dense.expectedValue(), sparse.expectedValue(), TOLERANCE);
    assertClose(dense.removalEffects(), sparse.removalEffects(), 1e-12);
  }

  /** To the last bit: shares are published, and no two nights may differ by what else ran. */
  @Test
  void areTheSameOnOneCoreAndOnMany() throws Exception {
    List<Transition> transitions = new Cut(1).random(5, 700, 6_000, 9).transitions();
    assertTrue(ChainBuilder.build(transitions).size() > 600, "products large enough to be shared");
    Callable<List<RemovalEffect>> solved =
        () -> MarkovChain.of(transitions, RemovalEffectsTest::dense).removalEffects();
    List<List<RemovalEffect>> results = new ArrayList<>();
    try {
      for (int cores : new int[] {1, 2, 5}) {
        EjmlConcurrency.setMaxThreads(cores);
        ForkJoinPool pool = new ForkJoinPool(cores);
        results.add(pool.submit(solved).get());
        pool.shutdown();
      }
    } finally {
      EjmlConcurrency.setMaxThreads(Runtime.getRuntime().availableProcessors());
    }
    assertEquals(results.get(0), results.get(1));
    assertEquals(results.get(0), results.get(2));
  }

  @Test
  void areOfTheMethodThatCostsLess() {
    assertTrue(visitsOf(new Cut(1).random(1, 12, 500, 9)) instanceof DenseVisits);
    assertTrue(visitsOf(new Cut(4).random(1, 12, 500, 9)) instanceof SparseVisits);
  }

  /** Ties would move pivots, and one pivot moved fills factors that were to stay sparse. */
  @ParameterizedTest
  @CsvSource({"1,2000", "2,60", "4,8"})
  void factorsHaveTheEntriesThatTheOrderPromises(int order, int members) {
    Chain chain = ChainBuilder.build(new Cut(order).random(2, members, 2_000, 6).transitions());
    Elimination elimination = new Elimination(chain, 1, Double.MAX_VALUE);
    SparseVisits visits = new SparseVisits(chain, elimination.order());
    assertEquals(elimination.entries(), visits.entries());
  }

  private static Visits visitsOf(Cut cut) {
    Chain chain = ChainBuilder.build(cut.transitions());
    return Visits.of(chain, new Removals(chain).columns());
  }

  private static Visits dense(Chain chain, int columns) {
    return new DenseVisits(chain);
  }

  private static Visits sparse(Chain chain, int columns) {
    return new SparseVisits(chain, new Elimination(chain, columns, Double.MAX_VALUE).order());
  }

  private static void compare(
      List<Transition> transitions, Function<List<Transition>, double[]> reference) {
    List<RemovalEffect> expected = expected(transitions, reference);
    double[] all = reference.apply(transitions);
    for (BiFunction<Chain, Integer, Visits> method :
        List.<BiFunction<Chain, Integer, Visits>>of(
            RemovalEffectsTest::dense, RemovalEffectsTest::sparse)) {
      MarkovChain chain = MarkovChain.of(transitions, method);
      assertEquals(all[0], chain.conversionProbability(), TOLERANCE);
      assertEquals(all[1], chain.expectedValue(), TOLERANCE * Math.max(1, all[1]));
      assertClose(expected, chain.removalEffects(), TOLERANCE);
    }
  }

  private static List<RemovalEffect> expected(
      List<Transition> transitions, Function<List<Transition>, double[]> reference) {
    double[] all = reference.apply(transitions);
    List<String> members =
        transitions.stream().flatMap(t -> t.to().members().stream()).distinct().sorted().toList();
    List<double[]> without =
        members.stream()
            .map(member -> reference.apply(StateReduction.without(member, transitions)))
            .toList();
    double sum = without.stream().mapToDouble(left -> lost(left[0], all[0])).sum();
    double valueSum = without.stream().mapToDouble(left -> lost(left[1], all[1])).sum();
    List<RemovalEffect> expected = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      double effect = lost(without.get(i)[0], all[0]);
      double valueEffect = lost(without.get(i)[1], all[1]);
      expected.add(
          new RemovalEffect(
              members.get(i),
              without.get(i)[0],
              effect,
              sum == 0 ? 0 : effect / sum,
              without.get(i)[1],
              valueEffect,
              valueSum == 0 ? 0 : valueEffect / valueSum));
    }
    return expected;
  }

  private static double lost(double without, double all) {
    return all == 0 ? 0 : (all - without) / all;
  }

  private static void assertClose(
      List<RemovalEffect> expected, List<RemovalEffect> actual, double tolerance) {
    assertEquals(names(expected), names(actual));
    for (int i = 0; i < expected.size(); i++) {
      RemovalEffect left = expected.get(i);
      RemovalEffect right = actual.get(i);
      assertEquals(left.probabilityWithout(), right.probabilityWithout(), tolerance);
      assertEquals(left.effect(), right.effect(), tolerance);
      assertEquals(left.share(), right.share(), tolerance);
      double scale = Math.max(1, left.valueWithout());
      assertEquals(left.valueWithout(), right.valueWithout(), tolerance * scale);
      assertEquals(left.valueEffect(), right.valueEffect(), tolerance);
      assertEquals(left.valueShare(), right.valueShare(), tolerance);
    }
  }

  private static List<String> names(List<RemovalEffect> effects) {
    return effects.stream().map(RemovalEffect::member).toList();
  }

  /** Moves that no journey could make: loops, states beyond reach, cycles that nothing leaves. */
  private static List<Transition> anyTransitions(long seed, int states, int moves) {
    Random random = new Random(seed);
    List<State> touches = new ArrayList<>();
    for (int i = 0; i < states; i++) {
      List<String> members = new ArrayList<>();
      for (int j = random.nextInt(3); j >= 0; j--) {
        members.add("m" + random.nextInt(9));
      }
      touches.add(State.of(members));
    }
    List<Transition> transitions = new ArrayList<>();
    for (int i = 0; i < moves; i++) {
      State from = i % 20 == 0 ? State.START : touches.get(random.nextInt(states));
      int end = random.nextInt(12);
      if (end == 0) {
        transitions.add(new Transition(from, State.CONVERSION, 1, random.nextInt(50)));
      } else {
        State to = end == 1 ? State.NULL : touches.get(random.nextInt(states));
        transitions.add(new Transition(from, to, random.nextInt(5) + 0.5));
      }
    }
    return transitions;
  }
}
