package dev.throughline.output;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import dev.throughline.errors.ThroughlineException;
import dev.throughline.table.Field;
import dev.throughline.table.Rule;
import dev.throughline.table.Table;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * The history of what was published of each day: which run wrote each table, and what that changed
 * against the publication before. It is the only table that depends on what was published before.
 */
public final class Restatements {
  private static final Field DAY = Field.required("day", DateType, "The reporting day.");
  private static final Field TABLE_NAME =
      Field.required("table_name", StringType, "The table that was published.");
  private static final Field RUN_ID =
      Field.required("run_id", StringType, "The run, as its manifest is named.");
  private static final Field STARTED =
      Field.required("started", TimestampType, "When that run began.");
  private static final Field RESTATED =
      Field.required("restated", BooleanType, "Whether the day had been published before.");
  private static final Field ROWS = Field.required("rows", LongType, "Rows that it published.");
  private static final Field ADDED = count("added", "Rows whose key was not there before");
  private static final Field REMOVED = count("removed", "Rows whose key is no longer there");
  private static final Field CHANGED =
      count("changed", "Rows whose key was there with other figures");
  private static final Field CREDIT_MOVED =
      Field.optional(
          "credit_moved",
          DoubleType,
          "Of attribution: by how many conversions campaigns gained credit, or lost it, whichever is"
              + " more, by the funnel's model; NULL for other tables, and where rows_changed is NULL.");

  public static final Table TABLE =
      new Table(
          "restatements",
          "Which runs published a day, and what each changed against the publication before.",
          "One row for each day, table and run that published it.",
          List.of(
              DAY,
              TABLE_NAME,
              RUN_ID,
              STARTED,
              RESTATED,
              ROWS,
              ADDED,
              REMOVED,
              CHANGED,
              CREDIT_MOVED),
          List.of(DAY, TABLE_NAME, RUN_ID),
          List.of(
              Rule.whenPresent(
                  "added and changed rows are among the rows",
                  CHANGED.col(),
                  ADDED.col().plus(CHANGED.col()).leq(ROWS.col())),
              Rule.whenPresent(
                  "what was not there before has only added rows",
                  ADDED.col(),
                  RESTATED
                      .col()
                      .or(ADDED.col().equalTo(ROWS.col()).and(REMOVED.col().equalTo(lit(0)))))));

  private static Field count(String what, String doc) {
    return Field.optional(
        "rows_" + what, LongType, doc + "; NULL if the publication before cannot be compared.");
  }

  /**
   * What counts as credit.
   *
   * @param table the table that holds it
   * @param counted the rows of it that count
   * @param amount the column to sum
   */
  public record Credit(String table, Predicate<Map<String, Object>> counted, Field amount) {}

  private final SparkSession spark;
  private final Warehouse warehouse;
  private final String run;
  private final Instant started;
  private final Credit credit;

  /**
   * @param run id of the run that publishes
   * @param started when it began
   */
  public Restatements(
      SparkSession spark, Warehouse warehouse, String run, Instant started, Credit credit) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.run = run;
    this.started = started.truncatedTo(ChronoUnit.MICROS);
    this.credit = credit;
  }

  /**
   * Writes the history of the days, with this run's part in it, to the run's folder.
   *
   * @param staging where the tables are that will be published
   * @return the audit of the history
   */
  public Audit write(Staging staging, Collection<Table> tables, Collection<LocalDate> days) {
    List<Row> rows = new ArrayList<>();
    for (LocalDate day : days) {
      rows.addAll(history(day));
      for (Table table : tables) {
        rows.add(compared(staging, table, day));
      }
    }
    return staging.write(TABLE, spark.createDataFrame(rows, TABLE.schema()));
  }

  /** A history that cannot be read begins anew: it must not keep figures from being published. */
  private List<Row> history(LocalDate day) {
    PublishedTables published = new PublishedTables(warehouse, day);
    List<Row> rows = new ArrayList<>();
    if (published.has(TABLE)) {
      try {
        published.read(TABLE, cells -> rows.add(row(day, cells)));
      } catch (ThroughlineException e) {
        rows.clear();
      }
    }
    return rows;
  }

  private static Row row(LocalDate day, Map<String, Object> cells) {
    return RowFactory.create(
        TABLE.fields().stream()
            .map(
                field ->
                    field.equals(DAY)
                        ? Date.valueOf(day)
                        : field.equals(STARTED)
                            ? Instant.EPOCH.plus(
                                (Long) cells.get(STARTED.name()), ChronoUnit.MICROS)
                            : cells.get(field.name()))
            .toArray());
  }

  private Row compared(Staging staging, Table table, LocalDate day) {
    boolean before = new PublishedTables(warehouse, day).has(table);
    double[] moved = new double[2];
    Optional<Difference> found = difference(staging, table, day, before, moved);
    boolean credited = found.isPresent() && before && table.name().equals(credit.table());
    return RowFactory.create(
        Date.valueOf(day),
        table.name(),
        run,
        started,
        before,
        staging.audit(table).rows().getOrDefault(day, 0L),
        found.map(Difference::added).orElse(null),
        found.map(Difference::removed).orElse(null),
        found.map(Difference::changed).orElse(null),
        credited ? Math.max(moved[0], moved[1]) : null);
  }

  /**
   * @param moved credit gained, and credit lost, to be added to
   * @return empty if what is published cannot be read, or is of another version
   */
  private Optional<Difference> difference(
      Staging staging, Table table, LocalDate day, boolean published, double[] moved) {
    Optional<Path> staged = staging.staged(table, day);
    Optional<Path> was =
        published ? Optional.of(warehouse.published(table.name(), day)) : Optional.empty();
    try (TableFile.Rows before = open(table, was);
        TableFile.Rows after = open(table, staged)) {
      return Optional.of(
          Difference.of(
              table,
              before,
              after,
              (old, now) -> {
                double gained = credit(table, now) - credit(table, old);
                moved[gained > 0 ? 0 : 1] += Math.abs(gained);
              }));
    } catch (IOException | ThroughlineException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  private TableFile.Rows open(Table table, Optional<Path> file) throws IOException {
    if (file.isPresent()) {
      return new TableFile(warehouse, table, file.get(), "again").open();
    }
    return new TableFile.Rows() {
      @Override
      public Map<String, Object> next() {
        return null;
      }

      @Override
      public void close() {}
    };
  }

  private double credit(Table table, Map<String, Object> row) {
    if (row == null || !table.name().equals(credit.table()) || !credit.counted().test(row)) {
      return 0;
    }
    return ((BigDecimal) row.get(credit.amount().name())).doubleValue();
  }
}
