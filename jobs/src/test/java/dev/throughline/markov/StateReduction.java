package dev.throughline.markov;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Solves a chain by taking one state out after the other and joining those before it to those after
 * it, without a subtraction (Grassmann, Taksar, Heyman, Operations Research 33, 1985, 1107–1116).
 * Removes a member by building the chain anew.
 */
final class StateReduction {
  private final Map<State, Map<State, Double>> after = new TreeMap<>();
  private final Map<State, Double> earned = new HashMap<>();

  private StateReduction(List<Transition> transitions) {
    for (Transition t : transitions) {
      after
          .computeIfAbsent(t.from(), from -> new TreeMap<>())
          .merge(t.to(), t.count(), Double::sum);
      after.computeIfAbsent(t.to(), to -> new TreeMap<>());
      earned.merge(t.from(), t.value(), Double::sum);
    }
  }

  /** Probability of a conversion and expected value. */
  static double[] solve(List<Transition> transitions) {
    return new StateReduction(transitions).reduced();
  }

  /** The chain in which every state with the member is the end without a conversion. */
  static List<Transition> without(String member, List<Transition> transitions) {
    List<Transition> left = new ArrayList<>();
    for (Transition t : transitions) {
      if (t.to().members().contains(member)) {
        left.add(new Transition(t.from(), State.NULL, t.count(), 0));
      } else {
        left.add(t);
      }
    }
    left.removeIf(t -> t.from().members().contains(member));
    return left;
  }

  private double[] reduced() {
    for (State state : List.copyOf(after.keySet())) {
      if (state.kind() == State.Kind.TOUCHES) {
        takeOut(state);
      }
    }
    Map<State, Double> start = after.getOrDefault(State.START, Map.of());
    double all = sum(start);
    if (all == 0) {
      return new double[] {0, 0};
    }
    return new double[] {
      start.getOrDefault(State.CONVERSION, 0.0) / all, earned.get(State.START) / all
    };
  }

  private void takeOut(State state) {
    Map<State, Double> next = after.remove(state);
    next.remove(state);
    double all = sum(next);
    for (Map.Entry<State, Map<State, Double>> before : after.entrySet()) {
      Double arriving = before.getValue().remove(state);
      if (arriving != null && all == 0) {
        before.getValue().merge(State.NULL, arriving, Double::sum);
      } else if (arriving != null) {
        next.forEach(
            (to, count) -> before.getValue().merge(to, arriving * count / all, Double::sum));
        earned.merge(
            before.getKey(), arriving * earned.getOrDefault(state, 0.0) / all, Double::sum);
      }
    }
  }

  private static double sum(Map<State, Double> counts) {
    return counts.values().stream().mapToDouble(count -> count).sum();
  }
}
