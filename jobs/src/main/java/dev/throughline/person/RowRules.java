package dev.throughline.person;

import dev.throughline.config.Settings;
import dev.throughline.input.EventType;
import java.io.Serializable;
import java.time.ZoneId;

/**
 * The rules that look at one row alone: why it is no event, and what it is of.
 *
 * @param zone the reporting zone, whose midnights divide days
 * @param partitionZone the zone whose days partitions are named by
 * @param lateDays how many days after its own day an event may be filed
 * @param clockTolerance microseconds by which an event may seem to happen after it was received
 * @param botPattern regular expression of declared bots; empty: none is
 */
record RowRules(
    ZoneId zone, ZoneId partitionZone, int lateDays, long clockTolerance, String botPattern)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static RowRules of(Settings settings) {
    return new RowRules(
        settings.zone(),
        settings.events().partitionZone(),
        settings.events().lateDays(),
        settings.events().clockTolerance().toNanos() / 1000,
        settings.invalidTraffic().botUserAgents());
  }

  /**
   * The first reason for which a row is no event; null for an event.
   *
   * @param filedDay the day of its time in the zone of partitions
   */
  Rejection rejection(LogicalRow row, int filedDay) {
    if (!row.has(TextColumn.EVENT_ID)) {
      return Rejection.MISSING_EVENT_ID;
    }
    if (!row.hasEventTime) {
      return Rejection.MISSING_EVENT_TIME;
    }
    // Such a row would be counted on no day, or only in part: its own day's run does not read it.
    if (filedDay < row.inputDay - lateDays || filedDay > row.inputDay) {
      return Rejection.EVENT_TIME_OUTSIDE_PARTITION;
    }
    // Its clock cannot be trusted, so neither can its day.
    if (row.hasReceivedTime && row.eventTime - row.receivedTime > clockTolerance) {
      return Rejection.EVENT_TIME_AFTER_RECEIVED_TIME;
    }
    int rank = rank(row);
    if (rank == Text.NO_RANK) {
      return Rejection.UNKNOWN_EVENT_TYPE;
    }
    boolean named = rank == EventType.ENGAGEMENT.rank() || rank == EventType.CONVERSION.rank();
    if (named && !row.has(TextColumn.EVENT_NAME)) {
      return Rejection.MISSING_EVENT_NAME;
    }
    if (row.valueGiven && !row.hasValue) {
      return Rejection.VALUE_DOES_NOT_FIT;
    }
    if (row.hasValue && row.value < 0) {
      return Rejection.NEGATIVE_VALUE;
    }
    if (row.costGiven && !row.hasCost) {
      return Rejection.COST_DOES_NOT_FIT;
    }
    if (row.hasCost && row.cost < 0) {
      return Rejection.NEGATIVE_COST;
    }
    double seconds = row.engagementSeconds;
    if (row.hasEngagementSeconds && (seconds < 0 || Double.isNaN(seconds))) {
      return Rejection.ILLEGAL_ENGAGEMENT_SECONDS;
    }
    return null;
  }

  /** The rank of the row's type, or {@link Text#NO_RANK}. */
  static int rank(LogicalRow row) {
    Text type = row.text(TextColumn.EVENT_TYPE);
    return type == null ? Text.NO_RANK : type.rank();
  }

  /** What names the visitor of an event: the user, else the session, else the event alone. */
  static VisitorKind kind(LogicalRow row) {
    if (row.has(TextColumn.USER_ID)) {
      return VisitorKind.USER;
    }
    return row.has(TextColumn.SESSION_ID) ? VisitorKind.SESSION : VisitorKind.EVENT;
  }
}
