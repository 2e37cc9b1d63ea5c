package dev.throughline.person;

import java.util.Arrays;

/** Copies of classified events, in the order in which they were added. */
final class HeldEvents {
  private final EventBuffer events = new EventBuffer(Integer.MAX_VALUE / CompactEvent.WORDS);
  private final CompactEvent cursor = new CompactEvent();
  private byte[] classifications = new byte[64];
  private int[] places = new int[64];

  void add(CompactEvent event, Classification classification, int place) {
    int size = events.size();
    if (size == places.length) {
      places = Arrays.copyOf(places, 2 * size);
      classifications = Arrays.copyOf(classifications, 2 * size);
    }
    classifications[size] = (byte) classification.code();
    places[size] = place;
    events.add(event);
  }

  int size() {
    return events.size();
  }

  /** An event; valid until the next call. */
  CompactEvent get(int index) {
    return events.get(index, cursor);
  }

  Classification classification(int index) {
    return Classification.of(classifications[index]);
  }

  int place(int index) {
    return places[index];
  }

  void clear() {
    events.clear();
  }
}
