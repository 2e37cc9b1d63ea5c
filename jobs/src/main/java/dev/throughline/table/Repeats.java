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
   * <p>Rows are spread over a fixed number of partitions: by their bytes, Spark would make so few
   * of them that what tells them apart would not fit into memory.
   *
   * @param hashes hashes of what is the same in rows that repeat each other, at least one
   * @return the columns {@code day} and {@code repeats}
   */
  public static Dataset<Row> ofDays(Dataset<Row> rows, Column day, Column... hashes) {
    int partitions =
        Integer.parseInt(rows.sparkSession().conf().get("spark.sql.shuffle.partitions"));
    return rows.select(day.as("day"), struct(hashes).as("hash"))
        .repartition(partitions, col("hash"))
        .groupBy(col("day"), col("hash"))
        .agg(count(lit(1)).as("rows"))
        .filter(col("rows").gt(1))
        .groupBy(col("day"))
        .agg(sum(col("rows").minus(1)).as("repeats"));
  }
}
