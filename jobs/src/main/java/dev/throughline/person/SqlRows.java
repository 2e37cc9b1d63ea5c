package dev.throughline.person;

import dev.throughline.input.Events;
import dev.throughline.input.MappedLog;
import dev.throughline.table.Field;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.Locale;
import org.apache.spark.sql.Row;

/** Rows that Spark mapped by the expressions of the configuration, see {@link MappedLog#rows}. */
final class SqlRows implements RowSource {
  private static final TextColumn[] TEXTS = TextColumn.values();

  private final Iterator<Row> rows;
  private final LogicalRow row = new LogicalRow();
  private final Text[] texts = new Text[TEXTS.length];
  private int[] textPlaces;
  private int eventTime;
  private int receivedTime;
  private int viewable;
  private int consent;
  private int seconds;
  private int value;
  private int valueGiven;
  private int cost;
  private int costGiven;
  private int inputDay;
  private int file;

  SqlRows(Iterator<Row> rows) {
    this.rows = rows;
    for (int i = 0; i < texts.length; i++) {
      texts[i] = new Text();
    }
  }

  @Override
  public LogicalRow row() {
    return row;
  }

  private void find(Row first) {
    textPlaces = new int[TEXTS.length];
    for (int i = 0; i < TEXTS.length; i++) {
      textPlaces[i] = first.fieldIndex(TEXTS[i].name().toLowerCase(Locale.ROOT));
    }
    eventTime = place(first, Events.EVENT_TIME);
    receivedTime = place(first, Events.RECEIVED_TIME);
    viewable = place(first, Events.VIEWABLE);
    consent = place(first, Events.CONSENT);
    seconds = place(first, Events.ENGAGEMENT_SECONDS);
    value = place(first, Events.VALUE);
    valueGiven = first.fieldIndex(MappedLog.VALUE_GIVEN);
    cost = place(first, Events.COST);
    costGiven = first.fieldIndex(MappedLog.COST_GIVEN);
    inputDay = place(first, Events.INPUT_DAY);
    file = place(first, Events.FILE);
  }

  private static int place(Row row, Field field) {
    return row.fieldIndex(field.name());
  }

  @Override
  public boolean next() {
    if (!rows.hasNext()) {
      return false;
    }
    Row from = rows.next();
    if (textPlaces == null) {
      find(from);
    }
    for (int i = 0; i < TEXTS.length; i++) {
      String text = from.getString(textPlaces[i]);
      if (text == null) {
        row.text(TEXTS[i], null);
      } else {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        row.text(TEXTS[i], texts[i].set(bytes, 0, bytes.length));
      }
    }
    row.hasEventTime = !from.isNullAt(eventTime);
    row.eventTime = row.hasEventTime ? micros(from.get(eventTime)) : 0;
    row.hasReceivedTime = !from.isNullAt(receivedTime);
    row.receivedTime = row.hasReceivedTime ? micros(from.get(receivedTime)) : 0;
    row.hasViewable = !from.isNullAt(viewable);
    row.viewable = row.hasViewable && from.getBoolean(viewable);
    row.hasConsent = !from.isNullAt(consent);
    row.consent = row.hasConsent && from.getBoolean(consent);
    row.hasEngagementSeconds = !from.isNullAt(seconds);
    row.engagementSeconds = row.hasEngagementSeconds ? from.getDouble(seconds) : 0;
    row.hasValue = !from.isNullAt(value);
    row.value = row.hasValue ? millionths(from.getDecimal(value)) : 0;
    row.valueGiven = from.getBoolean(valueGiven);
    row.hasCost = !from.isNullAt(cost);
    row.cost = row.hasCost ? millionths(from.getDecimal(cost)) : 0;
    row.costGiven = from.getBoolean(costGiven);
    row.inputDay = day(from.get(inputDay));
    row.hasFile = !from.isNullAt(file);
    row.file = row.hasFile ? from.getLong(file) : 0;
    return true;
  }

  private static long millionths(BigDecimal money) {
    return money.unscaledValue().longValueExact();
  }

  /** Spark hands instants out in one of two classes, by a setting of the session. */
  private static long micros(Object instant) {
    Instant at = instant instanceof Timestamp t ? t.toInstant() : (Instant) instant;
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1000);
  }

  private static int day(Object date) {
    LocalDate day = date instanceof Date d ? d.toLocalDate() : (LocalDate) date;
    return (int) day.toEpochDay();
  }
}
