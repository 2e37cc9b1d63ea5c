package dev.throughline.person;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Events in memory, which are sorted all at once. */
final class EventStore {
  /** So many bits of an event's number say which of its block it is. */
  private static final int INDEX_BITS = 12;

  /** The most events of a block. */
  static final int MOST_OF_BLOCK = 1 << INDEX_BITS;

  /** Bytes for each event while they are sorted: its key and number, twice. */
  private static final long SORTING = 2 * (Long.BYTES + Integer.BYTES);

  private final List<EventBuffer> blocks = new ArrayList<>();
  private long bytes;
  private int size;
  private long earliest = Long.MAX_VALUE;
  private long latest = Long.MIN_VALUE;

  void add(EventBuffer block) {
    if (block.size() > MOST_OF_BLOCK) {
      throw new IllegalArgumentException(
          "a block has " + block.size() + " events, of at most " + MOST_OF_BLOCK);
    }
    CompactEvent event = new CompactEvent();
    for (int i = 0; i < block.size(); i++) {
      long place = EventOrder.place(block.get(i, event));
      earliest = Math.min(earliest, place);
      latest = Math.max(latest, place);
    }
    blocks.add(block);
    size += block.size();
    bytes += block.bytes() + block.size() * SORTING;
  }

  int size() {
    return size;
  }

  /** Bytes that the events take, with those that sorting them takes. */
  long bytes() {
    return bytes;
  }

  /** The events in order. Nothing may be added afterwards. */
  EventSource sorted() {
    long[] keys = new long[size];
    int[] numbers = new int[size];
    int shift =
        size == 0
            ? 0
            : Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(latest - earliest) - TIME_BITS);
    CompactEvent event = new CompactEvent();
    int next = 0;
    for (int block = 0; block < blocks.size(); block++) {
      EventBuffer events = blocks.get(block);
      for (int i = 0; i < events.size(); i++) {
        events.get(i, event);
        long time = (EventOrder.place(event) - earliest) >>> shift;
        keys[next] = event.visitor() >>> TIME_BITS << TIME_BITS | time;
        numbers[next++] = block << INDEX_BITS | i;
      }
    }
    RadixSort.sort(keys, numbers, size);
    return new Sorted(keys, numbers);
  }

  private static final int TIME_BITS = EventOrder.TIME_BITS;

  private CompactEvent get(int number, CompactEvent cursor) {
    return blocks.get(number >>> INDEX_BITS).get(number & (MOST_OF_BLOCK - 1), cursor);
  }

  /**
   * Walks the events by their keys. Where keys say too little, the exact order is restored when it
   * is come to: of events of one key, and of all whose visitors have the first bits in common.
   */
  private final class Sorted implements EventSource {
    private final long[] keys;
    private final int[] numbers;
    private final CompactEvent event = new CompactEvent();
    private final CompactEvent other = new CompactEvent();
    private int at = -1;
    private int groupEnd;

    Sorted(long[] keys, int[] numbers) {
      this.keys = keys;
      this.numbers = numbers;
    }

    @Override
    public boolean next() {
      at++;
      if (at >= numbers.length) {
        return false;
      }
      if (at == groupEnd) {
        restore();
      }
      get(numbers[at], event);
      return true;
    }

    @Override
    public CompactEvent event() {
      return event;
    }

    private void restore() {
      long visitor = keys[at] >>> TIME_BITS;
      boolean one = true;
      get(numbers[at], event);
      groupEnd = at + 1;
      while (groupEnd < numbers.length && keys[groupEnd] >>> TIME_BITS == visitor) {
        one &= EventOrder.sameVisitor(event, get(numbers[groupEnd], other));
        groupEnd++;
      }
      if (!one) {
        RadixSort.sortRange(numbers, at, groupEnd, this::compare);
        Arrays.fill(keys, at, groupEnd, visitor << TIME_BITS);
        return;
      }
      for (int from = at; from < groupEnd; ) {
        int to = from + 1;
        while (to < groupEnd && keys[to] == keys[from]) {
          to++;
        }
        if (to - from > 1) {
          RadixSort.sortRange(numbers, from, to, this::compare);
        }
        from = to;
      }
    }

    private int compare(int a, int b) {
      return EventOrder.compare(get(a, event), get(b, other));
    }
  }
}
