package dev.throughline.input;

import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.to_date;

import java.time.ZoneId;
import org.apache.spark.sql.Column;

/** The day that instants fall on, by the calendar of a zone. */
public final class LocalDays {
  private LocalDays() {}

  /** The day of an instant; NULL of NULL. */
  public static Column in(ZoneId zone, Column instant) {
    // The session's zone is UTC, where a date is the date of the shifted instant.
    return to_date(
        zone.getId().equals("UTC") ? instant : from_utc_timestamp(instant, zone.getId()));
  }

  /** The day on which an event was received; NULL where that is not known. */
  public static Column received(ZoneId zone) {
    return in(zone, timestamp_micros(Events.RECEIVED.col()));
  }
}
