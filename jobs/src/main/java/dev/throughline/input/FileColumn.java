package dev.throughline.input;

import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NullType;

/**
 * A column of a Parquet file.
 *
 * @param name as the file spells it
 * @param type as Spark sees it, without the parts that Spark has no type for; {@code VOID} where
 *     the file has the type null; empty where Spark cannot read the column
 * @param problem why the column must not be read, and what to do; empty where it can be
 * @param onlyNulls whether the footer says that it has no value
 * @param milliseconds whether it is a timestamp in milliseconds
 * @param byRows whether only Spark's slower reader, row by row, can read it
 */
record FileColumn(
    String name,
    Optional<DataType> type,
    Optional<String> problem,
    boolean onlyNulls,
    boolean milliseconds,
    boolean byRows) {

  FileColumn {
    onlyNulls = onlyNulls || type.filter(NullType.class::isInstance).isPresent();
  }

  FileColumn withProblem(String why) {
    return new FileColumn(name, type, Optional.of(why), onlyNulls, milliseconds, byRows);
  }

  /** Whether it is to be read as NULL where the log's column is of a type. */
  boolean isNullFor(DataType wanted) {
    return onlyNulls && type.filter(found -> NeededColumns.reads(wanted, found)).isEmpty();
  }
}
