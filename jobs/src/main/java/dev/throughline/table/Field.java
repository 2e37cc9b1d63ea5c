package dev.throughline.table;

import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * One column of a table, declared once: its name, its type, whether it may be null, and what it
 * means.
 *
 * @param name the column's name, as readers of the table see it
 * @param type its Spark SQL type
 * @param nullable whether NULL is a legal value; {@link Table} audits prove it by counting
 * @param doc one sentence for the reader of the docs, with the unit
 */
public record Field(String name, DataType type, boolean nullable, String doc) {

  public Field {
    Objects.requireNonNull(type, "type");
    if (name.isBlank() || doc.isBlank()) {
      throw new IllegalArgumentException("a field needs a name and a sentence that explains it");
    }
  }

  /** A column that is never NULL. */
  public static Field required(String name, DataType type, String doc) {
    return new Field(name, type, false, doc);
  }

  /** A column that may be NULL; the sentence says what NULL means. */
  public static Field optional(String name, DataType type, String doc) {
    return new Field(name, type, true, doc);
  }

  /** A reference to this column. */
  public Column col() {
    return functions.col(name);
  }

  /** An expression published under this column's name and type. */
  public Column as(Column expression) {
    return expression.cast(type).as(name);
  }

  /** The same column under another name, for a table that holds two of a kind. */
  public Field named(String otherName, String otherDoc) {
    return new Field(otherName, type, nullable, otherDoc);
  }

  /** This column as Spark declares it. */
  public StructField structField() {
    return DataTypes.createStructField(name, type, nullable);
  }
}
