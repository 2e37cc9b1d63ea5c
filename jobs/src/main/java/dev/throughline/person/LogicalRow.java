package dev.throughline.person;

/**
 * One row of the log in its logical columns, as a source hands it to the encoder. A source has one
 * of these and fills it anew for each row; so does the encoder read it at once.
 *
 * <p>Absent texts are null; each other column has a flag beside it that says whether it is there.
 */
final class LogicalRow {
  private final Text[] texts = new Text[TextColumn.values().length];

  /** Instants in microseconds since 1970 UTC. */
  long eventTime;

  boolean hasEventTime;
  long receivedTime;
  boolean hasReceivedTime;

  boolean viewable;
  boolean hasViewable;
  boolean consent;
  boolean hasConsent;

  double engagementSeconds;
  boolean hasEngagementSeconds;

  /** Money in millionths. It may be given in the log and yet absent here: it does not fit then. */
  long value;

  boolean hasValue;
  boolean valueGiven;
  long cost;
  boolean hasCost;
  boolean costGiven;

  /** The day of the partition that holds the row, counted from 1970. */
  int inputDay;

  /** Hash of the file that holds the row, if rows are counted by file. */
  long file;

  boolean hasFile;

  /** Sets a text; an empty one is none, except for the type, which then is unknown. */
  void text(TextColumn column, Text text) {
    boolean absent = text != null && text.length() == 0 && column != TextColumn.EVENT_TYPE;
    texts[column.place()] = absent ? null : text;
  }

  /** A text, or null. */
  Text text(TextColumn column) {
    return texts[column.place()];
  }

  boolean has(TextColumn column) {
    return texts[column.place()] != null;
  }
}
