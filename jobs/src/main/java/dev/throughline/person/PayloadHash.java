package dev.throughline.person;

/**
 * The hash of all logical columns of a row but received_time: rows of one event_id and one payload
 * are one event. It is what Spark's xxhash64 gives the same columns and a number that says which of
 * them are there, since that hash passes over NULLs.
 */
final class PayloadHash {
  private long hash = Xxh64.SEED;
  private long present;
  private int place;

  private PayloadHash() {}

  static long of(LogicalRow row) {
    // In the order of the event contract.
    PayloadHash payload = new PayloadHash();
    payload.text(row, TextColumn.EVENT_ID);
    payload.number(row.hasEventTime, row.eventTime);
    payload.text(row, TextColumn.EVENT_TYPE);
    payload.text(row, TextColumn.EVENT_NAME);
    payload.text(row, TextColumn.USER_ID);
    payload.text(row, TextColumn.SESSION_ID);
    payload.text(row, TextColumn.CAMPAIGN_ID);
    payload.text(row, TextColumn.CHANNEL);
    payload.text(row, TextColumn.IMPRESSION_ID);
    payload.truth(row.hasViewable, row.viewable);
    // Minus zero is zero.
    payload.number(row.hasEngagementSeconds, Double.doubleToLongBits(row.engagementSeconds + 0.0));
    payload.number(row.hasValue, row.value);
    payload.text(row, TextColumn.CURRENCY);
    payload.text(row, TextColumn.ORDER_ID);
    payload.number(row.hasCost, row.cost);
    payload.text(row, TextColumn.COST_CURRENCY);
    payload.truth(row.hasConsent, row.consent);
    payload.text(row, TextColumn.INVALID_REASON);
    payload.text(row, TextColumn.USER_AGENT);
    return Xxh64.ofLong(payload.present, payload.hash);
  }

  private void text(LogicalRow row, TextColumn column) {
    Text text = row.text(column);
    if (there(text != null)) {
      hash = Xxh64.of(text.bytes(), text.offset(), text.length(), hash);
    }
  }

  private void number(boolean known, long value) {
    if (there(known)) {
      hash = Xxh64.ofLong(value, hash);
    }
  }

  private void truth(boolean known, boolean value) {
    if (there(known)) {
      hash = Xxh64.ofInt(value ? 1 : 0, hash);
    }
  }

  private boolean there(boolean known) {
    present |= known ? 1L << place : 0;
    place++;
    return known;
  }
}
