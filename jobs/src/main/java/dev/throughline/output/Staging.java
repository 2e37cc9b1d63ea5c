package dev.throughline.output;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.table.Table;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * A run's own folder, where tables are written and audited before anyone can see them, and from
 * which they are then put in place, one file for each table and day.
 */
public final class Staging implements AutoCloseable {
  private final SparkSession spark;
  private final Warehouse warehouse;
  private final Path folder;
  private final List<LocalDate> days;
  private final List<LocalDate> published;
  private final Runnable stillOurs;
  private final Map<Table, Audit> audits =
      new ConcurrentSkipListMap<>(
          // What a run changes is told before it is changed, lest a crash should hide it.
          Comparator.comparing((Table table) -> !table.equals(Restatements.TABLE))
              .thenComparing(Table::name));

  private volatile boolean fewRows;

  /** The days of the tables that are kept for later runs, rather than published. */
  private final Map<Table, List<LocalDate>> kept = new ConcurrentHashMap<>();

  /**
   * @param stillOurs throws if the run has lost its right to write to the warehouse
   */
  public Staging(
      SparkSession spark,
      Warehouse warehouse,
      String runId,
      List<LocalDate> days,
      Runnable stillOurs) {
    this.stillOurs = stillOurs;
    this.spark = spark;
    this.warehouse = warehouse;
    this.folder = warehouse.staging(runId);
    this.days = days;
    this.published = new ArrayList<>(days);
  }

  /**
   * Writes a table and audits what was written. Tables may be written side by side.
   *
   * @param rows rows of the run's days, in the contract's columns
   * @return the audit; a table with problems will not be published
   */
  public Audit write(Table table, Dataset<Row> rows) {
    return write(table, rows, days, false).audit();
  }

  /**
   * Writes and audits what is kept for later runs.
   *
   * @param ofDays the days that it is kept of
   * @return the rows, as they were written
   */
  public Dataset<Row> writeKept(Table table, Dataset<Row> rows, List<LocalDate> ofDays) {
    return write(table, rows, ofDays, true).rows();
  }

  private TableWriter.Written write(
      Table table, Dataset<Row> rows, List<LocalDate> ofDays, boolean forLaterRuns) {
    stillOurs.run();
    Audit.requireColumns(table, rows);
    if (forLaterRuns) {
      kept.put(table, ofDays);
    }
    TableWriter writer = writer(table, table.name());
    // What is kept of several days is as much as the log.
    boolean many = forLaterRuns && ofDays.size() > 1;
    TableWriter.Written written =
        onDriver(() -> writer.onDriver(rows, ofDays))
            .orElseGet(() -> writer.inTasks(rows, ofDays, many));
    audits.put(table, written.audit());
    return written;
  }

  private TableWriter writer(Table table, String name) {
    return new TableWriter(spark, warehouse, table, new Path(folder, name));
  }

  /**
   * Keeps an intermediate result: so it is computed once, and what follows is planned on its rows
   * rather than on all that led to it. Few rows stay on the driver; many are written to the run's
   * folder and read back, whatever becomes of the machines that computed them.
   */
  public Dataset<Row> keep(String name, Dataset<Row> rows) {
    stillOurs.run();
    return onDriver(() -> FewRows.of(rows))
        .map(few -> few.relation(spark))
        .orElseGet(() -> keepInFolder(new Path(folder, "_" + name).toString(), rows));
  }

  private Dataset<Row> keepInFolder(String target, Dataset<Row> rows) {
    rows.write().mode(SaveMode.ErrorIfExists).parquet(target);
    return spark.read().schema(rows.schema()).parquet(target);
  }

  /** From here on results of few rows stay on the driver, if this is so. */
  public void keepFewRowsOnDriver(boolean few) {
    fewRows = few;
  }

  /** Of much work even a small result is not asked for so: it might be computed twice. */
  private <T> Optional<T> onDriver(Supplier<Optional<T>> result) {
    return fewRows ? result.get() : Optional.empty();
  }

  /**
   * The file of a table and day that the run wrote; none if the day has no rows.
   *
   * @throws ThroughlineException of kind PUBLISH
   */
  public Optional<Path> staged(Table table, LocalDate day) {
    if (!audits.get(table).rows().containsKey(day)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          warehouse.onlyFile(new Path(new Path(folder, table.name()), "day=" + day)));
    } catch (IOException e) {
      throw new ThroughlineException(
          ErrorKind.PUBLISH, "What was staged cannot be read: " + e + ". Run again.", e);
    }
  }

  /** What was found of a table that the run wrote. */
  Audit audit(Table table) {
    return audits.get(table);
  }

  /** These days keep the tables that they have. */
  public void leaveOut(Collection<LocalDate> kept) {
    published.removeAll(kept);
  }

  /** Counts a table as written whose files are in the run's folder already. */
  void written(Table table, Audit audit, boolean forLaterRuns) {
    if (forLaterRuns) {
      kept.put(table, days);
    }
    audits.put(table, audit);
  }

  /**
   * Puts every table and day in place. A day without rows is published as a file without rows.
   *
   * @throws ThroughlineException of kind CONTRACT if an audit found problems; nothing is published
   *     then
   */
  public void publish() {
    List<String> problems =
        audits.values().stream().flatMap(audit -> audit.problems().stream()).toList();
    if (!problems.isEmpty()) {
      throw new ThroughlineException(
          ErrorKind.CONTRACT,
          "Nothing was published, since tables break their contract:\n  - "
              + String.join("\n  - ", problems)
              + "\nPublished tables are as they were. This is a defect; please report it.");
    }
    try {
      Map<Table, Path> empty = new LinkedHashMap<>();
      for (Table table : audits.keySet()) {
        if (!kept.containsKey(table)) {
          published.forEach(day -> warehouse.refuseStrangers(table.name(), day));
        }
        if (!audits.get(table).rows().keySet().containsAll(daysOf(table))) {
          String name = table.name() + "-empty";
          writer(table, name).empty();
          empty.put(table, new Path(folder, name));
        }
      }
      Publication publication = new Publication(warehouse, stillOurs);
      for (Table table : audits.keySet()) {
        for (LocalDate day : daysOf(table)) {
          add(publication, table, day, empty.get(table));
        }
      }
      publication.run();
    } catch (IOException e) {
      throw new ThroughlineException(
          ErrorKind.PUBLISH,
          "Publishing to "
              + warehouse
              + " failed: "
              + e
              + ". Every table and day holds its old or its new rows, whole; run again.",
          e);
    }
  }

  private List<LocalDate> daysOf(Table table) {
    return kept.getOrDefault(table, published);
  }

  private void add(Publication publication, Table table, LocalDate day, Path empty)
      throws IOException {
    Path target =
        kept.containsKey(table)
            ? warehouse.kept(table.name(), day)
            : warehouse.published(table.name(), day);
    if (audits.get(table).rows().containsKey(day)) {
      publication.move(
          warehouse.onlyFile(new Path(new Path(folder, table.name()), "day=" + day)), target);
    } else {
      Path staged = new Path(folder, table.name() + "-" + day + ".parquet");
      publication.copy(warehouse.onlyFile(empty), staged, target);
    }
  }

  /** Removes the folder. What was published is elsewhere by then. */
  @Override
  public void close() {
    try {
      FileSystem files = warehouse.files();
      files.delete(folder, true);
      Path parent = folder.getParent();
      if (files.exists(parent) && files.listStatus(parent).length == 0) {
        files.delete(parent, false);
      }
    } catch (IOException e) {
      throw new ThroughlineException(
          ErrorKind.PUBLISH, "The staging folder " + folder + " cannot be removed: " + e, e);
    }
  }
}
