package dev.throughline.table;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The contract of a table: what a row is, which columns it has, what identifies it, and what is
 * always true of it.
 *
 * @param name the table's name and the name of its folder
 * @param doc what the table answers, in a sentence or two
 * @param grain what one row stands for
 * @param fields every column, in the order in which it is written
 * @param key the columns that identify a row; no two rows agree in all of them
 * @param rules statements that hold for every row
 */
public record Table(
    String name, String doc, String grain, List<Field> fields, List<Field> key, List<Rule> rules) {

  public Table {
    fields = List.copyOf(fields);
    key = List.copyOf(key);
    rules = List.copyOf(rules);
    Set<String> names = new HashSet<>();
    for (Field field : fields) {
      if (!names.add(field.name())) {
        throw new IllegalArgumentException(
            name + " declares the column " + field.name() + " twice");
      }
    }
    for (Field field : key) {
      if (!fields.contains(field)) {
        throw new IllegalArgumentException(
            name + " has no column " + field.name() + " for its key");
      }
    }
  }

  /** The declared schema. */
  public StructType schema() {
    return new StructType(fields.stream().map(Field::structField).toArray(StructField[]::new));
  }

  /** Exactly the declared columns, in the declared order, each cast to its declared type. */
  public Dataset<Row> select(Dataset<Row> rows) {
    return rows.select(fields.stream().map(f -> f.as(f.col())).toArray(Column[]::new));
  }

  /** The key as columns, to sort or to group by. */
  public Column[] keyColumns() {
    return key.stream().map(Field::col).toArray(Column[]::new);
  }
}
