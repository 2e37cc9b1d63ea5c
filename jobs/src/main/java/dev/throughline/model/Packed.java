package dev.throughline.model;

import dev.throughline.table.Field;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Carries the columns of a row that no rule looks at through windows, as one struct. Every window
 * copies its rows, and it copies a struct as bytes, which costs less than to copy the columns one
 * by one. An exchange and a sort copy rows too, and where most rows have none of the columns, one
 * NULL stands for all of them.
 *
 * <p>Every column that is packed is taken out again: Spark's optimiser takes a struct apart before
 * the windows if one of its fields is not used after them.
 *
 * @param fields the columns that are packed
 */
record Packed(List<Field> fields) {
  private static final String STRUCT = "packed";

  /** The same rows with these columns in one. */
  Dataset<Row> pack(Dataset<Row> rows) {
    Column packed = functions.struct(fields.stream().map(Field::col).toArray(Column[]::new));
    return rows.withColumn(STRUCT, packed)
        .drop(fields.stream().map(Field::name).toArray(String[]::new));
  }

  /** The same rows with these columns beside the others again. */
  Dataset<Row> unpack(Dataset<Row> rows) {
    Column[] unpacked =
        fields.stream()
            .map(field -> field.as(functions.col(STRUCT).getField(field.name())))
            .toArray(Column[]::new);
    return rows.select(
        Stream.concat(
                Stream.of(rows.columns()).filter(name -> !name.equals(STRUCT)).map(functions::col),
                Stream.of(unpacked))
            .toArray(Column[]::new));
  }
}
