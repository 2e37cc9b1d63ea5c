package dev.throughline.person;

import java.nio.charset.StandardCharsets;

/** Encodes rows as compact events; applies the rules that look at one row alone. */
final class EventEncoder {
  private static final int CHECK_BITS = 48;

  private final RowRules rules;
  private final TextCodes codes;
  private final ZoneDays days;
  private final ZoneDays filedDays;
  private final boolean oneZone;
  private final BotPattern bots;

  // The row that was taken.
  private LogicalRow row;
  private Rejection rejection;
  private VisitorKind kind;
  private int day;
  private long payload;

  /**
   * @param codes gives texts that repeat their numbers
   */
  EventEncoder(RowRules rules, TextCodes codes) {
    this.rules = rules;
    this.codes = codes;
    days = new ZoneDays(rules.zone());
    filedDays = new ZoneDays(rules.partitionZone());
    oneZone = rules.zone().equals(rules.partitionZone());
    bots = new BotPattern(rules.botPattern());
  }

  TextCodes codes() {
    return codes;
  }

  /**
   * Takes the next row.
   *
   * @return the first hash of its visitor
   */
  long begin(LogicalRow next) {
    row = next;
    day = row.hasEventTime ? days.of(row.eventTime) : 0;
    int filed = row.hasEventTime && !oneZone ? filedDays.of(row.eventTime) : day;
    rejection = rules.rejection(row, filed);
    payload = PayloadHash.of(row);
    kind = rejection == null ? RowRules.kind(row) : VisitorKind.NO_EVENT;
    // A rejected row may have no key at all; its hash spreads such rows over the tasks.
    return rejection == null ? row.text(kind.column()).hash() : payload;
  }

  /** Writes an event at the end of others. */
  void encode(LogicalRow next, EventBuffer to) {
    write(begin(next), to);
  }

  /**
   * Writes the row that was taken at the end of others.
   *
   * @param visitor what {@link #begin} returned
   */
  void write(long visitor, EventBuffer to) {
    long[] words = to.words();
    int at = to.next();
    long flags = flags() | (long) kind.number() << CompactEvent.KIND_AT;
    if (rejection == null) {
      flags |= row.text(kind.column()).check() >>> CHECK_BITS << CompactEvent.CHECK_AT;
    } else {
      flags |= (long) rejection.code() << CompactEvent.REJECTION_AT;
    }
    words[at + CompactEvent.VISITOR] = visitor;
    words[at + CompactEvent.FLAGS] = flags;
    words[at + CompactEvent.TIME] = row.hasEventTime ? row.eventTime : 0;
    words[at + CompactEvent.DAYS] = pair(rejection == null ? day : row.inputDay, row.inputDay);
    words[at + CompactEvent.PAYLOAD] = payload;
    words[at + CompactEvent.RECEIVED] = row.hasReceivedTime ? row.receivedTime : 0;
    words[at + CompactEvent.CAMPAIGN_AND_CHANNEL] =
        pair(code(TextColumn.CAMPAIGN_ID), code(TextColumn.CHANNEL));
    words[at + CompactEvent.NAME] = code(TextColumn.EVENT_NAME);
    words[at + CompactEvent.IMPRESSION] = hash(TextColumn.IMPRESSION_ID);
    words[at + CompactEvent.SESSION] = hash(TextColumn.SESSION_ID);
    words[at + CompactEvent.VALUE] = row.hasValue ? row.value : 0;
    words[at + CompactEvent.COST] = row.hasCost ? row.cost : 0;
    words[at + CompactEvent.SECONDS] =
        row.hasEngagementSeconds ? Double.doubleToLongBits(row.engagementSeconds) : 0;
    words[at + CompactEvent.CURRENCIES] =
        pair(code(TextColumn.CURRENCY), code(TextColumn.COST_CURRENCY));
    words[at + CompactEvent.FILE] = row.hasFile ? row.file : 0;
    byte[] raw = rejection == null ? null : RejectedRow.json(row).getBytes(StandardCharsets.UTF_8);
    Text user = rejection == null ? row.text(TextColumn.USER_ID) : null;
    to.add(row.text(TextColumn.EVENT_ID), row.text(TextColumn.ORDER_ID), raw, user);
  }

  private long flags() {
    Text agent = row.text(TextColumn.USER_AGENT);
    long flags = RowRules.rank(row);
    flags |= threeValued(row.hasViewable, row.viewable) << CompactEvent.VIEWABLE_AT;
    flags |= threeValued(row.hasConsent, row.consent) << CompactEvent.CONSENT_AT;
    flags |= agent != null && agent.bot(bots) ? CompactEvent.BOT : 0;
    flags |= row.has(TextColumn.INVALID_REASON) ? CompactEvent.UPSTREAM : 0;
    flags |= row.hasEventTime ? CompactEvent.HAS_TIME : 0;
    flags |= row.hasReceivedTime ? CompactEvent.HAS_RECEIVED : 0;
    flags |= row.has(TextColumn.SESSION_ID) ? CompactEvent.HAS_SESSION : 0;
    flags |= row.has(TextColumn.IMPRESSION_ID) ? CompactEvent.HAS_IMPRESSION : 0;
    flags |= row.hasValue ? CompactEvent.HAS_VALUE : 0;
    flags |= row.hasCost ? CompactEvent.HAS_COST : 0;
    flags |= row.hasEngagementSeconds ? CompactEvent.HAS_SECONDS : 0;
    return flags | (row.hasFile ? CompactEvent.HAS_FILE : 0);
  }

  private static long threeValued(boolean known, boolean value) {
    if (!known) {
      return 0;
    }
    return value ? 2 : 1;
  }

  private int code(TextColumn column) {
    Text text = row.text(column);
    return text == null ? TextCodes.NONE : text.code(codes);
  }

  private long hash(TextColumn column) {
    Text text = row.text(column);
    return text == null ? 0 : text.hash();
  }

  private static long pair(int high, int low) {
    return ((long) high << 32) | (low & 0xFFFFFFFFL);
  }
}
