package dev.throughline.model;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.LongType;

import dev.throughline.config.Settings;
import dev.throughline.input.Dimensions;
import dev.throughline.input.EventType;
import dev.throughline.input.Events;
import dev.throughline.input.Period;
import dev.throughline.table.Field;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The events that the sweep looks at, in the columns that it needs: all facts of the days that are
 * counted, and of days before them those that journeys are made of.
 */
final class Followed {
  static final Field COUNTED =
      Field.required("counted", BooleanType, "Whether it is counted for its campaign's day.");
  static final Field VALID =
      Field.required("valid", BooleanType, "Whether it is no invalid traffic.");
  static final Field FOLLOWED =
      Field.required(
          "followed",
          BooleanType,
          "Whether it is valid, and its visitor known and willing to be followed.");
  static final Field IMPRESSION =
      Field.optional(
          "impression",
          LongType,
          "64-bit hash of the impression that the touch is or came from, to tell a view from its click.");
  static final Field FOREGROUND =
      Field.required("foreground", LongType, "Microseconds in the foreground.");

  static final Field COUNTS =
      Field.required("counts", BooleanType, "Whether it is a conversion that counts.");

  /** What touches that were kept have as well. */
  private static final List<Field> OF_TOUCHES =
      List.of(
          Facts.VISITOR,
          Facts.VISITOR_KIND,
          Events.DAY,
          Facts.SEQUENCE,
          Events.RANK,
          Events.TIME,
          Events.CAMPAIGN_ID,
          Events.CHANNEL,
          IMPRESSION,
          Events.EVENT_NAME,
          Events.VALUE,
          PersonEvent.KNOWN_CHANNEL,
          COUNTS);

  /** What only facts have; of a touch it is NULL, or what {@link #OF_A_TOUCH} says. */
  private static final Packed OF_FACTS =
      new Packed(
          List.of(
              Events.VIEWABLE,
              Events.SESSION_ID,
              Events.COST,
              FOREGROUND,
              COUNTED,
              VALID,
              FOLLOWED));

  private static final Map<Field, Object> OF_A_TOUCH =
      Map.of(FOREGROUND, 0L, COUNTED, false, VALID, true, FOLLOWED, true);

  private static final double MICROS = 1e6;

  /** No page view has more foreground time than a day. */
  private static final double MOST_SECONDS = 86_400;

  private Followed() {}

  static Column ofJourneys(Settings settings) {
    Column seen = coalesce(Events.VIEWABLE.col(), lit(true));
    Column touch =
        Events.CAMPAIGN_ID
            .col()
            .isNotNull()
            .and(EventType.CLICK.here().or(EventType.IMPRESSION.here().and(seen)));
    Column lead =
        EventType.ENGAGEMENT
            .here()
            .and(Events.EVENT_NAME.col().isin(settings.attribution().leadEvents().toArray()));
    return Facts.ofPerson().and(touch.or(lead).or(EventType.CONVERSION.here()));
  }

  static Column impression() {
    return when(Events.IMPRESSION_ID.col().isNotNull(), xxhash64(Events.IMPRESSION_ID.col()));
  }

  /**
   * Of classified rows.
   *
   * @param countedFrom first day of which everything is counted
   */
  static Dataset<Row> of(
      Dataset<Row> facts, LocalDate countedFrom, Period period, Settings settings) {
    return facts
        .filter(Facts.STATUS.col().equalTo(Facts.FACT))
        .filter(Events.DAY.col().leq(Date.valueOf(period.to())))
        .withColumn(COUNTED.name(), Events.DAY.col().geq(Date.valueOf(countedFrom)))
        .withColumn(VALID.name(), Facts.valid())
        .withColumn(FOLLOWED.name(), Facts.valid().and(Facts.followed()))
        .filter(COUNTED.col().or(FOLLOWED.col().and(ofJourneys(settings))))
        .withColumn(IMPRESSION.name(), impression())
        .withColumn(FOREGROUND.name(), foreground());
  }

  /** Events with whether they count, and with the channel that their campaign is described by. */
  static Dataset<Row> told(Dataset<Row> events, Dataset<Row> repeated, Dataset<Row> campaigns) {
    Dataset<Row> channels =
        broadcast(
            campaigns.select(
                Dimensions.CAMPAIGN_ID.col().as("known_campaign"),
                PersonEvent.KNOWN_CHANNEL.as(Dimensions.CHANNEL.col())));
    // One row a campaign: the join keeps every row once.
    return Conversions.withWhy(events, repeated)
        .withColumn(COUNTS.name(), Conversions.WHY.col().isNull().and(EventType.CONVERSION.here()))
        .join(channels, Events.CAMPAIGN_ID.col().equalTo(col("known_campaign")), "left_outer");
  }

  /** Facts in order, in which they are already: nothing is sorted. */
  static Dataset<Row> inOrder(Dataset<Row> facts) {
    return facts.sortWithinPartitions(Facts.order());
  }

  /**
   * Facts with touches that were kept, each visitor's in one partition, in order. There may be many
   * times as many touches: while rows are sorted they have what touches have, and facts the rest as
   * one struct.
   */
  static Dataset<Row> inOrder(Dataset<Row> facts, Dataset<Row> touches) {
    Column[] ofTouches = OF_TOUCHES.stream().map(Field::col).toArray(Column[]::new);
    Column[] all =
        Stream.concat(OF_TOUCHES.stream(), OF_FACTS.fields().stream())
            .map(Field::col)
            .toArray(Column[]::new);
    Dataset<Row> rows =
        OF_FACTS
            .pack(facts.select(all))
            .unionByName(touches.select(ofTouches), true)
            .repartition(Facts.VISITOR.col())
            .sortWithinPartitions(Facts.places())
            .transform(OF_FACTS::unpack);
    for (Map.Entry<Field, Object> value : OF_A_TOUCH.entrySet()) {
      Column column = value.getKey().col();
      rows = rows.withColumn(value.getKey().name(), coalesce(column, lit(value.getValue())));
    }
    return rows;
  }

  /** Foreground time in whole microseconds: sums of doubles would depend on the order of rows. */
  private static Column foreground() {
    Column seconds = coalesce(Events.ENGAGEMENT_SECONDS.col(), lit(0.0));
    return round(least(seconds, lit(MOST_SECONDS)).multiply(lit(MICROS))).cast("long");
  }
}
