package dev.throughline.sample;

import static dev.throughline.sample.Rhythm.HOUR;
import static dev.throughline.sample.Rhythm.MINUTE;
import static dev.throughline.sample.Rhythm.SECOND;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What goes wrong between the browser and the log: late, repeated, contradictory, broken. */
final class Flaws {
  private final SplittableRandom random;
  private final List<EventDraft> log = new ArrayList<>();

  private Flaws(SplittableRandom random) {
    this.random = random;
  }

  /** The events as the log has them; every flaw is a row more, none replaces a sound one. */
  static List<EventDraft> added(List<EventDraft> events, SplittableRandom random) {
    Flaws flaws = new Flaws(random);
    events.forEach(flaws::record);
    return flaws.log;
  }

  private void record(EventDraft event) {
    delay(event);
    log.add(event);
    if (Chance.hits(random, 0.003)) {
      EventDraft repeated = event.copy();
      repeated.received += random.nextInt(4) * 5L * MINUTE;
      log.add(repeated);
    }
    if (Chance.hits(random, 0.0002)) {
      log.add(contradicting(event));
    }
    if (Chance.hits(random, 0.0005)) {
      log.add(broken(event));
    }
  }

  private void delay(EventDraft event) {
    if (Chance.hits(random, 0.02)) {
      // A phone without a network sends what it has kept: after hours, seldom after days.
      int hours = Chance.heavyTailed(random, 1, 0.9, 96);
      event.received = EventDraft.nextBatch(event.time + hours * HOUR);
    } else if (Chance.hits(random, 0.001)) {
      // The browser's clock is ahead, so the event arrives before it happens.
      event.received -= Chance.between(random, 2, 30) * MINUTE;
    }
  }

  /** The same event id with another payload. */
  private EventDraft contradicting(EventDraft event) {
    EventDraft other = event.copy();
    other.creativeId = "retagged";
    other.received += MINUTE;
    return other;
  }

  /** A row that no reader can use. */
  private EventDraft broken(EventDraft event) {
    EventDraft row = event.copy();
    row.eventId = event.eventId + "x";
    row.time = event.time / SECOND * SECOND;
    row.impressionId = null;
    row.viewable = null;
    row.engagementSeconds = null;
    row.cost = null;
    row.name = null;
    row.orderId = null;
    row.value = null;
    switch (random.nextInt(3)) {
      case 0 -> row.type = "hover";
      case 1 -> row.type = "conversion";
      default -> {
        row.type = "conversion";
        row.name = "purchase";
        row.value = BigDecimal.valueOf(-Chance.between(random, 500, 9_000), 2);
        row.orderId = "o" + row.eventId;
      }
    }
    return row;
  }
}
