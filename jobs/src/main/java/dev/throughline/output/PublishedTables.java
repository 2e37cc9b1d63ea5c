package dev.throughline.output;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.table.Field;
import dev.throughline.table.Table;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;

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
      if (!has(table)) {
        missing.add(table.name() + " (" + warehouse.published(table.name(), day) + ")");
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
              + command(day)
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
    read(table, List.of(), rows);
  }

  /**
   * The same, of a table that an earlier version may have written.
   *
   * @param mayLack columns that are not in the rows if the file lacks them
   */
  public void read(Table table, List<Field> mayLack, Consumer<Map<String, Object>> rows) {
    Path file = warehouse.published(table.name(), day);
    new TableFile(warehouse, table, file, command(day)).lacking(mayLack).read(rows);
  }

  /** The command that computes the tables of a day. */
  public static String command(LocalDate day) {
    return "scripts/throughline run --date " + day + ", with the same configuration";
  }

  /**
   * Whether a table has the day.
   *
   * @throws ThroughlineException of kind INPUT if that cannot be found out
   */
  public boolean has(Table table) {
    Path file = warehouse.published(table.name(), day);
    try {
      return warehouse.files().exists(file);
    } catch (IOException e) {
      throw TableFile.unreadable(file, command(day), e);
    }
  }
}
