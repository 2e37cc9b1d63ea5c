package dev.throughline.markov;

import java.util.Comparator;
import java.util.List;

/**
 * Where a journey stands: at its start, at one of its two ends, or after its latest touches.
 *
 * @param kind what sort of state this is
 * @param members the campaigns or channels of the latest touches, oldest first; empty but for
 *     {@link Kind#TOUCHES}
 */
public record State(Kind kind, List<String> members) implements Comparable<State> {
  /** The sorts of states. */
  public enum Kind {
    START,
    TOUCHES,
    CONVERSION,
    NULL
  }

  /** Before the first touch. */
  public static final State START = new State(Kind.START, List.of());

  /** The journey converted. */
  public static final State CONVERSION = new State(Kind.CONVERSION, List.of());

  /** The journey ended without a conversion. */
  public static final State NULL = new State(Kind.NULL, List.of());

  private static final Comparator<State> ORDER =
      Comparator.comparing(State::kind).thenComparing(State::members, State::compare);

  /**
   * Checks that touches, and only touches, have members.
   *
   * @throws IllegalArgumentException if they do not
   */
  public State {
    members = List.copyOf(members);
    if (members.isEmpty() == (kind == Kind.TOUCHES)) {
      throw new IllegalArgumentException(kind + " with members " + members);
    }
  }

  /** The state after touches of these members, oldest first. */
  public static State of(List<String> members) {
    return new State(Kind.TOUCHES, members);
  }

  /** The state after touches of these members, oldest first. */
  public static State of(String... members) {
    return of(List.of(members));
  }

  boolean isTouches() {
    return kind == Kind.TOUCHES;
  }

  /** By kind, then by members as in a dictionary. */
  @Override
  public int compareTo(State other) {
    return ORDER.compare(this, other);
  }

  private static int compare(List<String> left, List<String> right) {
    int common = Math.min(left.size(), right.size());
    for (int i = 0; i < common; i++) {
      int order = left.get(i).compareTo(right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }
}
