package dev.throughline.model;

/**
 * The eligible touches of one conversion, oldest first. The arrays belong to the sweep and are used
 * again for the next conversion; only the first {@link #size} places count.
 */
final class Journey {
  final long[] time;
  final boolean[] click;
  final boolean[] direct;
  final Members campaigns;
  final Members channels;

  /** The reporting day of each touch, counted from 1970. */
  final int[] day;

  /** How many touches there are. */
  int size;

  /** The instant of the conversion, in microseconds. */
  long conversionTime;

  /** The last touch before the lead milestone; -1 where the journey has no milestone. */
  int leadTouch;

  Journey(int capacity) {
    time = new long[capacity];
    click = new boolean[capacity];
    direct = new boolean[capacity];
    campaigns = new Members(capacity);
    channels = new Members(capacity);
    day = new int[capacity];
  }

  /** The members of a dimension. */
  Members members(String dimension) {
    return dimension.equals(Journeys.CAMPAIGN) ? campaigns : channels;
  }
}
