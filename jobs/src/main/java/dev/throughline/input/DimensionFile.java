package dev.throughline.input;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.throughline.config.Settings.DimensionSettings;
import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.table.Field;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A small table beside the log, as its file holds it, in the columns that it is mapped to. */
final class DimensionFile {
  private static final String CSV = ".csv";

  /** So many rows are held on the driver at most: of campaigns and spend about 10 MiB. */
  private static final int MOST_ROWS_ON_DRIVER = 20_000;

  private final String name;
  private final String path;
  private final Dataset<Row> loaded;
  private final ColumnMapping mapping;
  private final Map<Field, Column> resolved;

  /**
   * @param name its name in the configuration
   * @param needed the columns that must resolve
   * @throws ThroughlineException of kind INPUT if there is no such file, of kind CONFIG if its
   *     columns do not fit
   */
  DimensionFile(
      SparkSession spark,
      String name,
      DimensionSettings from,
      List<Field> fields,
      Set<Field> needed,
      String timestampZone) {
    this.name = name;
    this.path = from.path();
    this.loaded = onDriver(spark, load(spark, name, path));
    this.mapping =
        new ColumnMapping(
            "throughline.input." + name + ".columns",
            from.columns(),
            from.customColumns(),
            needed,
            timestampZone);
    this.resolved = mapping.resolve(loaded, fields, path);
  }

  /** Reads few rows once, so that no check and no join needs a job that reads the file again. */
  private static Dataset<Row> onDriver(SparkSession spark, Dataset<Row> rows) {
    List<Row> found = rows.limit(MOST_ROWS_ON_DRIVER + 1).collectAsList();
    return found.size() > MOST_ROWS_ON_DRIVER ? rows : spark.createDataFrame(found, rows.schema());
  }

  /** Its rows; a cell of a CSV file that cannot be read is NULL. */
  Dataset<Row> rows() {
    return loaded.select(resolved.values().toArray(Column[]::new));
  }

  /** A word where a number or a day belongs would read as NULL. */
  void refuseUnreadable() {
    if (!path.endsWith(CSV)) {
      return;
    }
    Column[] unreadable =
        resolved.entrySet().stream()
            .filter(column -> !column.getKey().type().equals(StringType))
            .map(
                column ->
                    when(
                        mapping.given(loaded, column.getKey()).and(column.getValue().isNull()),
                        concat(
                            lit(column.getKey().name() + " "),
                            mapping.raw(loaded, column.getKey()),
                            lit(", which cannot be read as " + column.getKey().type().sql()))))
            .toArray(Column[]::new);
    for (Row row :
        loaded
            .select(coalesce(unreadable).as("cell"))
            .filter(col("cell").isNotNull())
            .limit(1)
            .collectAsList()) {
      throw new ThroughlineException(
          ErrorKind.INPUT,
          "The table " + name + " at " + path + " has the " + row.getString(0) + ". Correct it.");
    }
  }

  private static Dataset<Row> load(SparkSession spark, String name, String path) {
    try {
      Path file = new Path(path);
      if (!file.getFileSystem(spark.sessionState().newHadoopConf()).exists(file)) {
        throw new ThroughlineException(
            ErrorKind.INPUT,
            "The table "
                + name
                + " does not exist at "
                + path
                + ". Check throughline.input."
                + name
                + ".path.");
      }
    } catch (java.io.IOException e) {
      throw new ThroughlineException(
          ErrorKind.INPUT, "The table " + name + " cannot be read at " + path + ": " + e, e);
    }
    DataFrameReader reader = spark.read();
    if (!path.endsWith(CSV)) {
      return reader.parquet(path);
    }
    // All is read as text, so that the id 007 stays 007; the mapping gives cells their types.
    return reader.option("header", "true").option("escape", "\"").csv(path);
  }
}
