package dev.throughline.input;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_date;

import dev.throughline.config.Settings;
import dev.throughline.config.Settings.EventLogSettings;
import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.table.Field;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Reads the days of a run from the event log with the days before them that its periods and paths
 * need, and of the look-back before these only what journeys need.
 *
 * <p>All that is read once. Who converts is read first, from three columns; of the look-back, only
 * the events of those people go on.
 */
public final class EventLog {
  /** Up to so many people a semi-join ships them to every task rather than shuffle the log. */
  private static final long BROADCAST_PEOPLE = 2_000_000;

  private final Settings settings;
  private final Period period;
  private final Optional<LogFolder> folder;
  private final Dataset<Row> log;
  private final String where;
  private final List<LocalDate> absent;
  private final Set<LocalDate> present;

  private EventLog(
      Settings settings,
      Period period,
      Optional<LogFolder> folder,
      Dataset<Row> log,
      String where,
      List<LocalDate> absent,
      Set<LocalDate> present) {
    this.folder = folder;
    this.settings = settings;
    this.period = period;
    this.log = log;
    this.where = where;
    this.absent = absent;
    this.present = present;
  }

  /**
   * Finds the partitions of the period. Nothing but listings and one file's schema is read.
   *
   * @throws ThroughlineException of kind INPUT if a day of the run is missing or a file cannot be
   *     whole
   */
  public static EventLog open(SparkSession spark, Settings settings, Period period) {
    EventLogSettings events = settings.events();
    return events.path().isPresent()
        ? openPath(spark, settings, period, events.path().get())
        : openTable(spark, settings, period, events.table().orElseThrow());
  }

  private static EventLog openPath(
      SparkSession spark, Settings settings, Period period, String root) {
    EventLogSettings events = settings.events();
    LogFolder folder =
        new LogFolder(root, events.partitionColumn(), spark.sessionState().newHadoopConf());
    List<LocalDate> required = folder.present(period.required());
    folder.require(period.required(), required);
    List<LocalDate> earlier = folder.present(period.earlier());
    List<LocalDate> read = new ArrayList<>(earlier);
    read.addAll(required);
    read.addAll(folder.present(period.late()));
    Set<LocalDate> present = Set.copyOf(read);
    read.removeIf(day -> !folder.hasFiles(day));
    String newest = folder.path(newest(folder, read, settings, period)).toString();
    StructType found = spark.read().format(events.format()).load(newest).schema();
    StructType schema = new StructType();
    for (StructField field : found.fields()) {
      if (!field.name().equalsIgnoreCase(events.partitionColumn())) {
        schema = schema.add(field);
      }
    }
    schema = schema.add(events.partitionColumn(), DataTypes.DateType);
    Dataset<Row> log =
        read.isEmpty()
            ? spark.createDataFrame(List.of(), schema)
            : spark
                .read()
                .format(events.format())
                .option("basePath", root)
                .schema(schema)
                .load(read.stream().map(day -> folder.path(day).toString()).toArray(String[]::new));
    List<LocalDate> absent = new ArrayList<>(period.earlier());
    absent.removeAll(earlier);
    return new EventLog(settings, period, Optional.of(folder), log, root, absent, present);
  }

  /**
   * The newest day's columns are today's contract; what older files lack reads as NULL. Where
   * nothing needs to be read but a day without events, an earlier day has them.
   */
  private static LocalDate newest(
      LogFolder folder, List<LocalDate> read, Settings settings, Period period) {
    List<LocalDate> days = new ArrayList<>(read);
    if (days.isEmpty()) {
      days.addAll(Period.of(period.from(), period.to(), settings).earlier());
      days.removeIf(day -> !folder.hasFiles(day));
    }
    if (days.isEmpty()) {
      throw new ThroughlineException(
          ErrorKind.INPUT,
          "The event log "
              + settings.events().path().orElseThrow()
              + " has no file from "
              + period.from()
              + " to "
              + period.to()
              + ", so its columns are unknown. Deliver one day with a file.");
    }
    return days.get(days.size() - 1);
  }

  private static EventLog openTable(
      SparkSession spark, Settings settings, Period period, String table) {
    if (!spark.catalog().tableExists(table)) {
      throw new ThroughlineException(
          ErrorKind.INPUT,
          "The table " + table + " does not exist. Check throughline.input.events.table.");
    }
    String column = settings.events().partitionColumn();
    Dataset<Row> all = spark.table(table);
    if (Stream.of(all.columns()).noneMatch(column::equalsIgnoreCase)) {
      throw new ThroughlineException(
          ErrorKind.INPUT,
          "The table "
              + table
              + " has no column "
              + column
              + ". Check throughline.input.events.partition.column. It has "
              + String.join(", ", all.columns())
              + ".");
    }
    List<LocalDate> wanted = new ArrayList<>(period.earlier());
    wanted.addAll(period.required());
    wanted.addAll(period.late());
    Column day = to_date(functions.col(column));
    Dataset<Row> log =
        all.filter(
            day.between(Date.valueOf(wanted.get(0)), Date.valueOf(wanted.get(wanted.size() - 1))));
    // Only what is read whole is looked for; how far back the rest reaches is not known.
    Set<LocalDate> present =
        new EventLog(settings, period, Optional.empty(), log, table, List.of(), Set.of())
            .rowsByPartition()
            .keySet();
    List<LocalDate> missing = new ArrayList<>(period.required());
    missing.removeAll(present);
    if (!missing.isEmpty()) {
      throw new ThroughlineException(
          ErrorKind.INPUT,
          "The table "
              + table
              + " has no rows of "
              + missing.stream().map(LocalDate::toString).collect(Collectors.joining(", "))
              + (missing.size() == 1 ? ", a day" : ", days")
              + " of this run. Run again when they have arrived.");
    }
    List<LocalDate> absent = new ArrayList<>(period.history());
    absent.removeAll(present);
    return new EventLog(settings, period, Optional.empty(), log, table, absent, present);
  }

  /** What the files of a reporting day are; empty for a table, whose files are not known. */
  public Optional<String> fingerprint(LocalDate day) {
    return folder.map(files -> files.fingerprint(Period.filed(day, settings)));
  }

  /** Whether the log has all of a reporting day that is read whole. */
  public boolean has(LocalDate day) {
    return present.containsAll(Period.partitions(day, day, settings));
  }

  /** Days before the run that the log does not have; periods and journeys are cut short there. */
  public List<LocalDate> absentLookback() {
    return absent;
  }

  /** The rows of the partitions that are read whole, as the log itself counts them. */
  public Map<LocalDate, Long> rowsByPartition() {
    Map<LocalDate, Long> counts = new TreeMap<>();
    Column day = to_date(functions.col(settings.events().partitionColumn()));
    for (Row row : log.filter(whole(day)).groupBy(day.as("d")).agg(count(lit(1))).collectAsList()) {
      counts.put(row.getDate(0).toLocalDate(), row.getLong(1));
    }
    return counts;
  }

  /** Fails unless every column of the mapping resolves and has a fitting type. */
  public void requireColumns() {
    new EventRows(settings).logical(log, where);
  }

  private Column whole(Column partitionDay) {
    return partitionDay.isin(period.wholePartitions().stream().map(Date::valueOf).toArray());
  }

  /**
   * The people who convert on a day that is read whole, one row each. A few too many do no harm:
   * who only seems to convert has no conversion in the facts.
   */
  public Dataset<Row> converters() {
    return new EventRows(settings)
        .logical(log, where)
        .filter(whole(Events.INPUT_DAY.col()))
        .filter(Events.EVENT_TYPE.col().equalTo(EventType.CONVERSION.word()))
        .filter(coalesce(Events.CONSENT.col(), lit(true)))
        .filter(Events.USER_ID.col().isNotNull())
        .select(Events.USER_ID.col())
        .distinct();
  }

  /**
   * The rows of the partitions that are read whole, and of the earlier ones those of people who
   * convert.
   *
   * @param converters what {@link #converters} returned
   * @return {@link Events#READ}; a row for each row read
   */
  public Dataset<Row> events(Dataset<Row> converters) {
    Dataset<Row> rows = new EventRows(settings).read(log, where);
    Column wholeDay = whole(Events.INPUT_DAY.col());
    if (period.lookback().isEmpty()) {
      return rows.filter(wholeDay);
    }
    Dataset<Row> before = only(rows.filter(functions.not(wholeDay)), Events.USER_ID, converters);
    return rows.filter(wholeDay).unionByName(before);
  }

  /** The rows of some people. */
  public static Dataset<Row> only(Dataset<Row> rows, Field person, Dataset<Row> people) {
    Dataset<Row> few = people.count() <= BROADCAST_PEOPLE ? broadcast(people) : people;
    return rows.join(
        few, rows.col(person.name()).equalTo(few.col(Events.USER_ID.name())), "left_semi");
  }
}
