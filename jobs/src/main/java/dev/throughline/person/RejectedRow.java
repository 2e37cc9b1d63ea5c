package dev.throughline.person;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * The mapped columns of a rejected row as JSON, in the order of the event contract, without NULLs
 * and without user_id: letter by letter what Spark's to_json writes.
 */
final class RejectedRow {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final StringBuilder json = new StringBuilder("{");

  private RejectedRow() {}

  static String json(LogicalRow row) {
    RejectedRow written = new RejectedRow();
    written.text(row, TextColumn.EVENT_ID);
    written.time("event_time", row.hasEventTime, row.eventTime);
    written.text(row, TextColumn.EVENT_TYPE);
    written.time("received_time", row.hasReceivedTime, row.receivedTime);
    written.text(row, TextColumn.EVENT_NAME);
    written.text(row, TextColumn.SESSION_ID);
    written.text(row, TextColumn.CAMPAIGN_ID);
    written.text(row, TextColumn.CHANNEL);
    written.text(row, TextColumn.IMPRESSION_ID);
    written.value("viewable", row.hasViewable, Boolean.toString(row.viewable));
    double seconds = row.engagementSeconds;
    String number = Double.toString(seconds);
    boolean finite = Double.isFinite(seconds);
    written.value(
        "engagement_seconds", row.hasEngagementSeconds, finite ? number : '"' + number + '"');
    written.money("value", row.hasValue, row.value);
    written.text(row, TextColumn.CURRENCY);
    written.text(row, TextColumn.ORDER_ID);
    written.money("cost", row.hasCost, row.cost);
    written.text(row, TextColumn.COST_CURRENCY);
    written.value("consent", row.hasConsent, Boolean.toString(row.consent));
    written.text(row, TextColumn.INVALID_REASON);
    written.text(row, TextColumn.USER_AGENT);
    return written.json.append('}').toString();
  }

  private void value(String name, boolean known, String value) {
    if (known) {
      json.append(json.length() > 1 ? ",\"" : "\"").append(name).append("\":").append(value);
    }
  }

  private void time(String name, boolean known, long micros) {
    Instant instant = Instant.EPOCH.plus(known ? micros : 0, ChronoUnit.MICROS);
    value(name, known, '"' + TIME.format(instant) + '"');
  }

  private void money(String name, boolean known, long millionths) {
    value(name, known, BigDecimal.valueOf(millionths, 6).toString());
  }

  private void text(LogicalRow row, TextColumn column) {
    Text text = row.text(column);
    if (text != null) {
      value(column.name().toLowerCase(Locale.ROOT), true, quoted(text.toString()));
    }
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\b' -> quoted.append("\\b");
        case '\f' -> quoted.append("\\f");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (c < ' ') {
            quoted.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
