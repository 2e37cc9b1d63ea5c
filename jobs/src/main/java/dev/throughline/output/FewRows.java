package dev.throughline.output;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A result that fits the driver: its rows, collected once.
 *
 * @param rows at most {@link #MOST}
 * @param schema what Spark says of their columns
 */
record FewRows(List<Row> rows, StructType schema) {
  /**
   * So many rows are held at most. A row of the widest tables takes about 5 KiB, so that a result
   * takes 100 MiB at the very most, and four results are collected side by side.
   */
  static final int MOST = 20_000;

  /**
   * Runs a query and collects its result.
   *
   * @return empty if the result has more rows; no more than one of these is collected
   */
  static Optional<FewRows> of(Dataset<Row> query) {
    Dataset<Row> limited = query.limit(MOST + 1);
    List<Row> rows = limited.collectAsList();
    return rows.size() > MOST
        ? Optional.empty()
        : Optional.of(new FewRows(rows, limited.queryExecution().optimizedPlan().schema()));
  }

  /**
   * The rows as a relation of one partition: what groups, joins or sorts them needs no exchange.
   *
   * <p>Every column may be NULL, as of a file: Spark would not look for a NULL where it is told
   * that there is none.
   */
  Dataset<Row> relation(SparkSession spark) {
    return spark.createDataFrame(rows, schema.asNullable()).coalesce(1);
  }
}
