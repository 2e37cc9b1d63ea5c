package dev.throughline.sample;

import java.util.SplittableRandom;

/** Draws from a {@link SplittableRandom}. */
final class Chance {

  private Chance() {}

  /**
   * The generator of one person: it depends on nothing but seed and number, so that neither the
   * number of partitions nor their order can change a row.
   */
  static SplittableRandom forPerson(long seed, long number) {
    return new SplittableRandom(mix(mix(seed) + number));
  }

  /** The finisher of MurmurHash3: neighbouring numbers give unrelated results. */
  static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 33)) * 0xFF51AFD7ED558CCDL;
    z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return z ^ (z >>> 33);
  }

  static boolean hits(SplittableRandom random, double probability) {
    return random.nextDouble() < probability;
  }

  /** From low to high, both included. */
  static int between(SplittableRandom random, int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  /** An index, drawn in proportion to its weight. */
  static int index(SplittableRandom random, int[] weights) {
    int total = 0;
    for (int weight : weights) {
      total += weight;
    }
    int left = random.nextInt(total);
    int i = 0;
    while (left >= weights[i]) {
      left -= weights[i++];
    }
    return i;
  }

  /** Heavy-tailed count (Pareto): mostly close to the minimum, now and then very large. */
  static int heavyTailed(SplittableRandom random, double minimum, double shape, int cap) {
    return (int) Math.min(cap, minimum * StrictMath.pow(1 - random.nextDouble(), -1 / shape));
  }
}
