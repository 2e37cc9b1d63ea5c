package dev.throughline.markov;

/** What to say when elimination finds no way out of a cycle. */
final class Singular {
  private Singular() {}

  static IllegalArgumentException exception() {
    return new IllegalArgumentException(
        "Journeys leave some cycle of states so rarely that double precision cannot tell it from a"
            + " closed one");
  }
}
