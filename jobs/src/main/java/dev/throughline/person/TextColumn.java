package dev.throughline.person;

/** The logical columns of the log that hold text. */
enum TextColumn {
  EVENT_ID(0),
  EVENT_TYPE(1),
  EVENT_NAME(2),
  USER_ID(3),
  SESSION_ID(4),
  CAMPAIGN_ID(5),
  CHANNEL(6),
  IMPRESSION_ID(7),
  CURRENCY(8),
  ORDER_ID(9),
  COST_CURRENCY(10),
  INVALID_REASON(11),
  USER_AGENT(12);

  private final int place;

  TextColumn(int place) {
    this.place = place;
  }

  /** Its place among the texts of a row. */
  int place() {
    return place;
  }
}
