package dev.throughline.testing;

import java.util.SplittableRandom;

/** Seeded draws of counts. */
public final class Draws {
  private final SplittableRandom random;

  public Draws(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Successes of n independent trials, by the gaps between them: geometric variables. */
  public long binomial(long n, double p) {
    double logMiss = Math.log1p(-p);
    long successes = 0;
    long at = -1;
    while (true) {
      at += 1 + (long) Math.floor(Math.log(1 - random.nextDouble()) / logMiss);
      if (at >= n) {
        return successes;
      }
      successes++;
    }
  }

  /** A number between the bounds, evenly on the scale of logarithms. */
  public long logUniform(long least, long most) {
    double log = Math.log((double) least) + random.nextDouble() * Math.log((double) most / least);
    return Math.round(Math.exp(log));
  }
}
