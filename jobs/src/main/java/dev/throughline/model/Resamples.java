package dev.throughline.model;

/**
 * How often a person is drawn in each of some resamples of people: independent Poisson numbers of
 * mean 1, which is how often a bootstrap draws one person of many. They follow from the person's id
 * alone, so a resample is the same people in every run, on every day and in every task.
 *
 * <p>N. Chamandy, O. Muralidharan, A. Najmi, S. Naidu, "Estimating Uncertainty for Massive Data
 * Streams" (2012).
 */
final class Resamples {
  /** 2^32 times the probability of at most 0, 1, 2, … draws. */
  private static final long[] CUMULATIVE = cumulative();

  private final int[] draws;
  private String drawn;

  /**
   * @param count how many resamples there are
   */
  Resamples(int count) {
    draws = new int[count];
  }

  private static long[] cumulative() {
    long[] bounds = new long[14];
    double probability = Math.exp(-1);
    double sum = 0;
    for (int k = 0; k < bounds.length; k++) {
      sum += probability;
      bounds[k] = Math.round(sum * 0x1p32);
      probability /= k + 1;
    }
    return bounds;
  }

  int count() {
    return draws.length;
  }

  /** How often the person is in each resample. The array is valid until the next call. */
  int[] of(String person) {
    if (!person.equals(drawn)) {
      draw(person);
      drawn = person;
    }
    return draws;
  }

  private void draw(String person) {
    long state = hash(person);
    for (int i = 0; i < draws.length; i++) {
      state += 0x9e3779b97f4a7c15L;
      long uniform = mixed(state) >>> 32;
      int k = 0;
      while (k < CUMULATIVE.length && uniform >= CUMULATIVE[k]) {
        k++;
      }
      draws[i] = k;
    }
  }

  /** FNV-1a over the characters. */
  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return mixed(hash);
  }

  /**
   * The finalizer of SplitMix64 (Steele, Lea, Flood, "Fast Splittable Pseudorandom Number
   * Generators", 2014).
   */
  private static long mixed(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
