package dev.throughline.markov;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What has no meaning, or no answer in time. */
class RefusalsTest {
  @Test
  void refusesWhatIsTooLarge() {
    List<Transition> transitions = new ArrayList<>();
    for (int i = 0; i <= MarkovChain.MOST_STATES; i++) {
      State state = State.of("m" + i);
      transitions.add(new Transition(State.START, state, 1));
      transitions.add(new Transition(state, State.NULL, 1));
    }
    ChainTooLargeException refusal =
        assertThrows(ChainTooLargeException.class, () -> MarkovChain.of(transitions));
    assertEquals(MarkovChain.MOST_STATES + 1, refusal.states());
  }

  @Test
  void refusesNeighboursThatCannotBeSolvedInTime() {
    List<Transition> transitions = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < 5_000; i++) {
      State state = State.of("m" + i);
      transitions.add(new Transition(State.START, state, 1));
      transitions.add(new Transition(state, State.NULL, 1));
      for (int j = 0; j < 8; j++) {
        transitions.add(new Transition(state, State.of("m" + random.nextInt(5_000)), 1));
      }
    }
    assertThrows(ChainTooLargeException.class, () -> MarkovChain.of(transitions));
  }

  @Test
  void refusesCyclesThatAreAsGoodAsClosed() {
    State a = State.of("a");
    State b = State.of("b");
    List<Transition> transitions =
        List.of(
            new Transition(State.START, a, 1),
            new Transition(a, b, 1e18),
            new Transition(b, a, 1e18),
            new Transition(b, State.CONVERSION, 1));
    assertThrows(IllegalArgumentException.class, () -> MarkovChain.of(transitions));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1})
  void refusesWhatIsNoAmount(double amount) {
    State a = State.of("a");
    assertThrows(IllegalArgumentException.class, () -> new Transition(State.START, a, amount));
    assertThrows(
        IllegalArgumentException.class, () -> new Transition(a, State.CONVERSION, 1, amount));
  }

  @Test
  void refusesTransitionsThatMeanNothing() {
    State a = State.of("a");
    for (Runnable wrong :
        List.<Runnable>of(
            () -> new Transition(State.CONVERSION, a, 1),
            () -> new Transition(State.NULL, a, 1),
            () -> new Transition(a, State.START, 1),
            () -> new Transition(a, State.NULL, 1, 1),
            () -> State.of(),
            () -> new State(State.Kind.NULL, List.of("a")),
            () -> MarkovChain.of(huge()))) {
      assertThrows(IllegalArgumentException.class, wrong::run);
    }
  }

  private static List<Transition> huge() {
    return List.of(
        new Transition(State.START, State.of("a"), Double.MAX_VALUE),
        new Transition(State.START, State.of("b"), Double.MAX_VALUE));
  }
}
