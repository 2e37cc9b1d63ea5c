package dev.throughline.input;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.throughline.config.Settings;
import dev.throughline.table.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Brings the rows of a log into the event contract, and says of each row that is no event why. */
final class EventRows {
  /** Whether the log had a value at all, to tell one that does not fit its type from none. */
  static final String GIVEN = "given_";

  private static final List<Field> CAN_FAIL_TO_FIT =
      List.of(Events.EVENT_TIME, Events.RECEIVED_TIME, Events.VALUE, Events.COST);

  /** The day that an event's time falls on where it is reported, and where it is filed. */
  private static final String EVENT_DAY = "event_day";

  private static final String FILED = "filed_day";

  private final Settings settings;
  private final LogRows log;
  private final List<Column> mapped;
  private final Dataset<Row> logical;

  /**
   * Resolves the columns of a log. Resolving some twenty expressions takes as long as many a query,
   * so it is done once.
   *
   * @param where how to call the log in messages
   */
  EventRows(Settings settings, LogRows log, String where) {
    this.settings = settings;
    this.log = log;
    ColumnMapping mapping =
        new ColumnMapping(
            "throughline.input.events.columns",
            settings.events().columns(),
            settings.events().customColumns(),
            Events.NEEDED,
            settings.events().timestampZone());
    mapped = new ArrayList<>(mapping.resolve(log.plan(), Events.LOGICAL, where).values());
    mapped.add(Events.INPUT_DAY.as(to_date(functions.col(settings.events().partitionColumn()))));
    for (Field field : CAN_FAIL_TO_FIT) {
      mapped.add(mapping.given(log.plan(), field).as(GIVEN + field.name()));
    }
    logical = mapped(log.rows(), lit(null));
  }

  private Dataset<Row> mapped(Dataset<Row> rows, Column file) {
    return rows.select(
        Stream.concat(mapped.stream(), Stream.of(Events.FILE.as(file))).toArray(Column[]::new));
  }

  /** The logical columns and the day of the partition, one row for each row of the log. */
  Dataset<Row> logical() {
    return logical;
  }

  /** The same as no more than a plan, which says what has to be read. */
  Dataset<Row> plan() {
    return mapped(log.plan(), lit(null));
  }

  /**
   * The same, with the file of each row.
   *
   * @param byFile whether rows say which file they came from, if the log counts by file
   */
  Dataset<Row> mapped(boolean byFile) {
    // Spark tells everything about a file to a plan that could ask, so only this one can.
    return byFile ? mapped(log.withFile(), LogRows.file()) : logical;
  }

  /**
   * All columns of {@link Events#READ}, one row for each row of the log.
   *
   * @param byFile whether rows say which file they came from, if the log counts by file
   */
  Dataset<Row> read(boolean byFile) {
    Map<Field, Column> derived = derived();
    Column[] read =
        Events.READ.stream()
            .map(field -> derived.containsKey(field) ? field.as(derived.get(field)) : field.col())
            .toArray(Column[]::new);
    Column time = Events.EVENT_TIME.col();
    Dataset<Row> rows = mapped(byFile);
    // Days are columns of their own, so that they are found once for each row.
    return rows.withColumn(EVENT_DAY, LocalDays.in(settings.zone(), time))
        .withColumn(FILED, LocalDays.in(settings.events().partitionZone(), time))
        .withColumn(Events.REJECT_REASON.name(), rejection())
        .select(read);
  }

  /** What reading adds to the logical columns, besides the reason of a rejection. */
  private Map<Field, Column> derived() {
    Column rejected = Events.REJECT_REASON.col().isNotNull();
    Column withoutUser = struct(logicalWithout(field -> field.equals(Events.USER_ID)));
    return Map.of(
        Events.DAY, when(rejected, Events.INPUT_DAY.col()).otherwise(functions.col(EVENT_DAY)),
        Events.TIME, unix_micros(Events.EVENT_TIME.col()),
        Events.RANK, EventType.rankOf(Events.EVENT_TYPE.col()),
        Events.BOT, isTrue(declaresBot()),
        Events.RECEIVED, unix_micros(Events.RECEIVED_TIME.col()),
        Events.PAYLOAD, payload(),
        Events.RAW, when(rejected, to_json(withoutUser)));
  }

  /** The hash passes over NULLs, so it is told where they are: a value that moves is a change. */
  private static Column payload() {
    Column[] values = logicalWithout(f -> f.equals(Events.RECEIVED_TIME));
    Column present = lit(0L);
    for (int i = 0; i < values.length; i++) {
      present = present.plus(when(values[i].isNotNull(), lit(1L << i)).otherwise(lit(0L)));
    }
    return xxhash64(Stream.concat(Stream.of(values), Stream.of(present)).toArray(Column[]::new));
  }

  private Column declaresBot() {
    String pattern = settings.invalidTraffic().botUserAgents();
    return pattern.isEmpty() ? lit(false) : Events.USER_AGENT.col().rlike(pattern);
  }

  private static Column isTrue(Column condition) {
    return coalesce(condition, lit(false));
  }

  private static Column[] logicalWithout(Predicate<Field> left) {
    return Events.LOGICAL.stream().filter(left.negate()).map(Field::col).toArray(Column[]::new);
  }

  /** The first reason that applies; NULL for an event. */
  private Column rejection() {
    Column type = Events.EVENT_TYPE.col();
    Column filed = functions.col(FILED);
    Column inputDay = Events.INPUT_DAY.col();
    int lateDays = settings.events().lateDays();
    Map<String, Column> reasons = new LinkedHashMap<>();
    reasons.put("missing_event_id", Events.EVENT_ID.col().isNull());
    reasons.put("event_time_does_not_fit", doesNotFit(Events.EVENT_TIME));
    reasons.put("missing_event_time", Events.EVENT_TIME.col().isNull());
    reasons.put("received_time_does_not_fit", doesNotFit(Events.RECEIVED_TIME));
    reasons.put(
        // Such a row would be counted on no day, or only in part: its own day's run does not read
        // it.
        Events.OUTSIDE_PARTITION, filed.lt(date_sub(inputDay, lateDays)).or(filed.gt(inputDay)));
    reasons.put(
        // Its clock cannot be trusted, so neither can its day.
        "event_time_after_received_time",
        unix_micros(Events.EVENT_TIME.col())
            .minus(unix_micros(Events.RECEIVED_TIME.col()))
            .gt(lit(settings.events().clockTolerance().toNanos() / 1000)));
    reasons.put("unknown_event_type", EventType.rankOf(type).isNull());
    reasons.put(
        "missing_event_name",
        type.isin(EventType.ENGAGEMENT.word(), EventType.CONVERSION.word())
            .and(Events.EVENT_NAME.col().isNull()));
    for (Field amount : List.of(Events.VALUE, Events.COST)) {
      reasons.put(amount.name() + "_does_not_fit", doesNotFit(amount));
      reasons.put("negative_" + amount.name(), amount.col().lt(lit(0)));
    }
    Column seconds = Events.ENGAGEMENT_SECONDS.col();
    reasons.put("illegal_engagement_seconds", seconds.lt(lit(0)).or(seconds.isNaN()));

    List<Map.Entry<String, Column>> ordered = new ArrayList<>(reasons.entrySet());
    Column reason = lit(null).cast("string");
    for (int i = ordered.size() - 1; i >= 0; i--) {
      reason = when(ordered.get(i).getValue(), ordered.get(i).getKey()).otherwise(reason);
    }
    return reason;
  }

  private static Column doesNotFit(Field field) {
    return functions.col(GIVEN + field.name()).and(field.col().isNull());
  }
}
