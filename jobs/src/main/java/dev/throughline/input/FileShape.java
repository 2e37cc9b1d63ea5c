package dev.throughline.input;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_millis;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * In what a file's columns differ from the log's, so that Spark has to be asked for others.
 *
 * @param absent by name in small letters, columns that are NULL, whatever the file holds of them
 * @param milliseconds timestamps in milliseconds, of which Spark fails over one out of its range
 * @param byRows whether only Spark's reader of rows can read it
 */
record FileShape(Set<String> absent, Set<String> milliseconds, boolean byRows) {
  /** The range of Spark's timestamps in milliseconds: the years 1 to 9999. */
  private static final long FIRST = -62_135_596_800_000L;

  private static final long LAST = 253_402_300_799_999L;

  static final FileShape USUAL = new FileShape(Set.of(), Set.of(), false);

  /**
   * The shape of a file.
   *
   * @param mapped the columns that may be asked for
   */
  static FileShape of(Footer footer, StructType columns, Set<String> mapped) {
    Set<String> absent = new TreeSet<>();
    Set<String> milliseconds = new TreeSet<>();
    boolean byRows = false;
    for (StructField wanted : columns.fields()) {
      String name = wanted.name().toLowerCase(Locale.ROOT);
      FileColumn column = footer.columns().get(name);
      if (column == null || !mapped.contains(name)) {
        continue;
      }
      boolean time =
          wanted.dataType() instanceof TimestampType
              || wanted.dataType() instanceof TimestampNTZType;
      if (column.isNullFor(wanted.dataType())) {
        absent.add(name);
        continue;
      }
      if (column.milliseconds() && time) {
        milliseconds.add(name);
      }
      byRows |= column.byRows();
    }
    return new FileShape(absent, milliseconds, byRows);
  }

  /** The columns to ask Spark for. */
  StructType inFile(StructType columns) {
    StructType asked = new StructType();
    for (StructField column : columns.fields()) {
      String name = column.name().toLowerCase(Locale.ROOT);
      if (milliseconds.contains(name)) {
        asked = asked.add(column.name(), DataTypes.LongType);
      } else if (!absent.contains(name) && column.dataType() != DataTypes.NullType) {
        asked = asked.add(column);
      }
    }
    return asked;
  }

  /** The log's columns, made of those. */
  List<Column> select(StructType columns) {
    List<Column> selected = new ArrayList<>();
    for (StructField column : columns.fields()) {
      String name = column.name().toLowerCase(Locale.ROOT);
      Column value = named(column.name());
      if (milliseconds.contains(name)) {
        // One that is out of the range stays a time that no event can have, see Times.
        Column time =
            timestamp_millis(
                when(value.lt(FIRST), FIRST).when(value.gt(LAST), LAST).otherwise(value));
        selected.add(time.cast(column.dataType()).as(column.name()));
      } else if (absent.contains(name) || column.dataType() == DataTypes.NullType) {
        selected.add(lit(null).cast(column.dataType()).as(column.name()));
      } else {
        selected.add(value);
      }
    }
    return selected;
  }

  /** Whether the log's columns are others than those to ask Spark for. */
  boolean changes(StructType columns) {
    return !inFile(columns).equals(columns);
  }

  /** A column of exactly this name. */
  static Column named(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }
}
