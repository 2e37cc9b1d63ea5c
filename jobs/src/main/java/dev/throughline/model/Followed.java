package dev.throughline.model;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.throughline.config.Settings;
import dev.throughline.input.EventType;
import dev.throughline.input.Events;
import dev.throughline.input.Period;
import dev.throughline.table.Field;
import dev.throughline.table.Rule;
import dev.throughline.table.Table;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

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

  private static final Field KIND =
      Field.required("type", IntegerType, "The kind of event, by its place in the order of kinds.");
  static final Field USER = Field.required("user_id", StringType, "The person; never NULL here.");

  /**
   * The compact table of touches: what journeys are made of, without anything else that is known of
   * a person.
   */
  static final Table TOUCHES =
      new Table(
          "touches",
          "Touches of known people who did not refuse, and the conversions and leads that follow them.",
          "One row for each valid click, viewable or unmeasured impression with a campaign, lead and conversion.",
          List.of(
              Events.DAY,
              USER,
              Facts.SEQUENCE,
              KIND,
              Field.required("time_us", LongType, Events.TIME.doc()),
              Events.CAMPAIGN_ID,
              Events.CHANNEL,
              IMPRESSION,
              Events.EVENT_NAME,
              Events.VALUE,
              Events.EVENT_ID.named("conversion_id", "event_id of a conversion, else NULL."),
              Field.optional("payload", LongType, "Of a conversion, else NULL."),
              Field.required(
                  "repeats_order",
                  BooleanType,
                  "Whether it is a conversion that repeats an order.")),
          List.of(Events.DAY, USER, Facts.SEQUENCE),
          List.of(
              new Rule("time is a time", functions.col("time_us").isNotNull()),
              new Rule("places count from 1", Facts.SEQUENCE.col().geq(lit(1)))));

  private static final List<Field> COLUMNS =
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
          Events.VIEWABLE,
          Events.SESSION_ID,
          Events.COST,
          FOREGROUND,
          COUNTED,
          VALID,
          FOLLOWED,
          Events.EVENT_ID,
          Events.PAYLOAD);

  private static final double MICROS = 1e6;

  /** No page view has more foreground time than a day. */
  private static final double MOST_SECONDS = 86_400;

  private Followed() {}

  private static Column ofJourneys(Settings settings) {
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

  private static Column impression() {
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
        .withColumn(FOREGROUND.name(), foreground())
        .select(COLUMNS.stream().map(Field::col).toArray(Column[]::new));
  }

  /** Foreground time in whole microseconds: sums of doubles would depend on the order of rows. */
  private static Column foreground() {
    Column seconds = coalesce(Events.ENGAGEMENT_SECONDS.col(), lit(0.0));
    return round(least(seconds, lit(MOST_SECONDS)).multiply(lit(MICROS))).cast("long");
  }

  /**
   * What is kept of classified rows for the runs of later days.
   *
   * @param repeated conversions that do not count
   */
  static Dataset<Row> touches(Dataset<Row> facts, Dataset<Row> repeated, Settings settings) {
    Column conversion = EventType.CONVERSION.here();
    return facts
        .filter(Facts.valid().and(Facts.followed()))
        .filter(ofJourneys(settings))
        .transform(rows -> Conversions.withWhy(rows, repeated))
        .select(
            Events.DAY.col(),
            USER.as(Facts.VISITOR.col()),
            Facts.SEQUENCE.col(),
            KIND.as(Events.RANK.col()),
            Events.TIME.col(),
            Events.CAMPAIGN_ID.col(),
            Events.CHANNEL.col(),
            IMPRESSION.as(impression()),
            Events.EVENT_NAME.col(),
            when(conversion, Events.VALUE.col()).as(Events.VALUE.name()),
            when(conversion, Events.EVENT_ID.col()).as("conversion_id"),
            when(conversion, Events.PAYLOAD.col()).as("payload"),
            coalesce(Conversions.WHY.col().equalTo(Conversions.REPEATED_ORDER), lit(false))
                .as("repeats_order"))
        .transform(TOUCHES::select);
  }

  /** Touches that were kept, as {@link #of} has those of classified rows. */
  static Dataset<Row> ofTouches(Dataset<Row> touches) {
    return touches.select(
        Facts.VISITOR.as(USER.col()),
        Facts.VISITOR_KIND.as(lit(Facts.USER)),
        Events.DAY.col(),
        Facts.SEQUENCE.col(),
        Events.RANK.as(KIND.col()),
        Events.TIME.col(),
        Events.CAMPAIGN_ID.col(),
        Events.CHANNEL.col(),
        IMPRESSION.col(),
        Events.EVENT_NAME.col(),
        Events.VALUE.col(),
        Events.VIEWABLE.as(lit(null)),
        Events.SESSION_ID.as(lit(null)),
        Events.COST.as(lit(null)),
        FOREGROUND.as(lit(0L)),
        COUNTED.as(lit(false)),
        VALID.as(lit(true)),
        FOLLOWED.as(lit(true)),
        Events.EVENT_ID.as(functions.col("conversion_id")),
        Events.PAYLOAD.as(functions.col("payload")));
  }

  /** The people who converted, one row each. */
  static Dataset<Row> converters(Dataset<Row> touches) {
    return touches
        .filter(KIND.col().equalTo(EventType.CONVERSION.rank()))
        .select(Events.USER_ID.as(USER.col()))
        .distinct();
  }

  /** The conversions among touches that were kept, as {@link Conversions#repeated} reads them. */
  static Dataset<Row> conversions(Dataset<Row> touches) {
    return touches
        .filter(KIND.col().equalTo(EventType.CONVERSION.rank()))
        .select(
            Events.DAY.col(),
            Events.EVENT_ID.as(functions.col("conversion_id")),
            Events.PAYLOAD.as(functions.col("payload")),
            Events.EVENT_NAME.col(),
            Events.ORDER_ID.as(lit(null)),
            Events.USER_ID.as(USER.col()),
            Events.TIME.col(),
            lit(true).as("joinable"),
            functions.col("repeats_order"));
  }
}
