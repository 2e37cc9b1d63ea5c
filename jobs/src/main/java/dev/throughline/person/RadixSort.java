package dev.throughline.person;

import java.util.Arrays;

/** Sorts numbers by a key of 64 bits without a sign; numbers of one key keep their order. */
final class RadixSort {
  private static final int BITS = 11;
  private static final int BUCKETS = 1 << BITS;
  private static final int ROUNDS = (Long.SIZE + BITS - 1) / BITS;

  private RadixSort() {}

  /** Sorts the first of some keys, and the values beside them. */
  static void sort(long[] keys, int[] values, int size) {
    int[][] counts = new int[ROUNDS][BUCKETS];
    for (int i = 0; i < size; i++) {
      long key = keys[i];
      for (int round = 0; round < ROUNDS; round++) {
        counts[round][digit(key, round)]++;
      }
    }
    long[] fromKeys = keys;
    int[] fromValues = values;
    long[] toKeys = new long[size];
    int[] toValues = new int[size];
    for (int round = 0; round < ROUNDS; round++) {
      int[] starts = counts[round];
      if (size == 0 || starts[digit(keys[0], round)] == size) {
        continue;
      }
      int sum = 0;
      for (int i = 0; i < BUCKETS; i++) {
        int count = starts[i];
        starts[i] = sum;
        sum += count;
      }
      for (int i = 0; i < size; i++) {
        int place = starts[digit(fromKeys[i], round)]++;
        toKeys[place] = fromKeys[i];
        toValues[place] = fromValues[i];
      }
      long[] keysBefore = fromKeys;
      int[] valuesBefore = fromValues;
      fromKeys = toKeys;
      fromValues = toValues;
      toKeys = keysBefore;
      toValues = valuesBefore;
    }
    if (fromKeys != keys) {
      System.arraycopy(fromKeys, 0, keys, 0, size);
      System.arraycopy(fromValues, 0, values, 0, size);
    }
  }

  private static int digit(long key, int round) {
    return (int) (key >>> (round * BITS)) & (BUCKETS - 1);
  }

  /** An order of values. */
  @FunctionalInterface
  interface Order {
    int compare(int a, int b);
  }

  /** Sorts a range of values by an order: by insertion where it is short, else by merging. */
  static void sortRange(int[] values, int from, int to, Order order) {
    if (to - from <= 16) {
      insert(values, from, to, order);
      return;
    }
    int middle = (from + to) >>> 1;
    sortRange(values, from, middle, order);
    sortRange(values, middle, to, order);
    if (order.compare(values[middle - 1], values[middle]) <= 0) {
      return;
    }
    int[] left = Arrays.copyOfRange(values, from, middle);
    int i = 0;
    int k = middle;
    for (int place = from; i < left.length; place++) {
      boolean takeRight = k < to && order.compare(values[k], left[i]) < 0;
      values[place] = takeRight ? values[k++] : left[i++];
    }
  }

  private static void insert(int[] values, int from, int to, Order order) {
    for (int i = from + 1; i < to; i++) {
      int value = values[i];
      int k = i;
      for (; k > from && order.compare(values[k - 1], value) > 0; k--) {
        values[k] = values[k - 1];
      }
      values[k] = value;
    }
  }
}
