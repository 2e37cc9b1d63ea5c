package dev.throughline.testing;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * One row of a test's event log. What a test does not say has a default: a page view of the person
 * u1, on 2026-10-31 at 10:00 UTC, filed under its UTC day.
 */
public final class Event {
  /** The columns of a test's log, named as the event contract names them. */
  public static final StructType SCHEMA =
      StructType.fromDDL(
          "event_id string, event_time timestamp, received_time timestamp, event_type string,"
              + " event_name string, user_id string, session_id string, campaign_id string,"
              + " channel string, impression_id string, viewable boolean, engagement_seconds double,"
              + " value decimal(18,6), currency string, order_id string, cost decimal(18,6),"
              + " cost_currency string, consent boolean, invalid_reason string, user_agent string,"
              + " dt string");

  private final Map<String, Object> columns;

  private Event(Map<String, Object> columns) {
    this.columns = new HashMap<>(columns);
  }

  public static Event event() {
    return new Event(Map.of()).with("event_type", "page_view").user("u1").at("2026-10-31 10:00");
  }

  /** The same event once more, to be changed without changing this one. */
  public Event copy() {
    return new Event(columns);
  }

  /** Sets any column to any value, NULL included. */
  public Event with(String column, Object value) {
    SCHEMA.fieldIndex(column);
    columns.put(column, value);
    return this;
  }

  /** An impression of the campaign c1, unless the event has a campaign already. */
  public Event impression() {
    columns.putIfAbsent("campaign_id", "c1");
    return with("event_type", "impression");
  }

  /** A click on the campaign c1, unless the event has a campaign already. */
  public Event click() {
    columns.putIfAbsent("campaign_id", "c1");
    return with("event_type", "click");
  }

  public Event pageView() {
    return with("event_type", "page_view");
  }

  public Event engagement(String name) {
    return with("event_type", "engagement").with("event_name", name);
  }

  public Event conversion(String name) {
    return with("event_type", "conversion").with("event_name", name);
  }

  /** The instant, as the clock of UTC shows it: 2026-10-31 10:05, with seconds if need be. */
  public Event at(String utc) {
    return at(utc, "UTC");
  }

  /** The instant, as the clock of a zone shows it; the earlier one if it shows it twice. */
  public Event at(String local, String zone) {
    LocalDateTime shown = LocalDateTime.parse(local.replace(' ', 'T'));
    return at(shown.atZone(ZoneId.of(zone)).toInstant());
  }

  public Event at(Instant instant) {
    return with("event_time", instant);
  }

  /** So much later. */
  public Event plus(Duration later) {
    return at(time().plus(later));
  }

  public Event id(String eventId) {
    return with("event_id", eventId);
  }

  public Event user(String user) {
    return with("user_id", user);
  }

  public Event session(String session) {
    return with("session_id", session);
  }

  public Event campaign(String campaign) {
    return with("campaign_id", campaign);
  }

  public Event channel(String channel) {
    return with("channel", channel);
  }

  public Event impressionId(String impression) {
    return with("impression_id", impression);
  }

  public Event viewable(Boolean viewable) {
    return with("viewable", viewable);
  }

  public Event seconds(double foreground) {
    return with("engagement_seconds", foreground);
  }

  public Event value(String amount) {
    return with("value", new BigDecimal(amount)).with("currency", "EUR");
  }

  public Event cost(String amount) {
    return with("cost", new BigDecimal(amount)).with("cost_currency", "EUR");
  }

  public Event orderId(String order) {
    return with("order_id", order);
  }

  public Event consent(Boolean consent) {
    return with("consent", consent);
  }

  public Event invalidReason(String reason) {
    return with("invalid_reason", reason);
  }

  public Event userAgent(String agent) {
    return with("user_agent", agent);
  }

  public Event received(String utc) {
    return with(
        "received_time", LocalDateTime.parse(utc.replace(' ', 'T')).toInstant(ZoneOffset.UTC));
  }

  /** Files the event under another day than its own UTC day. */
  public Event dt(String day) {
    return with("dt", day);
  }

  public Instant time() {
    return (Instant) columns.get("event_time");
  }

  /** What a column holds; null where it holds nothing. */
  public Object get(String column) {
    return columns.get(column);
  }

  /** The row, with an id where the event was given none. */
  public Row row(String defaultId) {
    Map<String, Object> filled = new HashMap<>(columns);
    filled.putIfAbsent(
        "dt", time() == null ? null : time().atZone(ZoneOffset.UTC).toLocalDate().toString());
    if (!filled.containsKey("event_id")) {
      filled.put("event_id", defaultId);
    }
    return RowFactory.create(Arrays.stream(SCHEMA.fieldNames()).map(filled::get).toArray());
  }
}
