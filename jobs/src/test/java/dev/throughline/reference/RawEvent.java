package dev.throughline.reference;

import dev.throughline.testing.TestSession;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.spark.sql.Row;

/** A row of the log, as it lies there. Times are microseconds since 1970 UTC. */
record RawEvent(
    LocalDate dt,
    String id,
    Long time,
    Long received,
    String type,
    String name,
    String user,
    String session,
    String campaign,
    String channel,
    String impression,
    Boolean viewable,
    Double seconds,
    BigDecimal value,
    String order,
    BigDecimal cost,
    Boolean consent,
    String invalidReason,
    String agent) {

  /** Every row of a log. */
  static List<RawEvent> readAll(Path log) {
    return TestSession.get()
        .read()
        .parquet(log.toString())
        .selectExpr(
            "cast(dt as string)",
            "event_id",
            "unix_micros(event_time)",
            "unix_micros(received_time)",
            "event_type",
            "event_name",
            "user_id",
            "session_id",
            "campaign_id",
            "channel",
            "impression_id",
            "viewable",
            "engagement_seconds",
            "value",
            "order_id",
            "cost",
            "consent",
            "invalid_reason",
            "user_agent")
        .collectAsList()
        .stream()
        .map(RawEvent::of)
        .toList();
  }

  private static RawEvent of(Row row) {
    return new RawEvent(
        LocalDate.parse(row.getString(0)),
        row.getString(1),
        row.<Long>getAs(2),
        row.<Long>getAs(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        row.getString(9),
        row.getString(10),
        row.<Boolean>getAs(11),
        row.<Double>getAs(12),
        row.getDecimal(13),
        row.getString(14),
        row.getDecimal(15),
        row.<Boolean>getAs(16),
        row.getString(17),
        row.getString(18));
  }

  /** What two rows must share to be the same event delivered twice. */
  RawEvent payload() {
    return new RawEvent(
        LocalDate.EPOCH,
        id,
        time,
        0L,
        type,
        name,
        user,
        session,
        campaign,
        channel,
        impression,
        viewable,
        seconds,
        value,
        order,
        cost,
        consent,
        invalidReason,
        agent);
  }

  LocalDate dayIn(ZoneId zone) {
    return dayOf(time, zone);
  }

  static LocalDate dayOf(long micros, ZoneId zone) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atZone(zone).toLocalDate();
  }

  boolean is(String wanted) {
    return wanted.equals(type);
  }

  /** Impression before click before page view before engagement before conversion. */
  int rank() {
    return List.of("impression", "click", "page_view", "engagement", "conversion").indexOf(type);
  }

  /** Of a person that we know and that did not refuse. */
  boolean joinable() {
    return user != null && !Boolean.FALSE.equals(consent);
  }
}
