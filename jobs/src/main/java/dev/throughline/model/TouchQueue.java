package dev.throughline.model;

/**
 * The latest touches of one kind of one person, oldest first, in a ring of fixed size. Keeping the
 * latest N of each kind is enough to know the latest N of both.
 */
final class TouchQueue {
  private final long lookback;
  private final long[] time;
  private final long[] sequence;
  private final long[] impression;
  private final boolean[] linked;
  private final String[] campaign;
  private final String[] channel;
  private final int[] day;
  private int head;
  private int size;
  private long pushedOut;

  /**
   * @param capacity the most touches kept
   * @param lookback how long a touch can earn credit, in microseconds, inclusive
   */
  TouchQueue(int capacity, long lookback) {
    this.lookback = lookback;
    time = new long[capacity];
    sequence = new long[capacity];
    impression = new long[capacity];
    linked = new boolean[capacity];
    campaign = new String[capacity];
    channel = new String[capacity];
    day = new int[capacity];
    clear();
  }

  /** Forgets the person. */
  void clear() {
    head = 0;
    size = 0;
    pushedOut = Long.MIN_VALUE;
  }

  /** Drops what is too old to earn credit at the given instant. */
  void expire(long now) {
    while (size > 0 && time[head] < now - lookback) {
      head = (head + 1) % time.length;
      size--;
    }
  }

  /**
   * Appends a touch; a full ring loses its oldest.
   *
   * @param touch the event; its impression is the one that it is or came from
   */
  void add(PersonEvent touch, long order) {
    long at = touch.time();
    Long impressionId = touch.impression();
    expire(at);
    if (size == time.length) {
      pushedOut = time[head];
      head = (head + 1) % time.length;
      size--;
    }
    int slot = slot(size++);
    time[slot] = at;
    sequence[slot] = order;
    linked[slot] = impressionId != null;
    impression[slot] = linked[slot] ? impressionId : 0;
    campaign[slot] = touch.campaign();
    channel[slot] = touch.creditedChannel();
    day[slot] = touch.day();
  }

  /** Whether a touch of the impression is here. */
  boolean has(long impressionId) {
    for (int i = 0; i < size; i++) {
      if (linked[slot(i)] && impression[slot(i)] == impressionId) {
        return true;
      }
    }
    return false;
  }

  /** Makes touches of the impression count no more. They keep their place until they expire. */
  void strike(long impressionId) {
    for (int i = size - 1; i >= 0; i--) {
      if (linked[slot(i)] && impression[slot(i)] == impressionId) {
        campaign[slot(i)] = null;
      }
    }
  }

  /**
   * Whether a touch that could still earn credit at the given instant was lost to the ring's size.
   */
  boolean lostAny(long now) {
    return pushedOut != Long.MIN_VALUE && pushedOut >= now - lookback;
  }

  int size() {
    return size;
  }

  /** Whether the i-th oldest touch was struck out. */
  boolean struck(int i) {
    return campaign[slot(i)] == null;
  }

  long sequence(int i) {
    return sequence[slot(i)];
  }

  /** Writes the i-th oldest touch to a place of a journey. */
  void copy(int i, Journey journey, int place) {
    journey.time[place] = time[slot(i)];
    journey.campaigns.set(place, campaign[slot(i)]);
    journey.channels.set(place, channel[slot(i)]);
    journey.day[place] = day[slot(i)];
  }

  private int slot(int i) {
    return (head + i) % time.length;
  }
}
