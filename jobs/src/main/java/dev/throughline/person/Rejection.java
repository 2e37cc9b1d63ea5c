package dev.throughline.person;

import java.util.Locale;

/** Why a row of the log is no event. The first reason that applies, in this order, is given. */
public enum Rejection {
  MISSING_EVENT_ID(1),
  MISSING_EVENT_TIME(2),
  EVENT_TIME_OUTSIDE_PARTITION(3),
  EVENT_TIME_AFTER_RECEIVED_TIME(4),
  UNKNOWN_EVENT_TYPE(5),
  MISSING_EVENT_NAME(6),
  VALUE_DOES_NOT_FIT(7),
  NEGATIVE_VALUE(8),
  COST_DOES_NOT_FIT(9),
  NEGATIVE_COST(10),
  ILLEGAL_ENGAGEMENT_SECONDS(11);

  private static final Rejection[] ALL = values();

  private final int code;

  Rejection(int code) {
    this.code = code;
  }

  /** Its number, from 1. */
  int code() {
    return code;
  }

  /** The reason as tables name it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Rejection of(int code) {
    return ALL[code - 1];
  }
}
