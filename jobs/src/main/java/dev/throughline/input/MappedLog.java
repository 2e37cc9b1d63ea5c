package dev.throughline.input;

import dev.throughline.config.Settings;
import dev.throughline.table.Field;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;

/**
 * A log by its logical columns: as rows, by the expressions of the mapping, or as it lies, where
 * every logical column is a column of the log that only has another name.
 */
public final class MappedLog {
  /** Whether the log has an amount at all, to tell one that does not fit its type from none. */
  public static final String VALUE_GIVEN = EventRows.GIVEN + Events.VALUE.name();

  public static final String COST_GIVEN = EventRows.GIVEN + Events.COST.name();

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Words that mean something else than a column of this name, or may. */
  private static final Set<String> NO_NAMES =
      Set.of(
          "null",
          "true",
          "false",
          "current_date",
          "current_timestamp",
          "current_user",
          "localtimestamp",
          "session_user",
          "user");

  private final Settings settings;
  private final Dataset<Row> log;
  private final EventRows rows;

  /**
   * Resolves the columns of a log.
   *
   * @param countedByFile whether the log knows how many rows each of its files has
   * @param where how to call the log in messages
   */
  public MappedLog(Settings settings, Dataset<Row> log, boolean countedByFile, String where) {
    this.settings = settings;
    this.log = log;
    rows = new EventRows(settings, LogRows.of(log, countedByFile), where);
  }

  /**
   * {@link Events#LOGICAL}, {@link Events#INPUT_DAY}, {@link #VALUE_GIVEN}, {@link #COST_GIVEN} and
   * {@link Events#FILE}; one row for each row of the log.
   */
  public Dataset<Row> rows() {
    return rows.mapped(true);
  }

  /** {@link Events#READ}, by queries; one row for each row of the log. */
  public Dataset<Row> read() {
    return rows.read(true);
  }

  /** The name of the column that says which day a row is filed under. */
  public String partitionColumn() {
    return settings.events().partitionColumn();
  }

  /**
   * The column of the log that each logical column is; a logical column that the log does not have
   * is left out. Empty if any is more than a column, or is one of another type.
   */
  public Optional<Map<Field, String>> plainColumns() {
    Map<Field, String> plain = new LinkedHashMap<>();
    for (Field field : Events.LOGICAL) {
      String expression = settings.events().columns().get(field.name());
      if (expression == null) {
        continue;
      }
      String name = expression.strip();
      if (!NAME.matcher(name).matches() || NO_NAMES.contains(name.toLowerCase(Locale.ROOT))) {
        return Optional.empty();
      }
      List<StructField> found =
          Arrays.stream(log.schema().fields())
              .filter(column -> column.name().equalsIgnoreCase(name))
              .toList();
      if (found.size() > 1 || found.stream().anyMatch(column -> !same(field, column.dataType()))) {
        return Optional.empty();
      }
      found.forEach(column -> plain.put(field, column.name()));
    }
    return Optional.of(plain);
  }

  private static boolean same(Field field, DataType found) {
    return field.type() instanceof DecimalType
        ? found instanceof DecimalType
        : field.type().equals(found);
  }

  /**
   * The log's own columns that are needed, in their own order, so that they are read as they lie.
   */
  public Dataset<Row> plain(Map<Field, String> columns) {
    Set<String> needed = new TreeSet<>(columns.values());
    needed.add(partitionColumn());
    return log.select(
        Arrays.stream(log.columns())
            .filter(needed::contains)
            .map(name -> functions.col("`" + name + "`"))
            .toArray(Column[]::new));
  }
}
