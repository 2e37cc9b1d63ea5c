package dev.throughline.input;

import dev.throughline.config.Settings;
import dev.throughline.config.Settings.EventLogSettings;
import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import java.time.Instant;
import java.time.LocalDate;
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
  private final SparkSession spark;
  private final EventLogSettings events;
  private final LogFolder folder;
  private final Set<LocalDate> present;
  private final List<LogFile> files;
  private final Optional<LogFooters> footers;
  private final StructType columns;

  /**
   * Lists the partitions of a period, and reads the columns of the newest.
   *
   * @throws ThroughlineException of kind INPUT if a day of the run is missing, a file cannot be
   *     whole, or there is no file at all
   */
  LogFiles(SparkSession spark, Settings settings, Period period, String root) {
    this.spark = spark;
    this.events = settings.events();
    folder = new LogFolder(root, events.partitionColumn(), spark.sessionState().newHadoopConf());
    present = Set.copyOf(folder.present(period.partitions()));
    folder.require(period.required(), present);
    files = folder.files(present);
    footers =
        events.format().equals("parquet")
            ? Optional.of(new LogFooters(spark, files))
            : Optional.empty();
    // The newest day's columns are today's contract; what older files lack reads as NULL.
    LocalDate newest =
        files.stream()
            .map(LogFile::day)
            .max(Comparator.naturalOrder())
            .orElseThrow(() -> withoutFiles(period, root));
    columns = columns(newest);
  }

  /** Some of the partitions of others, as these were listed and with the same columns. */
  private LogFiles(LogFiles of, Set<LocalDate> days) {
    spark = of.spark;
    events = of.events;
    folder = of.folder;
    columns = of.columns;
    present = of.present.stream().filter(days::contains).collect(Collectors.toUnmodifiableSet());
    files = of.files.stream().filter(file -> days.contains(file.day())).toList();
    footers = of.footers.map(all -> all.only(files));
  }

  private StructType columns(LocalDate newest) {
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
    return schema.add(events.partitionColumn(), DataTypes.DateType);
  }

  private static ThroughlineException withoutFiles(Period period, String root) {
    return new ThroughlineException(
        ErrorKind.INPUT,
        "The event log "
            + root
            + " has no file from "
            + period.partitions().get(0)
            + " on"
            + ", so its columns are unknown. Deliver one day with a file.");
  }

  /** Those of some partitions alone. */
  LogFiles only(Set<LocalDate> days) {
    return new LogFiles(this, days);
  }

  /** The days that are there, also those that are marked as having no rows. */
  Set<LocalDate> present() {
    return present;
  }

  /** All rows, with the columns of the newest day. */
  Dataset<Row> rows() {
    String[] paths =
        files.stream()
            .map(LogFile::day)
            .distinct()
            .sorted()
            .map(day -> folder.path(day).toString())
            .toArray(String[]::new);
    return paths.length == 0
        ? spark.createDataFrame(List.of(), columns)
        : spark
            .read()
            .format(events.format())
            .option("basePath", events.path().orElseThrow())
            .schema(columns)
            .load(paths);
  }

  /** Whether there are files, and their footers say how many rows each has. */
  boolean countedByFile() {
    return footers.isPresent() && !files.isEmpty();
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
    Map<Path, LogFile> now = byPath(folder.again().files(present));
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
