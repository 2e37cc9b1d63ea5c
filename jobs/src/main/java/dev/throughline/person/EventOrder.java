package dev.throughline.person;

/**
 * The total order of events: by visitor; of one visitor by day, time, type and id; then by payload
 * and received time, so that rows of one event lie side by side. It depends on neither the order of
 * input nor on partitions.
 */
final class EventOrder {
  /** Of a longer visitor hash, so many bits are sorted by first, and so many bits of time. */
  static final int TIME_BITS = 24;

  /**
   * Microseconds that days are moved apart by. No zone is further than 18 hours from UTC, so an
   * instant of one day is less than 36 hours later than any of the next day.
   */
  private static final long APART = 36 * 3_600_000_000L;

  private EventOrder() {}

  /**
   * A number that grows by day and, within a day, by time, also where a clock is put back across
   * midnight.
   */
  static long place(CompactEvent event) {
    long day = event.day();
    return place(day, event.rejected() ? day * ZoneDays.DAY : event.time());
  }

  static long place(long day, long time) {
    return time + day * APART;
  }

  static boolean sameVisitor(CompactEvent a, CompactEvent b) {
    return a.visitor() == b.visitor()
        && a.visitorCheck() == b.visitorCheck()
        && a.kind() == b.kind();
  }

  static boolean sameDay(CompactEvent a, CompactEvent b) {
    return sameVisitor(a, b) && a.day() == b.day();
  }

  static int compare(CompactEvent a, CompactEvent b) {
    int order = Long.compareUnsigned(a.visitor(), b.visitor());
    if (order != 0) {
      return order;
    }
    order = Integer.compare(a.visitorCheck(), b.visitorCheck());
    if (order != 0) {
      return order;
    }
    order = a.kind().compareTo(b.kind());
    return order == 0 ? compareOfVisitor(a, b) : order;
  }

  private static int compareOfVisitor(CompactEvent a, CompactEvent b) {
    int order = Long.compare(place(a), place(b));
    if (order != 0) {
      return order;
    }
    order = known(a.hasTime(), a.time(), b.hasTime(), b.time());
    if (order != 0) {
      return order;
    }
    // An unknown type comes first, as NULL does.
    order = known(a.rank() != Text.NO_RANK, a.rank(), b.rank() != Text.NO_RANK, b.rank());
    if (order != 0) {
      return order;
    }
    order = a.texts().compareIds(b.texts());
    if (order != 0) {
      return order;
    }
    order = Long.compare(a.payload(), b.payload());
    if (order != 0) {
      return order;
    }
    order = known(a.hasReceived(), a.received(), b.hasReceived(), b.received());
    if (order != 0) {
      return order;
    }
    // From here on rows differ only in where they lie.
    order = Integer.compare(a.inputDay(), b.inputDay());
    return order == 0 ? known(a.hasFile(), a.file(), b.hasFile(), b.file()) : order;
  }

  private static int known(boolean has, long value, boolean otherHas, long other) {
    if (has && otherHas) {
      return Long.compare(value, other);
    }
    return Boolean.compare(has, otherHas);
  }
}
