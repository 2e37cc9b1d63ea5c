package dev.throughline.input;

import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The rows of a log as they are read, before they are mapped.
 *
 * @param plan no more than a plan with the columns of the rows, by which a mapping is resolved:
 *     each column as it is in most files
 * @param rows all rows
 * @param withFile all rows, with {@link Events#FILE} as {@link #file}; NULL where they are not
 *     counted by file
 */
record LogRows(Dataset<Row> plan, Dataset<Row> rows, Dataset<Row> withFile) {
  /** Next to columns of the user's, whatever their names. */
  private static final String FILE = "throughline: hash of the file";

  /** Of a log whose files are not known. */
  static LogRows of(Dataset<Row> all) {
    return of(all, false);
  }

  /**
   * Of a log that Spark lists itself.
   *
   * @param byFile whether the rows are counted by file
   */
  static LogRows of(Dataset<Row> all, boolean byFile) {
    Column file = byFile ? FileHash.of(all) : lit(null).cast("bigint");
    return new LogRows(all, all, all.withColumn(FILE, file));
  }

  /** No rows. */
  static LogRows none(
      SparkSession spark, StructType types, String dayColumn, List<String> inFolders) {
    StructType columns = types;
    for (var column : new LogRelation("none", dayColumn, inFolders).folderColumns().fields()) {
      columns = columns.add(column);
    }
    return of(spark.createDataFrame(List.of(), columns));
  }

  /**
   * The rows of files.
   *
   * @param columns the columns that files hold
   * @param shapes the files by what Spark is to be asked for
   * @param byFile whether the rows are counted by file
   */
  static LogRows of(
      SparkSession spark,
      LogRelation files,
      StructType columns,
      Map<FileShape, List<LogFile>> shapes,
      boolean byFile) {
    List<Dataset<Row>> parts = new ArrayList<>();
    List<Dataset<Row>> withFile = new ArrayList<>();
    shapes.forEach(
        (shape, some) -> {
          SparkSession session = shape.byRows() ? readingByRows(spark) : spark;
          Dataset<Row> read = files.rows(session, shape.inFile(columns), some);
          Column[] all = select(shape, columns, files);
          parts.add(shape.changes(columns) ? read.select(all) : read);
          Column file = byFile ? FileHash.of(read) : lit(null).cast("bigint");
          withFile.add(
              read.select(
                  Stream.concat(Arrays.stream(all), Stream.of(file.as(FILE)))
                      .toArray(Column[]::new)));
        });
    Dataset<Row> rows = union(parts);
    List<LogFile> everyFile = shapes.values().stream().flatMap(List::stream).toList();
    boolean asInFiles = shapes.size() == 1 && !shapes.keySet().iterator().next().changes(columns);
    Dataset<Row> plan =
        asInFiles
            ? rows
            : files
                .rows(spark, FileShape.USUAL.inFile(columns), everyFile)
                .select(select(FileShape.USUAL, columns, files));
    return new LogRows(plan, rows, union(withFile));
  }

  private static Column[] select(FileShape shape, StructType columns, LogRelation files) {
    return Stream.concat(
            shape.select(columns).stream(),
            Arrays.stream(files.folderColumns().fieldNames()).map(FileShape::named))
        .toArray(Column[]::new);
  }

  private static Dataset<Row> union(List<Dataset<Row>> parts) {
    return parts.stream().reduce(Dataset::union).orElseThrow();
  }

  /** Spark reads whatever the session says that its files belong to; all other settings stay. */
  private static SparkSession readingByRows(SparkSession spark) {
    SparkSession session = spark.cloneSession();
    session.conf().set("spark.sql.parquet.enableVectorizedReader", "false");
    return session;
  }

  /** {@link Events#FILE} of {@link #withFile}. */
  static Column file() {
    return FileShape.named(FILE);
  }
}
