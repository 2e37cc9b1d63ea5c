package dev.throughline.markov;

/**
 * A chain that cannot be solved within about a minute and 1 GiB: it has more than {@link
 * MarkovChain#MOST_STATES} states, or fewer that are too densely connected. A lower order or fewer
 * members help.
 */
public final class ChainTooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int states;

  ChainTooLargeException(int states, String why) {
    super("A chain of " + states + " states is too large: " + why);
    this.states = states;
  }

  /** States of touches that the chain has. */
  public int states() {
    return states;
  }
}
