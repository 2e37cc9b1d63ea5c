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

  /** Those of the newest day: its columns are today's contract; what older files lack is NULL. */
  private final List<LogFile> newest;

  /** The columns that the mapping names. */
  private final Set<String> mapped;

  private final Optional<LogFooters> footers;
  private LogColumns columns;

  /**
   * Lists the partitions of a period.
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
    mapped = MappedNames.of(events.columns().values());
    footers =
        events.format().equals("parquet")
            ? Optional.of(new LogFooters(spark, files))
            : Optional.empty();
    LocalDate last =
        files.stream()
            .map(LogFile::day)
            .max(Comparator.naturalOrder())
            .orElseThrow(() -> withoutFiles(period, root));
    newest = files.stream().filter(file -> file.day().equals(last)).toList();
  }

  /** Some of the partitions of others, as these were listed and with the same newest day. */
  private LogFiles(LogFiles of, Set<LocalDate> days) {
    spark = of.spark;
    events = of.events;
    folder = of.folder;
    newest = of.newest;
    mapped = of.mapped;
    present = of.present.stream().filter(days::contains).collect(Collectors.toUnmodifiableSet());
    files = of.files.stream().filter(file -> days.contains(file.day())).toList();
    footers = of.footers.map(all -> all.only(files));
  }

  private synchronized LogColumns columns() {
    if (columns == null) {
      Set<String> inFolders = folderColumns();
      inFolders.add(events.partitionColumn());
      columns =
          footers
              .map(all -> all.columns(newest, mapped, inFolders))
              .orElseGet(() -> LogRelation.columnsOfOrc(spark, newest, inFolders));
    }
    return columns;
  }

  /** The columns that folders below a day's give, whatever case they are written in. */
  private Set<String> folderColumns() {
    Set<String> names = FolderColumns.names(newest);
    names.addAll(FolderColumns.names(files));
    return names;
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

  /** What is read of the files. */
  LogRows rows() {
    List<String> inFolders = List.copyOf(folderColumns());
    StructType types = columns().types();
    if (files.isEmpty()) {
      return LogRows.none(spark, types, events.partitionColumn(), inFolders);
    }
    Map<FileShape, List<LogFile>> shapes =
        footers
            .map(all -> all.byShape(types, mapped))
            .orElseGet(() -> Map.of(FileShape.USUAL, files));
    return LogRows.of(
        spark,
        new LogRelation(events.format(), events.partitionColumn(), inFolders),
        types,
        shapes,
        countedByFile());
  }

  /** Reads all footers, see {@link LogFooters#check}; other formats have none to look at. */
  Checked check(Dataset<Row> used, List<LocalDate> own) {
    return footers
        .map(
            all ->
                all.check(
                    new FooterCheck(
                        NeededColumns.of(used),
                        columns(),
                        events.partitionColumn(),
                        folderColumns()),
                    own))
        .orElse(Checked.NOTHING);
  }

  /** Whether there are files, and their footers say how many rows each has. */
  private boolean countedByFile() {
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
