package dev.throughline.person;

/** How many parts visitors are divided into, so that the events of most parts fit in memory. */
public final class PartitionCount {
  /** What an event takes while its partition is sorted, about: its longs, key, number and texts. */
  static final long EVENT_BYTES = CompactEvent.WORDS * Long.BYTES + 24 + 48;

  /** Each task holds a block of each partition: with more of them blocks would be small. */
  static final int MOST = 4096;

  private PartitionCount() {}

  /**
   * The number of partitions.
   *
   * @param rows how many rows the log has, as the footers of its files say
   * @param memory bytes that the events of a task may take
   * @param tasks how many tasks run at once: each of them gets as many partitions as the others
   */
  public static int of(long rows, long memory, int tasks) {
    long needed = Math.max(1, divided(rows, Math.max(1, memory / EVENT_BYTES)));
    long rounds = divided(needed, tasks);
    return (int) Math.min(MOST, rounds * tasks);
  }

  /** Rounded up. */
  private static long divided(long whole, long by) {
    return (whole + by - 1) / by;
  }
}
