package dev.throughline.person;

/** What names the visitor of a row. */
public enum VisitorKind {
  USER(0, TextColumn.USER_ID),
  SESSION(1, TextColumn.SESSION_ID),
  EVENT(2, TextColumn.EVENT_ID),
  /** A rejected row has no visitor. */
  NO_EVENT(3, null);

  private static final VisitorKind[] ALL = values();
  private final int number;
  private final TextColumn column;

  VisitorKind(int number, TextColumn column) {
    this.number = number;
    this.column = column;
  }

  /** The number that tables know it by. */
  public int number() {
    return number;
  }

  /** The column that names the visitor; null for a rejected row. */
  TextColumn column() {
    return column;
  }

  static VisitorKind of(int number) {
    return ALL[number];
  }
}
