package dev.throughline.model;

import dev.throughline.input.Events;
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
 * by one.
 *
 * @param open the columns that are not carried
 */
record Carried(List<Field> open) {
  private static final String STRUCT = "carried";

  /** Rows with those columns of {@link Events#READ} in one that are not open. */
  Dataset<Row> pack(Dataset<Row> rows) {
    Column carried = functions.struct(closed().map(Field::col).toArray(Column[]::new));
    return rows.select(
        Stream.concat(open.stream().map(Field::col), Stream.of(carried.as(STRUCT)))
            .toArray(Column[]::new));
  }

  /** The same rows with these columns beside the others again. */
  Dataset<Row> unpack(Dataset<Row> rows) {
    Column[] carried =
        closed()
            .map(field -> field.as(functions.col(STRUCT).getField(field.name())))
            .toArray(Column[]::new);
    return rows.select(
        Stream.concat(
                Stream.of(rows.columns()).filter(name -> !name.equals(STRUCT)).map(functions::col),
                Stream.of(carried))
            .toArray(Column[]::new));
  }

  private Stream<Field> closed() {
    return Events.READ.stream().filter(field -> !open.contains(field));
  }
}
