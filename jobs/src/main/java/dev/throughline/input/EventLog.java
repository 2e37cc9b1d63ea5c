package dev.throughline.input;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_date;

import dev.throughline.config.Settings;
import dev.throughline.config.Settings.EventLogSettings;
import dev.throughline.errors.ThroughlineException;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Reads the days of a run from the event log with the days before them that its periods and paths
 * need, and of the look-back before these only what journeys need.
 *
 * <p>All that is read once. Who converts is read first, from three columns; of the look-back, only
 * the events of those people go on.
 */
public final class EventLog implements LogDays {
  private final Settings settings;
  private final Period period;
  private final Optional<LogFiles> files;
  private final Supplier<LogRows> log;
  private final String where;
  private final List<LocalDate> absent;
  private final Set<LocalDate> present;
  private EventRows rows;

  private EventLog(
      Settings settings,
      Period period,
      Optional<LogFiles> files,
      Supplier<LogRows> log,
      String where,
      List<LocalDate> absent,
      Set<LocalDate> present) {
    this.files = files;
    this.settings = settings;
    this.period = period;
    this.log = log;
    this.where = where;
    this.absent = absent;
    this.present = present;
  }

  /**
   * Finds the partitions of the period. Nothing but listings and the newest day's schema is read.
   *
   * @throws ThroughlineException of kind INPUT if a day of the run is missing or a file cannot be
   *     whole
   */
  public static EventLog open(SparkSession spark, Settings settings, Period period) {
    EventLogSettings events = settings.events();
    return events
        .path()
        .map(root -> of(new LogFiles(spark, settings, period, root), settings, period, root))
        .orElseGet(() -> openTable(spark, settings, period, events.table().orElseThrow()));
  }

  private static EventLog of(LogFiles files, Settings settings, Period period, String root) {
    List<LocalDate> absent = new ArrayList<>(period.earlier());
    absent.removeAll(files.present());
    return new EventLog(
        settings, period, Optional.of(files), files::rows, root, absent, files.present());
  }

  /**
   * The same log, of which fewer partitions are read: as they were listed, by the same columns.
   *
   * @param part has the same days, and no partition that this one's period has not
   */
  public EventLog reading(SparkSession spark, Period part) {
    return files
        .map(all -> of(all.only(Set.copyOf(part.partitions())), settings, part, where))
        .orElseGet(() -> openTable(spark, settings, part, where));
  }

  private static EventLog openTable(
      SparkSession spark, Settings settings, Period period, String table) {
    LogRows rows =
        LogRows.of(LogTable.rows(spark, settings.events().partitionColumn(), period, table));
    // Only what is read whole is looked for; how far back the rest reaches is not known.
    Set<LocalDate> present =
        new EventLog(settings, period, Optional.empty(), () -> rows, table, List.of(), Set.of())
            .rowsByPartition()
            .keySet();
    LogTable.require(table, period.required(), present);
    List<LocalDate> absent = new ArrayList<>(period.history());
    absent.removeAll(present);
    return new EventLog(settings, period, Optional.empty(), () -> rows, table, absent, present);
  }

  /**
   * Reads the footer of every Parquet file of the partitions, and fails if one cannot be read with
   * the others. Other logs have no footers to look at.
   *
   * @throws ThroughlineException of kind INPUT that names the file
   */
  public Checked check() {
    return files.map(all -> all.check(rows().plan(), period.required())).orElse(Checked.NOTHING);
  }

  /**
   * Reads every page of every Parquet file. That takes long; it is for finding the file in which a
   * reader stumbled without saying which it was.
   *
   * @throws ThroughlineException of kind INPUT that names the first damaged file
   */
  public void requireWholePages() {
    files.flatMap(LogFiles::footers).ifPresent(LogFooters::requireWholePages);
  }

  /**
   * Fails if a file of the partitions is another than when the log was opened. Of a table it is not
   * known.
   *
   * @throws ThroughlineException of kind INPUT that names the file
   */
  public void requireUnchanged() {
    files.ifPresent(LogFiles::requireUnchanged);
  }

  @Override
  public Optional<String> fingerprint(LocalDate day) {
    return files.map(found -> found.fingerprint(Period.filed(day, settings)));
  }

  @Override
  public boolean has(LocalDate day) {
    return present.containsAll(Period.partitions(day, day, settings));
  }

  @Override
  public boolean lacks(LocalDate day) {
    return Collections.disjoint(present, Period.filed(day, settings));
  }

  /** How many partitions of the period there are; of a table, of those that are read whole. */
  public int partitions() {
    return present.size();
  }

  /** Days before the run that the log does not have; periods and journeys are cut short there. */
  public List<LocalDate> absentLookback() {
    return absent;
  }

  /**
   * The rows of the partitions that are read whole, as the log itself counts them: by the footers
   * of Parquet files, of which the reader of rows knows nothing; of other logs, by Spark.
   */
  public Map<LocalDate, Long> rowsByPartition() {
    return files
        .flatMap(LogFiles::footers)
        .map(footers -> footers.rows(period.wholePartitions()))
        .orElseGet(this::countedBySpark);
  }

  /** The same by {@link Events#FILE}, by footers; of logs without these it is not known. */
  public Map<Long, FileRows> rowsByFile() {
    return files
        .flatMap(LogFiles::footers)
        .map(footers -> footers.rowsByFile(period.wholePartitions(), FileHash::of))
        .orElse(Map.of());
  }

  private Map<LocalDate, Long> countedBySpark() {
    Map<LocalDate, Long> counts = new TreeMap<>();
    Column day = to_date(functions.col(settings.events().partitionColumn()));
    for (Row row :
        log.get()
            .rows()
            .filter(whole(day))
            .groupBy(day.as("d"))
            .agg(count(lit(1)))
            .collectAsList()) {
      counts.put(row.getDate(0).toLocalDate(), row.getLong(1));
    }
    return counts;
  }

  /** Fails unless every column of the mapping resolves and has a fitting type. */
  public void requireColumns() {
    rows();
  }

  private synchronized EventRows rows() {
    if (rows == null) {
      rows = new EventRows(settings, log.get(), where);
    }
    return rows;
  }

  private Column whole(Column partitionDay) {
    return partitionDay.isin(period.wholePartitions().stream().map(Date::valueOf).toArray());
  }

  /**
   * The people who convert on a day that is read whole, one row each. A few too many do no harm:
   * who only seems to convert has no conversion in the facts.
   */
  public Dataset<Row> converters() {
    return rows()
        .logical()
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
   * @param byFile whether rows that are read whole say which file they came from
   * @return {@link Events#READ}; a row for each row read
   */
  public Dataset<Row> events(Dataset<Row> converters, boolean byFile) {
    Column wholeDay = whole(Events.INPUT_DAY.col());
    Dataset<Row> read = rows().read(byFile).filter(wholeDay);
    if (period.lookback().isEmpty()) {
      return read;
    }
    Dataset<Row> before = rows().read(false).filter(functions.not(wholeDay));
    return read.unionByName(RowsOfPeople.only(before, Events.USER_ID, converters));
  }
}
