package dev.throughline.markov;

/**
 * How often journeys went from one state to another.
 *
 * @param from any state but the two ends
 * @param to any state but the start
 * @param count journeys; need not be whole, so that it may be a count of a weighted sample
 * @param value what the conversions were worth that ended so, in all; zero unless {@code to} is the
 *     conversion
 */
public record Transition(State from, State to, double count, double value) {
  /**
   * Checks the ends and the amounts.
   *
   * @throws IllegalArgumentException if the journey leaves an end or enters the start, or if an
   *     amount is negative, infinite or no number, or is a value elsewhere than at a conversion
   */
  public Transition {
    if (from.kind() == State.Kind.CONVERSION || from.kind() == State.Kind.NULL) {
      throw new IllegalArgumentException("A journey goes on after its end " + from + " to " + to);
    }
    if (to.kind() == State.Kind.START) {
      throw new IllegalArgumentException("A journey returns to the start from " + from);
    }
    requireAmount(count, "count", from, to);
    requireAmount(value, "value", from, to);
    if (value != 0 && to.kind() != State.Kind.CONVERSION) {
      throw new IllegalArgumentException("Value " + value + " from " + from + " to " + to);
    }
  }

  /** A transition without a value. */
  public Transition(State from, State to, double count) {
    this(from, to, count, 0);
  }

  private static void requireAmount(double amount, String name, State from, State to) {
    if (!(amount >= 0) || Double.isInfinite(amount)) {
      throw new IllegalArgumentException(
          "The " + name + " from " + from + " to " + to + " is " + amount);
    }
  }
}
