package dev.throughline.reports;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import dev.throughline.table.Field;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows for every one of a few names, so that what did not happen is a row too. */
final class Grid {
  private Grid() {}

  /** Each row once for each name, with the name's number from 1. */
  static Dataset<Row> of(Dataset<Row> rows, Field number, Field name, List<String> names) {
    Column[] numbered =
        IntStream.range(0, names.size())
            .mapToObj(i -> struct(number.as(lit(i + 1)), name.as(lit(names.get(i)))))
            .toArray(Column[]::new);
    return rows.withColumn("named", explode(array(numbered)))
        .select(col("*"), col("named.*"))
        .drop("named");
  }
}
