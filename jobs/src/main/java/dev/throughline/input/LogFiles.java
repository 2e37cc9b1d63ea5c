package dev.throughline.input;

import dev.throughline.config.Settings;
import dev.throughline.config.Settings.EventLogSettings;
import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The files of a log that a run reads, as they were when they were listed; the rows in them; and
 * whether they still are what they were.
 */
final class LogFiles {
  private final LogFolder folder;
  private final Set<LocalDate> present;
  private final List<LogFile> files;
  private final Optional<LogFooters> footers;
  private final Dataset<Row> rows;

  /**
   * Lists the partitions of a period, and reads the columns of the newest.
   *
   * @throws ThroughlineException of kind INPUT if a day of the run is missing or a file cannot be
   *     whole
   */
  LogFiles(SparkSession spark, Settings settings, Period period, String root) {
    EventLogSettings events = settings.events();
    folder = new LogFolder(root, events.partitionColumn(), spark.sessionState().newHadoopConf());
    List<LocalDate> required = folder.present(period.required());
    folder.require(period.required(), required);
    List<LocalDate> read = new ArrayList<>(folder.present(period.earlier()));
    read.addAll(required);
    read.addAll(folder.present(period.late()));
    present = Set.copyOf(read);
    // Before Spark lists them: what comes between is found to have changed.
    files = folder.files(read);
    Set<LocalDate> filled = files.stream().map(LogFile::day).collect(Collectors.toSet());
    read.retainAll(filled);
    LocalDate newest = read.isEmpty() ? earlier(settings, period) : read.get(read.size() - 1);
    footers =
        events.format().equals("parquet")
            ? Optional.of(
                new LogFooters(spark, read.isEmpty() ? folder.files(List.of(newest)) : files))
            : Optional.empty();
    // The newest day's columns are today's contract; what older files lack reads as NULL.
    StructType found =
        footers
            .map(f -> f.columns(newest))
            .orElseGet(
                () ->
                    spark
                        .read()
                        .format(events.format())
                        .load(folder.path(newest).toString())
                        .schema());
    StructType schema = new StructType();
    for (StructField field : found.fields()) {
      if (!field.name().equalsIgnoreCase(events.partitionColumn())) {
        schema = schema.add(field);
      }
    }
    schema = schema.add(events.partitionColumn(), DataTypes.DateType);
    rows =
        read.isEmpty()
            ? spark.createDataFrame(List.of(), schema)
            : spark
                .read()
                .format(events.format())
                .option("basePath", root)
                .schema(schema)
                .load(read.stream().map(day -> folder.path(day).toString()).toArray(String[]::new));
  }

  /** Where nothing is read but days without events, a day before them has the columns. */
  private LocalDate earlier(Settings settings, Period period) {
    // Also of the days that are kept and need not be read.
    List<LogFile> before = folder.files(Period.of(period.from(), period.to(), settings).earlier());
    return before.stream()
        .map(LogFile::day)
        .max(Comparator.naturalOrder())
        .orElseThrow(
            () ->
                new ThroughlineException(
                    ErrorKind.INPUT,
                    "The event log "
                        + settings.events().path().orElseThrow()
                        + " has no file from "
                        + period.from()
                        + " to "
                        + period.to()
                        + ", so its columns are unknown. Deliver one day with a file."));
  }

  /** The days that are there, also those that are marked as having no rows. */
  Set<LocalDate> present() {
    return present;
  }

  /** All rows, with the columns of the newest day. */
  Dataset<Row> rows() {
    return rows;
  }

  /** What the files say of themselves; empty for other formats than Parquet. */
  Optional<LogFooters> footers() {
    return footers;
  }

  /** What the files of some days are now. */
  String fingerprint(List<LocalDate> days) {
    return folder.fingerprint(days);
  }

  /**
   * Fails if a file of the partitions that are read is another than when they were listed.
   *
   * @throws ThroughlineException of kind INPUT that names the first such file
   */
  void requireUnchanged() {
    Map<Path, LogFile> before = byPath(files);
    Map<Path, LogFile> now = byPath(folder.files(present));
    Set<Path> paths = new java.util.TreeSet<>(before.keySet());
    paths.addAll(now.keySet());
    for (Path path : paths) {
      LogFile was = before.get(path);
      LogFile is = now.get(path);
      if (was == null || is == null || !was.sameContent(is)) {
        throw new ThroughlineException(
            ErrorKind.INPUT,
            "The file "
                + path
                + " of the event log changed while the run read it: it was "
                + described(was)
                + " and is now "
                + described(is)
                + ". Nothing was published. Run again when the log has been delivered.");
      }
    }
  }

  private static Map<Path, LogFile> byPath(List<LogFile> files) {
    return files.stream()
        .collect(Collectors.toMap(LogFile::path, file -> file, (a, b) -> b, TreeMap::new));
  }

  private static String described(LogFile file) {
    return file == null
        ? "not there"
        : file.length() + " bytes of " + Instant.ofEpochMilli(file.modified());
  }
}
