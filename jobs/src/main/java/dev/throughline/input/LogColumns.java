package dev.throughline.input;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns by which a log of Parquet files is read: those of the newest day.
 *
 * <p>A column without any value on that day may have been written with whatever type; an older file
 * with values says which one it has.
 *
 * @param types the columns; {@code VOID} where no file has a value and none says a type
 * @param declaredBy by name in small letters, the file that a column's type was taken from
 */
record LogColumns(StructType types, Map<String, LogFile> declaredBy) {

  /** A column of a file, and the file. */
  private record Found(FileColumn column, LogFile file) {
    DataType type() {
      return column.type().orElse(DataTypes.NullType);
    }

    boolean says() {
      return !(type() instanceof NullType);
    }
  }

  /**
   * Looks at the files of the newest day, and at others if need be.
   *
   * @param mapped the names of the columns that the mapping uses; no other has to be readable
   * @param inFolders the columns that folders give, whatever files hold
   * @param others the footers of the other files that are read, from the newest
   */
  static LogColumns of(
      List<Footer> newest,
      Set<String> mapped,
      Set<String> inFolders,
      Supplier<List<Footer>> others) {
    Map<String, Found> columns = new LinkedHashMap<>();
    for (Footer footer : newest) {
      footer
          .columns()
          .forEach(
              (name, column) -> {
                Found found = new Found(column, footer.file());
                if (!inFolders.contains(name) && usable(found, mapped.contains(name))) {
                  columns.merge(name, found, LogColumns::better);
                }
              });
    }
    boolean open =
        columns.entrySet().stream()
            .anyMatch(c -> c.getValue().column().onlyNulls() && mapped.contains(c.getKey()));
    for (Footer footer : open ? others.get() : List.<Footer>of()) {
      columns.replaceAll(
          (name, known) -> {
            FileColumn column = footer.columns().get(name);
            return column == null || column.problem().isPresent()
                ? known
                : better(known, new Found(column, footer.file()));
          });
    }
    List<StructField> types = new ArrayList<>();
    Map<String, LogFile> declaredBy = new LinkedHashMap<>();
    columns.forEach(
        (name, found) -> {
          if (found.says() || mapped.contains(name)) {
            types.add(DataTypes.createStructField(found.column().name(), found.type(), true));
            declaredBy.put(name, found.file());
          }
        });
    return new LogColumns(new StructType(types.toArray(StructField[]::new)), declaredBy);
  }

  private static boolean usable(Found found, boolean mapped) {
    if (found.column().problem().isEmpty()) {
      return true;
    }
    if (mapped && !found.column().onlyNulls()) {
      throw FooterCheck.unusable(found.file(), found.column());
    }
    return false;
  }

  /** The first that has values; of those without, the first that says a type. */
  private static Found better(Found known, Found other) {
    if (!known.column().onlyNulls()) {
      return known;
    }
    return !other.column().onlyNulls() || (!known.says() && other.says()) ? other : known;
  }
}
