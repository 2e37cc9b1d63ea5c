package dev.throughline.markov;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkovChainTest {
  private static final double LAST_DIGITS = 1e-12;

  /**
   * The example of S. Bryl, Marketing multi-channel attribution model with R, part 1: Markov chains
   * concept (analyzecore.com, 3 August 2016): three journeys, of which one converts.
   */
  @Test
  void findsThePublishedEffectsOfThreeChannels() {
    MarkovChain chain =
        new Cut(1)
            .add(1, 0, 0, "C1", "C2", "C3")
            .add(0, 0, 1, "C1")
            .add(0, 0, 1, "C2", "C3")
            .solved();
    assertEquals(1.0 / 3, chain.conversionProbability(), LAST_DIGITS);
    assertEffects(chain, "C1 0.500 0.200, C2 1.000 0.400, C3 1.000 0.400");
  }

  /**
   * Journeys and transition probabilities of S. Puzyrov, Markov chain attribution, simple
   * explanation of removal effect (serhiipuzyrov.com, July 2019): four of five journeys convert.
   * Without Google Ads 0.2 convert at once by mailing; without mailing 0.8 · 0.5.
   */
  @Test
  void findsTheEffectsOfTwoChannelsByHand() {
    MarkovChain chain =
        new Cut(1)
            .add(2, 60, 1, "google ads")
            .add(1, 10, 0, "mailing")
            .add(1, 30, 0, "google ads", "mailing")
            .solved();
    assertEquals(0.8, chain.conversionProbability(), LAST_DIGITS);
    assertEffects(chain, "google ads 0.750 0.600, mailing 0.500 0.400");
    // 60 ÷ 4 at Google Ads, which 0.8 reach; 40 ÷ 2 at mailing, which 0.2 + 0.8 · 0.25 reach.
    assertEquals(20, chain.expectedValue(), LAST_DIGITS);
    List<RemovalEffect> effects = chain.removalEffects();
    assertEquals(4, effects.get(0).valueWithout(), LAST_DIGITS);
    assertEquals(12, effects.get(1).valueWithout(), LAST_DIGITS);
    assertEquals(0.8, effects.get(0).valueEffect(), LAST_DIGITS);
    assertEquals(0.4 / 1.2, effects.get(1).valueShare(), LAST_DIGITS);
  }

  @Test
  void removesEveryStateThatContainsTheMember() {
    MarkovChain chain =
        new Cut(2).add(1, 0, 1, "a", "b", "c").add(1, 0, 0, "b", "c").add(0, 0, 1, "a").solved();
    // 2 of 4 begin with ab, 1 with bc, 1 with a; bc converts 2 of 3 times.
    assertEquals(0.5, chain.conversionProbability(), LAST_DIGITS);
    List<RemovalEffect> effects = chain.removalEffects();
    assertEquals(1.0 / 6, effects.get(0).probabilityWithout(), LAST_DIGITS);
    assertEquals(0, effects.get(1).probabilityWithout(), LAST_DIGITS);
    assertEquals(0, effects.get(2).probabilityWithout(), LAST_DIGITS);
  }

  @Test
  void answersWithoutTransitions() {
    MarkovChain chain = MarkovChain.of(List.of());
    assertEquals(0, chain.conversionProbability());
    assertEquals(0, chain.expectedValue());
    assertEquals(List.of(), chain.removalEffects());
  }

  @Test
  void answersWhereNothingConverts() {
    MarkovChain chain = new Cut(1).add(0, 0, 3, "a", "b").solved();
    assertEquals(0, chain.conversionProbability());
    assertEquals(List.of(nothing("a", 0), nothing("b", 0)), chain.removalEffects());
  }

  @Test
  void answersWhereNothingHasAValue() {
    MarkovChain chain = new Cut(1).add(1, 0, 1, "a").solved();
    assertEquals(List.of(new RemovalEffect("a", 0, 1, 1, 0, 0, 0)), chain.removalEffects());
  }

  @Test
  void answersWhereJourneysConvertWithoutATouch() {
    MarkovChain chain =
        MarkovChain.of(
            List.of(
                new Transition(State.START, State.CONVERSION, 1, 8),
                new Transition(State.START, State.of("a"), 3),
                new Transition(State.of("a"), State.NULL, 3)));
    assertEquals(0.25, chain.conversionProbability());
    assertEquals(2, chain.expectedValue());
    assertEquals(List.of(new RemovalEffect("a", 0.25, 0, 0, 2, 0, 0)), chain.removalEffects());
  }

  @Test
  void leavesOutWhatNoJourneyReachesAndCountsClosedCyclesAsNull() {
    List<Transition> transitions = new Cut(1).add(1, 5, 1, "a").transitions();
    List<Transition> more = new ArrayList<>(transitions);
    more.add(new Transition(State.of("beyond"), State.of("a"), 7));
    more.add(new Transition(State.of("beyond"), State.CONVERSION, 7, 7));
    more.add(new Transition(State.START, State.of("trap"), 2));
    more.add(new Transition(State.of("trap"), State.of("door"), 2));
    more.add(new Transition(State.of("door"), State.of("trap"), 1));
    MarkovChain chain = MarkovChain.of(more);
    assertEquals(0.25, chain.conversionProbability(), LAST_DIGITS);
    assertEffects(chain, "a 1.000 1.000, beyond 0.000 0.000, door 0.000 0.000, trap 0.000 0.000");
  }

  @Test
  void stepsInPlaceChangeNothing() {
    List<Transition> transitions = new Cut(2).random(3, 4, 50, 6).transitions();
    List<Transition> more = new ArrayList<>(transitions);
    State last = transitions.get(transitions.size() - 1).from();
    more.add(new Transition(last, last, 1e17));
    assertEquals(
        MarkovChain.of(transitions).removalEffects(), MarkovChain.of(more).removalEffects());
  }

  @Test
  void listsMembersThatASampleMisses() {
    List<Transition> transitions = new ArrayList<>(new Cut(1).add(1, 1, 1, "b").transitions());
    transitions.add(new Transition(State.START, State.of("a"), 0));
    transitions.add(new Transition(State.of("a"), State.CONVERSION, 0));
    MarkovChain chain = MarkovChain.of(transitions);
    assertEffects(chain, "a 0.000 0.000, b 1.000 1.000");
  }

  @Test
  void addsUpTransitionsBetweenTheSameStates() {
    Transition half = new Transition(State.of("a"), State.CONVERSION, 0.5, 3);
    List<Transition> others =
        List.of(
            new Transition(State.START, State.of("a"), 2),
            new Transition(State.of("a"), State.NULL, 1));
    List<Transition> halves = new ArrayList<>(others);
    halves.addAll(List.of(half, half));
    MarkovChain chain = MarkovChain.of(halves);
    assertEquals(0.5, chain.conversionProbability());
    assertEquals(3, chain.expectedValue());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void doesNotDependOnTheOrderOfTransitions(int order) {
    List<Transition> transitions = new ArrayList<>();
    for (Transition t : new Cut(order).random(8, 9, 300, 9).transitions()) {
      transitions.add(new Transition(t.from(), t.to(), t.count() * 0.1, t.value() * 0.7));
      transitions.add(new Transition(t.from(), t.to(), t.count() * 0.3, t.value() * 0.1));
      transitions.add(new Transition(t.from(), t.to(), t.count() * 0.6, t.value() * 0.2));
    }
    MarkovChain first = MarkovChain.of(transitions);
    for (int seed = 0; seed < 5; seed++) {
      Collections.shuffle(transitions, new Random(seed));
      MarkovChain again = MarkovChain.of(transitions);
      assertEquals(first.conversionProbability(), again.conversionProbability());
      assertEquals(first.expectedValue(), again.expectedValue());
      assertEquals(first.removalEffects(), again.removalEffects());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void keepsItsProperties(int order) {
    Random random = new Random(order);
    Cut cut = new Cut(order);
    for (int i = 0; i < 300; i++) {
      String[] touches = random.ints(1 + i % 7, 0, 6).mapToObj(m -> "m" + m).toArray(String[]::new);
      cut.add(0, 0, 2, touches);
      touches[random.nextInt(touches.length)] = "always";
      cut.add(1, i, 0, touches);
    }
    List<RemovalEffect> effects = cut.solved().removalEffects();
    assertEquals(1, effects.stream().mapToDouble(RemovalEffect::share).sum(), LAST_DIGITS);
    assertEquals(1, effects.stream().mapToDouble(RemovalEffect::valueShare).sum(), LAST_DIGITS);
    for (RemovalEffect effect : effects) {
      assertTrue(effect.effect() >= 0 && effect.effect() <= 1, effect.toString());
      assertTrue(effect.valueEffect() >= 0 && effect.valueEffect() <= 1, effect.toString());
    }
    assertTrue(effects.stream().allMatch(e -> e.share() <= effects.get(0).share()));

    List<Transition> scaled =
        cut.transitions().stream()
            .map(t -> new Transition(t.from(), t.to(), t.count() * 0.37, t.value() * 0.37))
            .toList();
    List<RemovalEffect> again = MarkovChain.of(scaled).removalEffects();
    for (int i = 0; i < again.size(); i++) {
      assertEquals(effects.get(i).share(), again.get(i).share(), LAST_DIGITS);
      assertEquals(effects.get(i).effect(), again.get(i).effect(), LAST_DIGITS);
      assertEquals(effects.get(i).valueEffect(), again.get(i).valueEffect(), LAST_DIGITS);
    }
  }

  /**
   * A member of all converting journeys can still be missed: the chain forgets how it began and may
   * go around it. Here nothing leads around the gate.
   */
  @Test
  void givesAllToWhomEveryConversionPasses() {
    MarkovChain chain =
        new Cut(1)
            .add(3, 1, 1, "a", "gate", "b")
            .add(2, 1, 9, "gate")
            .add(0, 0, 5, "a", "c", "a")
            .solved();
    RemovalEffect gate = chain.removalEffects().get(3);
    assertEquals("gate", gate.member());
    assertEquals(1, gate.effect(), LAST_DIGITS);
    assertEquals(1, gate.valueEffect(), LAST_DIGITS);
  }

  private static RemovalEffect nothing(String member, double without) {
    return new RemovalEffect(member, without, 0, 0, 0, 0, 0);
  }

  /** Member, effect and share of each. */
  private static void assertEffects(MarkovChain chain, String expected) {
    assertEquals(
        expected,
        String.join(
            ", ",
            chain.removalEffects().stream()
                .map(e -> "%s %.3f %.3f".formatted(e.member(), e.effect(), e.share()))
                .toList()));
  }
}
