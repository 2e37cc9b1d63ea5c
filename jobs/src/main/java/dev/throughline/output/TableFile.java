package dev.throughline.output;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.table.Field;
import dev.throughline.table.Table;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.spark.sql.types.BinaryType;

/** The one file of a table and day, published or staged, row by row without Spark. */
public final class TableFile {
  private final Warehouse warehouse;
  private final Table table;
  private final Path file;
  private final String remedy;
  private final List<Field> mayLack;

  /**
   * @param remedy the command that writes the file anew, for messages
   */
  public TableFile(Warehouse warehouse, Table table, Path file, String remedy) {
    this(warehouse, table, file, remedy, List.of());
  }

  private TableFile(
      Warehouse warehouse, Table table, Path file, String remedy, List<Field> mayLack) {
    this.warehouse = warehouse;
    this.table = table;
    this.file = file;
    this.remedy = remedy;
    this.mayLack = mayLack;
  }

  /** The same file, whose rows are without those of these columns that it lacks. */
  TableFile lacking(List<Field> columns) {
    return new TableFile(warehouse, table, file, remedy, columns);
  }

  /** The rows of the file, one after the other. */
  interface Rows extends Closeable {
    /** The next row, by the column names of the contract; null after the last. */
    Map<String, Object> next();
  }

  /**
   * Hands over each row, by the column names of the contract; NULL is a null. The day, which is the
   * folder's name, and binary columns are left out.
   *
   * @throws ThroughlineException of kind INPUT if the file cannot be read, or lacks a column
   */
  public void read(Consumer<Map<String, Object>> rows) {
    try (Rows found = open()) {
      for (Map<String, Object> row = found.next(); row != null; row = found.next()) {
        rows.accept(row);
      }
    } catch (IOException e) {
      throw unreadable(file, remedy, e);
    }
  }

  /** The same, for who asks for rows. */
  Rows open() throws IOException {
    List<Field> columns =
        table.fields().stream()
            .skip(1)
            .filter(field -> !(field.type() instanceof BinaryType))
            .toList();
    ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), file).withConf(warehouse.hadoop()).build();
    return new Rows() {
      @Override
      public Map<String, Object> next() {
        Group group = TableFile.this.next(reader);
        if (group == null) {
          return null;
        }
        Map<String, Object> cells = new LinkedHashMap<>();
        for (Field column : columns) {
          if (group.getType().containsField(column.name()) || !mayLack.contains(column)) {
            cells.put(column.name(), cell(group, column.name()));
          }
        }
        return cells;
      }

      @Override
      public void close() throws IOException {
        reader.close();
      }
    };
  }

  /** Parquet says of a damaged file by an unchecked exception what it is. */
  private Group next(ParquetReader<Group> reader) {
    try {
      return reader.read();
    } catch (IOException | RuntimeException e) {
      throw unreadable(file, remedy, e);
    }
  }

  private Object cell(Group group, String column) {
    GroupType schema = group.getType();
    if (!schema.containsField(column)) {
      throw new ThroughlineException(
          ErrorKind.INPUT,
          "%s has no column %s, which belongs to %s. It was written by another version: run %s. Nothing was written."
              .formatted(file, column, table.name(), remedy));
    }
    int index = schema.getFieldIndex(column);
    if (group.getFieldRepetitionCount(index) == 0) {
      return null;
    }
    if (!schema.getType(index).isPrimitive()) {
      // Only whether two are the same is asked of these.
      return group.getGroup(index, 0).toString();
    }
    PrimitiveType type = schema.getType(index).asPrimitiveType();
    if (type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal) {
      return new BigDecimal(unscaled(group, index, type), decimal.getScale());
    }
    return switch (type.getPrimitiveTypeName()) {
      case INT32 -> (long) group.getInteger(index, 0);
      case INT64 -> group.getLong(index, 0);
      case DOUBLE -> group.getDouble(index, 0);
      case BOOLEAN -> group.getBoolean(index, 0);
      case BINARY -> group.getBinary(index, 0).toStringUsingUTF8();
      default -> throw new IllegalStateException(table.name() + "." + column + " is a " + type);
    };
  }

  private static BigInteger unscaled(Group group, int index, PrimitiveType type) {
    return switch (type.getPrimitiveTypeName()) {
      case INT32 -> BigInteger.valueOf(group.getInteger(index, 0));
      case INT64 -> BigInteger.valueOf(group.getLong(index, 0));
      default -> new BigInteger(group.getBinary(index, 0).getBytes());
    };
  }

  static ThroughlineException unreadable(Path file, String remedy, Exception e) {
    return new ThroughlineException(
        ErrorKind.INPUT,
        "The table "
            + file
            + " cannot be read: "
            + e
            + ". Compute it again: "
            + remedy
            + ". Nothing was written.",
        e);
  }
}
