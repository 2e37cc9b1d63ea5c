package dev.throughline.output;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.table.Field;
import dev.throughline.table.Table;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
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

/**
 * The published tables of a day, row by row, without a Spark session: they are small, and a session
 * takes longer to start than they take to read.
 */
public final class PublishedTables {
  private final Warehouse warehouse;
  private final LocalDate day;

  public PublishedTables(Warehouse warehouse, LocalDate day) {
    this.warehouse = warehouse;
    this.day = day;
  }

  /**
   * Fails unless each of the tables has the day.
   *
   * @throws ThroughlineException of kind INPUT that names all that are missing
   */
  public void require(List<Table> tables) {
    List<String> missing = new ArrayList<>();
    for (Table table : tables) {
      Path file = warehouse.published(table.name(), day);
      try {
        if (!warehouse.files().exists(file)) {
          missing.add(table.name() + " (" + file + ")");
        }
      } catch (IOException e) {
        throw unreadable(file, e);
      }
    }
    if (!missing.isEmpty()) {
      throw new ThroughlineException(
          ErrorKind.INPUT,
          "There are no published tables of "
              + day
              + " for: "
              + String.join(", ", missing)
              + ". Check the day and throughline.output.path, or compute them first: "
              + command()
              + ". Nothing was written.");
    }
  }

  /**
   * Hands over each row of a table, by the column names of its contract; NULL is a null. The day,
   * which is the folder's name, and binary columns are left out.
   *
   * @throws ThroughlineException of kind INPUT if the file cannot be read, or lacks a column
   */
  public void read(Table table, Consumer<Map<String, Object>> rows) {
    Path file = warehouse.published(table.name(), day);
    List<String> columns =
        table.fields().stream()
            .skip(1)
            .filter(field -> !(field.type() instanceof BinaryType))
            .map(Field::name)
            .toList();
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), file).withConf(warehouse.hadoop()).build()) {
      for (Group group = next(reader, file); group != null; group = next(reader, file)) {
        Map<String, Object> cells = new LinkedHashMap<>();
        for (String column : columns) {
          cells.put(column, cell(table, file, group, column));
        }
        rows.accept(cells);
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Parquet says of a damaged file by an unchecked exception what it is. */
  private Group next(ParquetReader<Group> reader, Path file) {
    try {
      return reader.read();
    } catch (IOException | RuntimeException e) {
      throw unreadable(file, e);
    }
  }

  private Object cell(Table table, Path file, Group group, String column) {
    GroupType schema = group.getType();
    if (!schema.containsField(column)) {
      throw new ThroughlineException(
          ErrorKind.INPUT,
          "%s has no column %s, which belongs to %s. It was written by another version: run %s. Nothing was written."
              .formatted(file, column, table.name(), command()));
    }
    int index = schema.getFieldIndex(column);
    if (group.getFieldRepetitionCount(index) == 0) {
      return null;
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

  private String command() {
    return "scripts/throughline run --date " + day + ", with the same configuration";
  }

  private ThroughlineException unreadable(Path file, Exception e) {
    return new ThroughlineException(
        ErrorKind.INPUT,
        "The table "
            + file
            + " cannot be read: "
            + e
            + ". Compute it again: "
            + command()
            + ". Nothing was written.",
        e);
  }
}
