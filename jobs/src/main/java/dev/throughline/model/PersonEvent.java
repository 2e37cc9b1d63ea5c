package dev.throughline.model;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;

import dev.throughline.input.EventType;
import dev.throughline.input.Events;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * A valid event of a visitor as the sweep sees it.
 *
 * @param visitor who did it
 * @param person whether the visitor is a known person; journeys and people's tables are theirs
 * @param day the reporting day, counted from 1970
 * @param rank what it is, see {@link EventType}
 * @param time microseconds since 1970
 * @param campaign the campaign, or null
 * @param channel the channel of the campaign, or else of the event; never null
 * @param impression hash of the impression that it is or came from, or null
 * @param name name of an engagement, conversion or page view, or null
 * @param value worth of a conversion in millionths
 * @param seen whether an impression was viewable or not measured
 * @param visit the visit of the day that it is part of, or null
 * @param hasSession whether its session was given
 * @param foreground microseconds in the foreground
 * @param counts whether it is a conversion that counts
 */
record PersonEvent(
    String visitor,
    boolean person,
    int day,
    int rank,
    long time,
    String campaign,
    String channel,
    Long impression,
    String name,
    long value,
    boolean seen,
    String visit,
    boolean hasSession,
    long foreground,
    boolean counts) {

  /** What the sweep reads of an event to follow, in the order of this record. */
  static Column[] columns() {
    return new Column[] {
      Facts.VISITOR.col(),
      Followed.PERSON.col(),
      unix_date(Events.DAY.col()).as("day_number"),
      Events.RANK.col(),
      Events.TIME.col(),
      Events.CAMPAIGN_ID.col(),
      Events.CHANNEL.col(),
      Followed.IMPRESSION.col(),
      Events.EVENT_NAME.col(),
      coalesce(Events.VALUE.col(), lit(0).cast(Events.MONEY))
          .multiply(lit(1_000_000))
          .cast("long")
          .as("value_micros"),
      Followed.SEEN.col(),
      Facts.VISIT.col(),
      Followed.HAS_SESSION.col(),
      Followed.FOREGROUND.col(),
      Conversions.WHY.col().isNull().and(EventType.CONVERSION.here()).as("counts")
    };
  }

  static PersonEvent of(Row row) {
    return new PersonEvent(
        row.getString(0),
        row.getBoolean(1),
        row.getInt(2),
        row.getInt(3),
        row.getLong(4),
        row.getString(5),
        row.getString(6),
        row.isNullAt(7) ? null : row.getLong(7),
        row.getString(8),
        row.getLong(9),
        row.getBoolean(10),
        row.getString(11),
        row.getBoolean(12),
        row.getLong(13),
        row.getBoolean(14));
  }

  boolean is(EventType type) {
    return rank == type.rank();
  }

  /** Whether it says something of the campaign: it names it, or none. */
  boolean concerns(String ofCampaign) {
    return campaign == null || campaign.equals(ofCampaign);
  }
}
