package dev.throughline.model;

import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.throughline.input.EventType;
import dev.throughline.input.Events;
import dev.throughline.table.Field;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * A fact as the sweep sees it.
 *
 * @param visitor who did it
 * @param kind what visitor names, see {@link Facts#VISITOR_KIND}
 * @param day the reporting day, counted from 1970
 * @param rank what it is, see {@link EventType}
 * @param time microseconds since 1970
 * @param campaign the campaign, or null
 * @param channel its own channel, or null
 * @param campaignChannel the channel of its campaign where that is described, or null
 * @param impression hash of the impression that it is or came from, or null
 * @param name name of an engagement, conversion or page view, or null
 * @param value worth of a conversion in millionths
 * @param viewable whether an impression was viewable; null if it was not measured
 * @param session the given session, or null
 * @param cost its media cost in millionths, or null
 * @param foreground microseconds in the foreground
 * @param counted whether it is counted for its campaign's day
 * @param valid whether it is no invalid traffic
 * @param followed whether it is valid, and its visitor known and willing to be followed
 * @param counts whether it is a conversion that counts
 */
record PersonEvent(
    String visitor,
    int kind,
    int day,
    int rank,
    long time,
    String campaign,
    String channel,
    String campaignChannel,
    Long impression,
    String name,
    long value,
    Boolean viewable,
    String session,
    Long cost,
    long foreground,
    boolean counted,
    boolean valid,
    boolean followed,
    boolean counts) {

  static final Field KNOWN_CHANNEL =
      Field.optional("known_channel", StringType, "The described channel of the campaign.");

  /** What the sweep reads of an event to follow, in the order of this record. */
  static Column[] columns() {
    return new Column[] {
      Facts.VISITOR.col(),
      Facts.VISITOR_KIND.col(),
      unix_date(Events.DAY.col()).as("day_number"),
      Events.RANK.col(),
      Events.TIME.col(),
      Events.CAMPAIGN_ID.col(),
      Events.CHANNEL.col(),
      KNOWN_CHANNEL.col(),
      Followed.IMPRESSION.col(),
      Events.EVENT_NAME.col(),
      Events.VALUE.col(),
      Events.VIEWABLE.col(),
      Events.SESSION_ID.col(),
      Events.COST.col(),
      Followed.FOREGROUND.col(),
      Followed.COUNTED.col(),
      Followed.VALID.col(),
      Followed.FOLLOWED.col(),
      Followed.COUNTS.col()
    };
  }

  static PersonEvent of(Row row) {
    Long value = micros(row, 10);
    return new PersonEvent(
        row.getString(0),
        row.getInt(1),
        row.getInt(2),
        row.getInt(3),
        row.getLong(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.isNullAt(8) ? null : row.getLong(8),
        row.getString(9),
        value == null ? 0 : value,
        row.isNullAt(11) ? null : row.getBoolean(11),
        row.getString(12),
        micros(row, 13),
        row.getLong(14),
        row.getBoolean(15),
        row.getBoolean(16),
        row.getBoolean(17),
        row.getBoolean(18));
  }

  /** Money has {@link Events#MONEY}'s six digits after the point. */
  private static Long micros(Row row, int column) {
    return row.isNullAt(column) ? null : row.getDecimal(column).unscaledValue().longValueExact();
  }

  /** Whether the visitor is a known person: journeys and people's tables are theirs. */
  boolean person() {
    return kind == Facts.USER;
  }

  /** Whether an impression was viewable or not measured. */
  boolean seen() {
    return viewable == null || viewable;
  }

  /**
   * The channel that its credit goes to. The campaign's wins over the event's, so that credit and
   * spend meet on the same channel.
   */
  String creditedChannel() {
    if (campaignChannel != null) {
      return campaignChannel;
    }
    return channel != null ? channel : Journeys.UNKNOWN;
  }

  boolean is(EventType type) {
    return rank == type.rank();
  }

  /** Whether it says something of the campaign: it names it, or none. */
  boolean concerns(String ofCampaign) {
    return campaign == null || campaign.equals(ofCampaign);
  }
}
