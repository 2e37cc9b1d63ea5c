package dev.throughline.input;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import dev.throughline.table.Field;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * The event contract: the logical columns that a user's log is mapped to, and the columns that
 * reading adds.
 *
 * <p>Grain of what {@link EventLog} returns: one row for every row of the log that was read.
 */
public final class Events {
  /** Money of one event. */
  public static final DataType MONEY = DataTypes.createDecimalType(18, 6);

  public static final Field EVENT_ID =
      Field.optional("event_id", StringType, "Natural key of the event.");
  public static final Field EVENT_TIME =
      Field.optional("event_time", TimestampType, "The instant at which it happened.");
  public static final Field EVENT_TYPE =
      Field.optional(
          "event_type",
          StringType,
          "What happened: impression, click, page_view, engagement or conversion.");
  public static final Field RECEIVED_TIME =
      Field.optional("received_time", TimestampType, "The instant at which it was collected.");
  public static final Field EVENT_NAME =
      Field.optional("event_name", StringType, "Name of an engagement or a conversion.");
  public static final Field USER_ID = Field.optional("user_id", StringType, "The person.");
  public static final Field SESSION_ID = Field.optional("session_id", StringType, "The visit.");
  public static final Field CAMPAIGN_ID =
      Field.optional("campaign_id", StringType, "The campaign; NULL where there is none.");
  public static final Field CHANNEL =
      Field.optional("channel", StringType, "The channel; NULL where there is none.");
  public static final Field IMPRESSION_ID =
      Field.optional(
          "impression_id", StringType, "Links a click to the impression that it came from.");
  public static final Field VIEWABLE =
      Field.optional("viewable", BooleanType, "Seen by the MRC's rule; NULL is not measured.");
  public static final Field ENGAGEMENT_SECONDS =
      Field.optional("engagement_seconds", DoubleType, "Foreground time of a page view.");
  public static final Field VALUE = Field.optional("value", MONEY, "Worth of the conversion.");
  public static final Field CURRENCY =
      Field.optional("currency", StringType, "ISO 4217 code of value.");
  public static final Field ORDER_ID =
      Field.optional("order_id", StringType, "Business key of the conversion.");
  public static final Field COST =
      Field.optional("cost", MONEY, "Media cost of the impression or click.");
  public static final Field COST_CURRENCY =
      Field.optional("cost_currency", StringType, "ISO 4217 code of cost.");
  public static final Field CONSENT =
      Field.optional("consent", BooleanType, "False: in totals only, never in journeys.");
  public static final Field INVALID_REASON =
      Field.optional("invalid_reason", StringType, "Set upstream on known invalid traffic.");
  public static final Field USER_AGENT =
      Field.optional("user_agent", StringType, "To tell declared bots.");

  /** The logical columns, as {@code throughline.input.events.columns} names them. */
  public static final List<Field> LOGICAL =
      List.of(
          EVENT_ID,
          EVENT_TIME,
          EVENT_TYPE,
          RECEIVED_TIME,
          EVENT_NAME,
          USER_ID,
          SESSION_ID,
          CAMPAIGN_ID,
          CHANNEL,
          IMPRESSION_ID,
          VIEWABLE,
          ENGAGEMENT_SECONDS,
          VALUE,
          CURRENCY,
          ORDER_ID,
          COST,
          COST_CURRENCY,
          CONSENT,
          INVALID_REASON,
          USER_AGENT);

  /** The logical columns without which there is no log. */
  static final Set<Field> NEEDED = Set.of(EVENT_ID, EVENT_TIME, EVENT_TYPE);

  public static final Field INPUT_DAY =
      Field.required("input_day", DateType, "The day of the partition that holds the row.");
  public static final Field FILE =
      Field.optional(
          "file",
          LongType,
          "64-bit hash of the path of the file that holds the row; NULL where rows are not counted by file.");
  public static final Field DAY =
      Field.required(
          "day", DateType, "The reporting day of the event; of its partition if it is rejected.");
  public static final Field TIME =
      Field.optional("time_us", LongType, "Event time in microseconds since 1970 UTC.");
  public static final Field RANK =
      Field.optional("rank", IntegerType, "Order of the event's kind, see EventType.");
  public static final Field BOT =
      Field.required("bot", BooleanType, "The user agent declares a bot.");
  public static final Field RECEIVED =
      Field.optional(
          "received_us",
          LongType,
          "Received time in microseconds since 1970 UTC; NULL where the log does not say.");
  public static final Field PAYLOAD =
      Field.required("payload", LongType, "64-bit hash of all logical columns but received_time.");
  public static final Field REJECT_REASON =
      Field.optional("reject_reason", StringType, "Why the row is no event; NULL where it is one.");
  public static final Field RAW =
      Field.optional(
          "raw", StringType, "A rejected row's mapped columns as JSON, without user_id.");

  /** The reason of a row whose time does not belong where it is filed. */
  public static final String OUTSIDE_PARTITION = "event_time_outside_partition";

  /** The columns of a row after reading, in order. */
  public static final List<Field> READ =
      List.of(
          INPUT_DAY,
          FILE,
          DAY,
          TIME,
          RANK,
          EVENT_ID,
          EVENT_NAME,
          USER_ID,
          SESSION_ID,
          CAMPAIGN_ID,
          CHANNEL,
          IMPRESSION_ID,
          VIEWABLE,
          ENGAGEMENT_SECONDS,
          VALUE,
          CURRENCY,
          ORDER_ID,
          COST,
          COST_CURRENCY,
          CONSENT,
          INVALID_REASON,
          BOT,
          RECEIVED,
          PAYLOAD,
          REJECT_REASON,
          RAW);

  private Events() {}
}
