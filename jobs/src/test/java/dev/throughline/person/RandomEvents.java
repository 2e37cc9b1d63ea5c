package dev.throughline.person;

import java.math.BigInteger;
import java.time.ZoneId;
import java.util.Random;

/** Random rows in logical columns, with ties, repeated ids, odd texts and damaged columns. */
final class RandomEvents {
  static final RowRules RULES =
      new RowRules(
          ZoneId.of("America/New_York"), ZoneId.of("UTC"), 1, 3_600_000_000L, "(?i)bot|spider");
  static final long NOON = 1_793_448_000_000_000L;
  static final int INPUT_DAY = (int) (NOON / ZoneDays.DAY);

  private final Random random;
  private final int people;
  private final LogicalRow row = new LogicalRow();

  RandomEvents(long seed, int people) {
    random = new Random(seed);
    this.people = people;
  }

  private Text any(String prefix, int different) {
    return random.nextInt(4) == 0 ? null : Text.of(prefix + random.nextInt(different));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** The next row; it is filled anew by the next call. */
  LogicalRow next() {
    row.text(TextColumn.EVENT_ID, chance(2) ? null : Text.of(id()));
    String[] types = {"impression", "click", "click", "page_view", "engagement", "conversion", "?"};
    row.text(TextColumn.EVENT_TYPE, Text.of(types[random.nextInt(chance(5) ? 7 : 6)]));
    row.text(TextColumn.EVENT_NAME, any("näme", 5));
    row.text(TextColumn.USER_ID, chance(20) ? null : Text.of("u" + random.nextInt(people)));
    row.text(TextColumn.SESSION_ID, any("s", people));
    row.text(TextColumn.CAMPAIGN_ID, any("c", 7));
    row.text(TextColumn.CHANNEL, any("", 2));
    row.text(TextColumn.IMPRESSION_ID, any("i", 1000));
    row.text(TextColumn.CURRENCY, any("EUR", 2));
    row.text(TextColumn.ORDER_ID, any("order \"\\\n", 9));
    row.text(TextColumn.COST_CURRENCY, any("USD", 2));
    row.text(TextColumn.INVALID_REASON, chance(3) ? Text.of("known") : null);
    row.text(TextColumn.USER_AGENT, chance(3) ? Text.of("a Spider") : any("Mozilla", 3));
    row.hasEventTime = !chance(1);
    long step = chance(50) ? 3_600_000_000L : 1;
    row.eventTime = NOON + (random.nextInt(21) - 10) * step;
    row.hasReceivedTime = chance(30);
    row.receivedTime =
        row.eventTime + random.nextInt(3) * 60_000_000L - (chance(3) ? ZoneDays.DAY : 0);
    row.hasViewable = chance(60);
    row.viewable = chance(50);
    row.hasConsent = chance(60);
    row.consent = chance(50);
    row.hasEngagementSeconds = chance(40);
    row.engagementSeconds = chance(2) ? -1 : random.nextInt(100) / 8.0;
    row.valueGiven = chance(30);
    row.hasValue = row.valueGiven && !chance(2);
    row.value = chance(2) ? -1 : new BigInteger(59, random).longValue();
    row.costGiven = chance(30);
    row.hasCost = row.costGiven && !chance(2);
    row.cost = random.nextInt(1000);
    row.inputDay = INPUT_DAY + (chance(5) ? 9 : 0);
    row.hasFile = chance(80);
    row.file = random.nextInt(3);
    return row;
  }

  private String id() {
    return random.nextBoolean() ? "e" + random.nextInt(4 * people) : "é" + random.nextLong();
  }

  /** A block's worth of events. */
  EventBuffer buffer(int size, EventEncoder encoder) {
    EventBuffer events = new EventBuffer(Math.max(1, size));
    for (int i = 0; i < size; i++) {
      encoder.encode(next(), events);
    }
    return events;
  }

  /** All that an event says. */
  static String describe(CompactEvent event, TextCodes codes) {
    return String.join(
        " ",
        event.visitor() + "/" + event.visitorCheck() + "/" + event.kind(),
        event.day() + "/" + event.inputDay(),
        event.hasTime() ? "at " + event.time() : "at no time",
        event.hasReceived() ? "received " + event.received() : "",
        "rank " + event.rank() + " payload " + event.payload(),
        codes.text(event.campaign()) + " " + codes.text(event.channel()),
        codes.text(event.name()) + " " + codes.text(event.currency()),
        codes.text(event.costCurrency()),
        event.hasImpression() + " " + event.impression(),
        event.hasSession() + " " + event.session(),
        event.hasValue() + " " + event.value() + " " + event.hasCost() + " " + event.cost(),
        event.hasSeconds() + " " + event.seconds() + " " + event.foreground(),
        event.viewable() + " " + event.consent() + " " + event.bot(),
        event.invalidUpstream() + " " + event.rejection(),
        event.hasFile() + " " + event.file(),
        event.texts().id() + " " + event.texts().order() + " " + event.texts().raw());
  }
}
