package dev.throughline.model;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.throughline.config.Settings;
import dev.throughline.input.EventType;
import dev.throughline.input.Events;
import dev.throughline.table.Field;
import dev.throughline.table.Rule;
import dev.throughline.table.Table;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** What is kept of people's events for the runs of later days, and how it is followed again. */
final class Touches {
  static final Field KIND =
      Field.required("type", IntegerType, "The kind of event, by its place in the order of kinds.");
  static final Field USER = Field.required("user_id", StringType, "The person; never NULL here.");

  static final Field TIME = Field.required("time_us", LongType, Events.TIME.doc());

  /**
   * The compact table of touches: what journeys are made of, without anything else that is known of
   * a person.
   */
  static final Table TABLE =
      new Table(
          "touches",
          "Touches of known people who did not refuse, and the conversions and leads that follow them.",
          "One row for each valid click, viewable or unmeasured impression with a campaign, lead and conversion.",
          List.of(
              Events.DAY,
              USER,
              Facts.SEQUENCE,
              KIND,
              TIME,
              Events.CAMPAIGN_ID,
              Events.CHANNEL,
              Followed.IMPRESSION,
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
              new Rule("time is a time", TIME.col().isNotNull()),
              new Rule("places count from 1", Facts.SEQUENCE.col().geq(lit(1)))));

  private Touches() {}

  /**
   * What is kept of classified rows for the runs of later days.
   *
   * @param repeated conversions that do not count
   */
  static Dataset<Row> of(Dataset<Row> facts, Dataset<Row> repeated, Settings settings) {
    Column conversion = EventType.CONVERSION.here();
    return facts
        .filter(Facts.valid().and(Facts.followed()))
        .filter(Followed.ofJourneys(settings))
        .transform(rows -> Conversions.withWhy(rows, repeated))
        .select(
            Events.DAY.col(),
            USER.as(Facts.VISITOR.col()),
            Facts.SEQUENCE.col(),
            KIND.as(Events.RANK.col()),
            Events.TIME.col(),
            Events.CAMPAIGN_ID.col(),
            Events.CHANNEL.col(),
            Followed.IMPRESSION.as(Followed.impression()),
            Events.EVENT_NAME.col(),
            when(conversion, Events.VALUE.col()).as(Events.VALUE.name()),
            when(conversion, Events.EVENT_ID.col()).as("conversion_id"),
            when(conversion, Events.PAYLOAD.col()).as("payload"),
            coalesce(Conversions.WHY.col().equalTo(Conversions.REPEATED_ORDER), lit(false))
                .as("repeats_order"))
        .transform(TABLE::select);
  }

  /** Touches that were kept, in those columns of {@link Followed#of} that touches have. */
  static Dataset<Row> asFollowed(Dataset<Row> touches) {
    return touches.select(
        Facts.VISITOR.as(USER.col()),
        Facts.VISITOR_KIND.as(lit(Facts.USER)),
        Events.DAY.col(),
        Facts.SEQUENCE.col(),
        Events.RANK.as(KIND.col()),
        Events.TIME.col(),
        Events.CAMPAIGN_ID.col(),
        Events.CHANNEL.col(),
        Followed.IMPRESSION.col(),
        Events.EVENT_NAME.col(),
        Events.VALUE.col(),
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
