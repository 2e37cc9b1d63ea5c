package dev.throughline.model;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.last;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.throughline.config.Settings;
import dev.throughline.input.EventType;
import dev.throughline.input.Events;
import dev.throughline.table.Field;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.functions;

/**
 * Sorts the rows of the log into facts, duplicates and rejected rows, and marks invalid traffic.
 *
 * <p>Every rule here looks at one visitor and one reporting day, so a day's facts are the same
 * whichever other days are read beside it, and everything follows from one exchange by visitor and
 * one sort.
 *
 * <p>Grain: one row for each row that was read.
 */
public final class Facts {
  /** What became of a row. */
  public static final String FACT = "fact";

  public static final String DUPLICATE = "duplicate";
  public static final String REJECTED = "rejected";

  /** Why a fact is invalid traffic. */
  public static final String UPSTREAM = "upstream";

  public static final String BOT = "declared_bot";
  public static final String ACTIVITY = "activity_limit";
  public static final String DOUBLE_CLICK = "double_click";

  public static final Field VISITOR =
      Field.required("visitor", StringType, "User, else session, else the event alone.");
  public static final Field VISITOR_KIND =
      Field.required(
          "visitor_kind", IntegerType, "What visitor names: 0 user, 1 session, 2 event.");
  public static final Field STATUS =
      Field.required("status", StringType, "fact, duplicate or rejected.");
  public static final Field INVALID =
      Field.optional("invalid", StringType, "Why a fact is invalid traffic; NULL if it is valid.");
  public static final Field SEQUENCE =
      Field.required("sequence", IntegerType, "Place among the visitor's rows of the day, from 1.");

  static final int USER = 0;
  static final int SESSION = 1;
  private static final int EVENT = 2;
  private static final int NO_EVENT = 3;

  static final Field HOUR =
      Field.optional("hour", LongType, "Start of the clock hour, as time_us.");

  /** What a row was read with and what its classification says in other words. */
  private static final Set<Field> SAID_OTHERWISE =
      Set.of(Events.USER_ID, Events.BOT, Events.INVALID_REASON);

  /** All columns of a classified row. */
  public static final List<Field> COLUMNS =
      Stream.concat(
              Events.READ.stream().filter(field -> !SAID_OTHERWISE.contains(field)),
              Stream.of(HOUR, VISITOR, VISITOR_KIND, SEQUENCE, STATUS, INVALID))
          .toList();

  /** The total order of one visitor's rows of a day: results never depend on input order. */
  private static final List<Field> IN_ORDER =
      List.of(HOUR, Events.TIME, Events.RANK, Events.EVENT_ID, Events.PAYLOAD, Events.RECEIVED);

  /** What rules look at or what orders rows. */
  private static final Set<Field> LOOKED_AT =
      Set.of(
          Events.DAY,
          Events.TIME,
          Events.RANK,
          Events.EVENT_ID,
          Events.CAMPAIGN_ID,
          Events.RECEIVED,
          Events.PAYLOAD,
          Events.REJECT_REASON);

  private static final Packed PACKED =
      new Packed(
          Events.READ.stream()
              .filter(field -> !SAID_OTHERWISE.contains(field) && !LOOKED_AT.contains(field))
              .toList());

  private Facts() {}

  /** Classifies what {@link dev.throughline.input.EventLog} read. */
  public static Dataset<Row> classify(Dataset<Row> events, Settings settings) {
    return events
        .transform(Facts::withVisitor)
        .transform(PACKED::pack)
        .repartition(VISITOR.col())
        .transform(Facts::withStatus)
        .transform(rows -> TrafficRules.mark(rows, settings.invalidTraffic()))
        .transform(PACKED::unpack)
        .select(COLUMNS.stream().map(Field::col).toArray(Column[]::new));
  }

  /**
   * The order that classified rows are in within their partitions, by which {@link #SEQUENCE}
   * counts: to sort them by it costs nothing.
   */
  static Column[] order() {
    return Stream.concat(Stream.of(VISITOR, VISITOR_KIND, Events.DAY), IN_ORDER.stream())
        .map(Field::col)
        .toArray(Column[]::new);
  }

  /** The same order by places, which touches that were kept have as well. */
  static Column[] places() {
    return new Column[] {VISITOR.col(), VISITOR_KIND.col(), Events.DAY.col(), SEQUENCE.col()};
  }

  /** A fact that is not invalid traffic: what the tables count, unless they say otherwise. */
  public static Column valid() {
    return STATUS.col().equalTo(FACT).and(INVALID.col().isNull());
  }

  /** An event whose visitor is a known person. */
  public static Column ofPerson() {
    return VISITOR_KIND.col().equalTo(USER);
  }

  /** An event that journeys may use: of a known person who did not refuse. */
  public static Column joinable() {
    return ofPerson().and(coalesce(Events.CONSENT.col(), lit(true)));
  }

  /**
   * A valid event that is part of a visit, see {@link VisitNumbers}. Impressions are not: they
   * happen elsewhere.
   */
  public static Column inVisit() {
    return valid()
        .and(functions.not(EventType.IMPRESSION.here()))
        .and(VISITOR_KIND.col().leq(SESSION));
  }

  /** A valid event, other than an impression, whose session the log names. */
  public static Column inGivenSession() {
    return inVisit().and(Events.SESSION_ID.col().isNotNull());
  }

  /** An event whose visitor is known and did not refuse to be followed. */
  static Column followed() {
    return VISITOR_KIND.col().leq(SESSION).and(coalesce(Events.CONSENT.col(), lit(true)));
  }

  private static Dataset<Row> withVisitor(Dataset<Row> rows) {
    Column user = Events.USER_ID.col();
    Column session = Events.SESSION_ID.col();
    Column rejected = Events.REJECT_REASON.col().isNotNull();
    return rows.withColumn(
            VISITOR.name(),
            // A rejected row may have no key at all; its hash spreads such rows over the tasks.
            VISITOR.as(
                when(rejected, Events.PAYLOAD.col().cast("string"))
                    .otherwise(coalesce(user, session, Events.EVENT_ID.col()))))
        .withColumn(
            VISITOR_KIND.name(),
            VISITOR_KIND.as(
                when(rejected, NO_EVENT)
                    .when(user.isNotNull(), USER)
                    .when(session.isNotNull(), SESSION)
                    .otherwise(EVENT)))
        .withColumn(
            HOUR.name(),
            HOUR.as(
                Events.TIME.col().minus(functions.pmod(Events.TIME.col(), lit(3_600_000_000L)))));
  }

  private static WindowSpec visitorDay() {
    return Window.partitionBy(VISITOR.col(), VISITOR_KIND.col(), Events.DAY.col())
        .orderBy(IN_ORDER.stream().map(Field::col).toArray(Column[]::new));
  }

  private static WindowSpec before(WindowSpec window) {
    return window.rowsBetween(Window.unboundedPreceding(), -1);
  }

  /**
   * Rows of the same event_id and payload have the same time: they lie side by side in order. What
   * else can be told of the rows before one is told on the way; a window costs a copy of every row.
   */
  private static Dataset<Row> withStatus(Dataset<Row> rows) {
    Column rejected = Events.REJECT_REASON.col().isNotNull();
    Column sameId = lag(Events.EVENT_ID.col(), 1).over(visitorDay()).equalTo(Events.EVENT_ID.col());
    Column samePayload =
        lag(Events.PAYLOAD.col(), 1).over(visitorDay()).equalTo(Events.PAYLOAD.col());
    // A duplicate has the campaign and the time of the fact before it, so it may stand for it.
    Column lastClick =
        last(
                when(
                    EventType.CLICK.here().and(functions.not(rejected)),
                    struct(Events.CAMPAIGN_ID.col(), Events.TIME.col())),
                true)
            .over(before(visitorDay()));
    return rows.select(
            col("*"),
            sameId.and(samePayload).as("repeats"),
            lastClick.as(TrafficRules.LAST_CLICK),
            SEQUENCE.as(row_number().over(visitorDay())))
        .withColumn(
            STATUS.name(),
            STATUS.as(when(rejected, REJECTED).when(col("repeats"), DUPLICATE).otherwise(FACT)));
  }
}
