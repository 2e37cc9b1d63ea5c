package dev.throughline.markov;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Cuts journeys into the states of an order, and makes journeys up. */
final class Cut {
  private record Ends(State from, State to) implements Comparable<Ends> {
    @Override
    public int compareTo(Ends other) {
      int order = from.compareTo(other.from);
      return order == 0 ? to.compareTo(other.to) : order;
    }
  }

  private final int order;
  private final Map<Ends, double[]> sums = new TreeMap<>();

  Cut(int order) {
    this.order = order;
  }

  /** Journeys over these touches, as many converting as said, which are worth so much in all. */
  Cut add(double converting, double value, double others, String... touches) {
    int length = Math.min(order, touches.length);
    State last = State.START;
    for (int begin = 0; begin + length <= touches.length; begin++) {
      State next = State.of(List.of(touches).subList(begin, begin + length));
      if (!next.equals(last)) {
        count(last, next, converting + others, 0);
        last = next;
      }
    }
    count(last, State.CONVERSION, converting, value);
    count(last, State.NULL, others, 0);
    return this;
  }

  /** Journeys of random lengths, members and ends, with whole numbers for counts and values. */
  Cut random(long seed, int members, int journeys, int longest) {
    Random random = new Random(seed);
    for (int i = 0; i < journeys; i++) {
      String[] touches = new String[1 + random.nextInt(longest)];
      for (int j = 0; j < touches.length; j++) {
        touches[j] = "m" + random.nextInt(1 + random.nextInt(members));
      }
      int converting = random.nextInt(3);
      add(converting, converting * random.nextInt(100), 1 + random.nextInt(4), touches);
    }
    return this;
  }

  List<Transition> transitions() {
    List<Transition> transitions = new ArrayList<>();
    sums.forEach(
        (ends, sum) -> transitions.add(new Transition(ends.from, ends.to, sum[0], sum[1])));
    return transitions;
  }

  MarkovChain solved() {
    return MarkovChain.of(transitions());
  }

  private void count(State from, State to, double count, double value) {
    if (count > 0) {
      double[] sum = sums.computeIfAbsent(new Ends(from, to), ends -> new double[2]);
      sum[0] += count;
      sum[1] += value;
    }
  }
}
