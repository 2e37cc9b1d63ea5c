package dev.throughline.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts repeats among very many rows, nearly all of which are different. */
public final class Repeats {
  private Repeats() {}

  /**
   * How many rows repeat another row of their day; a day without any is absent.
   *
   * @param partitions how many to spread the rows over: by their bytes, Spark would make so few
   *     that what tells rows apart would not fit into memory
   * @param hashes hashes of what is the same in rows that repeat each other, at least one
   * @return the columns {@code day} and {@code repeats}
   */
  public static Dataset<Row> ofDays(
      Dataset<Row> rows, int partitions, Column day, Column... hashes) {
    return rows.select(day.as("day"), struct(hashes).as("hash"))
        .repartition(partitions, col("hash"))
        .groupBy(col("day"), col("hash"))
        .agg(count(lit(1)).as("rows"))
        .filter(col("rows").gt(1))
        .groupBy(col("day"))
        .agg(sum(col("rows").minus(1)).as("repeats"));
  }
}
