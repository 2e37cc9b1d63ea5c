package dev.throughline.output;

import dev.throughline.table.Field;
import dev.throughline.table.Table;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Writes the files of a table, one for each day, reads back what was written, and audits that. Few
 * rows are written and read on the driver, many by Spark's tasks; the files are the same.
 */
final class TableWriter {
  /**
   * What was written.
   *
   * @param rows as they were read back
   */
  record Written(Audit audit, Dataset<Row> rows) {}

  private static final String NO_DAY = "__HIVE_DEFAULT_PARTITION__";

  private final SparkSession spark;
  private final Warehouse warehouse;
  private final Table table;
  private final Field day;
  private final Path folder;

  /**
   * @param folder of the table
   */
  TableWriter(SparkSession spark, Warehouse warehouse, Table table, Path folder) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.table = table;
    this.day = table.fields().get(0);
    this.folder = folder;
  }

  /**
   * Writes few rows.
   *
   * @param days the days of which there may be rows
   * @return empty if there are more than few; nothing was written then
   */
  Optional<Written> onDriver(Dataset<Row> rows, List<LocalDate> days) {
    Optional<FewRows> few = FewRows.of(rows.coalesce(1).sortWithinPartitions(table.keyColumns()));
    return few.isEmpty() ? Optional.empty() : Optional.of(onDriver(few.get(), days));
  }

  private Written onDriver(FewRows few, List<LocalDate> days) {
    Map<Date, List<Row>> byDay = new LinkedHashMap<>();
    few.rows()
        .forEach(row -> byDay.computeIfAbsent(row.getDate(0), d -> new ArrayList<>()).add(row));
    List<Row> read = new ArrayList<>();
    for (Map.Entry<Date, List<Row>> of : byDay.entrySet()) {
      String value = of.getKey() == null ? NO_DAY : of.getKey().toString();
      Path target = new Path(new Path(folder, day.name() + "=" + value), file());
      DriverFile file = new DriverFile(spark, warehouse.hadoop(), target);
      file.write(
          of.getValue().stream().map(TableWriter::withoutDay).toList(), withoutDay(few.schema()));
      file.read(withoutDay(table.schema())).forEach(row -> read.add(withDay(of.getKey(), row)));
    }
    FewRows written = new FewRows(read, table.schema());
    return new Written(Audit.ofFew(table, written, spark, days), written.relation(spark));
  }

  private String file() {
    return table.name() + ".parquet";
  }

  private static StructType withoutDay(StructType schema) {
    StructType rest = new StructType();
    for (int i = 1; i < schema.length(); i++) {
      rest = rest.add(schema.fields()[i]);
    }
    return rest;
  }

  private static Row withoutDay(Row row) {
    Object[] cells = new Object[row.length() - 1];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = row.get(i + 1);
    }
    return RowFactory.create(cells);
  }

  private static Row withDay(Date day, Row row) {
    Object[] cells = new Object[row.length() + 1];
    cells[0] = day;
    for (int i = 1; i < cells.length; i++) {
      cells[i] = row.get(i - 1);
    }
    return RowFactory.create(cells);
  }

  /**
   * Writes rows by Spark's tasks.
   *
   * @param many whether they may be as many as those of the log
   */
  Written inTasks(Dataset<Row> rows, List<LocalDate> days, boolean many) {
    rows.repartition(day.col())
        .sortWithinPartitions(table.keyColumns())
        .write()
        .mode(SaveMode.ErrorIfExists)
        .partitionBy(day.name())
        .parquet(folder.toString());
    Dataset<Row> read =
        spark
            .read()
            .schema(table.schema())
            .parquet(folder.toString())
            .select(table.fields().stream().map(Field::col).toArray(Column[]::new));
    return new Written(many ? Audit.ofMany(table, read, days) : Audit.of(table, read, days), read);
  }

  /** Writes a file without rows, for days that have none. */
  void empty() {
    new DriverFile(spark, warehouse.hadoop(), new Path(folder, file()))
        .write(List.of(), withoutDay(table.schema()));
  }
}
