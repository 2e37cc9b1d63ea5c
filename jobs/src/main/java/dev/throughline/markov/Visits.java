package dev.throughline.markov;

/**
 * The matrix N = (I − Q)⁻¹ of a chain with the transition probabilities Q: how often a journey that
 * is in one state will be in another before it ends (Kemeny and Snell, Finite Markov Chains, 1960,
 * theorem 3.2.4).
 */
interface Visits {
  /** Column {@code state} of N: expected visits to that state from each. */
  double[] to(int state);

  /**
   * N times a vector: what a journey from each state will earn, given the earning at each visit.
   */
  double[] earning(double[] perVisit);

  /**
   * N by the way that costs least.
   *
   * @param columns how many columns will be asked for
   * @throws ChainTooLargeException if no way is affordable
   */
  static Visits of(Chain chain, int columns) {
    boolean fits = chain.size() <= DenseVisits.MOST_STATES;
    double most = fits ? DenseVisits.cost(chain.size()) : Elimination.MOST_COST;
    Elimination elimination = new Elimination(chain, columns, most);
    if (elimination.cost() <= most) {
      return new SparseVisits(chain, elimination.order());
    }
    if (fits) {
      return new DenseVisits(chain);
    }
    throw new ChainTooLargeException(chain.size(), "too many of them are neighbours");
  }
}
