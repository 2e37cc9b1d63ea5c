package dev.throughline.person;

import java.util.Arrays;

/** Some events behind one another, with their texts: what becomes, or was, one block. */
final class EventBuffer {
  private static final int FIRST_TEXTS = 4096;

  private final int capacity;
  private long[] words;
  private byte[] texts = new byte[FIRST_TEXTS];
  private int size;
  private int textSize;

  /**
   * @param capacity how many events it holds at most
   */
  EventBuffer(int capacity) {
    this.capacity = capacity;
    words = new long[Math.min(capacity, 64) * CompactEvent.WORDS];
  }

  int size() {
    return size;
  }

  boolean full() {
    return size == capacity;
  }

  void clear() {
    size = 0;
    textSize = 0;
    if (texts.length > 64 * FIRST_TEXTS) {
      texts = new byte[FIRST_TEXTS];
    }
  }

  long[] words() {
    if (size * CompactEvent.WORDS == words.length) {
      words = Arrays.copyOf(words, Math.min(2 * size, capacity) * CompactEvent.WORDS);
    }
    return words;
  }

  /** The place of the next event's longs; {@link #words} makes room for it. */
  int next() {
    return size * CompactEvent.WORDS;
  }

  /** Completes the next event by its texts, of which each may be null. */
  void add(Text id, Text order, byte[] raw, Text user) {
    int rawLength = raw == null ? -1 : raw.length;
    int start = room(sizeOf(id) + sizeOf(order) + EventTexts.sizeOf(rawLength) + sizeOf(user));
    int at = write(order, write(id, start));
    textSize = write(user, EventTexts.write(texts, at, raw, 0, rawLength));
    words[next() + CompactEvent.TEXTS] = start;
    size++;
  }

  private static int sizeOf(Text text) {
    return EventTexts.sizeOf(text == null ? -1 : text.length());
  }

  private int write(Text text, int at) {
    return text == null
        ? EventTexts.write(texts, at, texts, 0, -1)
        : EventTexts.write(texts, at, text.bytes(), text.offset(), text.length());
  }

  /** Adds a copy of an event. */
  void add(CompactEvent event) {
    long[] to = words();
    int at = next();
    System.arraycopy(event.words, event.at, to, at, CompactEvent.WORDS);
    int length = event.texts.size();
    int start = room(length);
    System.arraycopy(event.texts.bytes(), event.texts.from(), texts, start, length);
    textSize = start + length;
    to[at + CompactEvent.TEXTS] = start;
    size++;
  }

  private int room(int bytes) {
    if (textSize + bytes > texts.length) {
      texts = Arrays.copyOf(texts, Math.max(2 * texts.length, textSize + bytes));
    }
    return textSize;
  }

  byte[] texts() {
    return texts;
  }

  /** Bytes that it takes. */
  long bytes() {
    return (long) words.length * Long.BYTES + texts.length;
  }

  int textSize() {
    return textSize;
  }

  /** Room for the longs of so many events in place of those that it held. */
  long[] wordsOf(int events) {
    if (words.length < events * CompactEvent.WORDS) {
      words = new long[events * CompactEvent.WORDS];
    }
    size = events;
    return words;
  }

  /** Takes the texts of all events, and finds where those of each begin. */
  void texts(byte[] read, int length) {
    texts = read;
    textSize = length;
    EventTexts walker = new EventTexts();
    int start = 0;
    for (int i = 0; i < size; i++) {
      words[i * CompactEvent.WORDS + CompactEvent.TEXTS] = start;
      walker.over(texts, start);
      start += walker.size();
    }
  }

  /** Lays a cursor over an event. */
  CompactEvent get(int index, CompactEvent cursor) {
    int at = index * CompactEvent.WORDS;
    return cursor.over(words, at, texts, (int) words[at + CompactEvent.TEXTS]);
  }
}
