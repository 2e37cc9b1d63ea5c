package dev.throughline.person;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/** The day that instants fall on in a zone; looks the zone's rules up only where they change. */
final class ZoneDays {
  private static final long SECOND = 1_000_000;
  static final long DAY = 86_400 * SECOND;

  private final ZoneRules rules;
  private long validFrom;
  private long validTo;
  private long offset;

  ZoneDays(ZoneId zone) {
    rules = zone.getRules();
  }

  /** Days since 1970 of an instant in microseconds. */
  int of(long micros) {
    if (micros < validFrom || micros >= validTo) {
      lookUp(micros);
    }
    return (int) Math.floorDiv(micros + offset, DAY);
  }

  private void lookUp(long micros) {
    Instant instant = Instant.ofEpochSecond(Math.floorDiv(micros, SECOND));
    ZoneOffset here = rules.getOffset(instant);
    offset = here.getTotalSeconds() * SECOND;
    // The last transition at or before the instant, and the first one after it.
    ZoneOffsetTransition next = rules.nextTransition(instant);
    ZoneOffsetTransition last = rules.previousTransition(instant.plusSeconds(1));
    validFrom = last == null ? Long.MIN_VALUE : last.getInstant().getEpochSecond() * SECOND;
    validTo = next == null ? Long.MAX_VALUE : next.getInstant().getEpochSecond() * SECOND;
  }
}
