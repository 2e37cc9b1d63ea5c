package dev.throughline.input;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.unix_micros;

import java.time.ZoneId;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/** The day that instants fall on, by the calendar of a zone. */
public final class LocalDays {
  private static final Column DAY = lit(86_400_000_000L);

  private LocalDays() {}

  /** The day of an instant; NULL of NULL. */
  public static Column in(ZoneId zone, Column instant) {
    Column shifted =
        zone.getId().equals("UTC") ? instant : from_utc_timestamp(instant, zone.getId());
    // Whole days since 1970, rounded down; a cast to a date looks rules of a zone up for each row.
    Column micros = unix_micros(shifted);
    Column whole = micros.minus(pmod(micros, DAY));
    return date_from_unix_date(call_function("div", whole, DAY).cast(DataTypes.IntegerType));
  }

  /** The day on which an event was received; NULL where that is not known. */
  public static Column received(ZoneId zone) {
    return in(zone, timestamp_micros(Events.RECEIVED.col()));
  }
}
