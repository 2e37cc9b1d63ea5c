package dev.throughline.output;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.table.Field;
import dev.throughline.table.Repeats;
import dev.throughline.table.Rule;
import dev.throughline.table.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * Checks a table against its contract: columns that may not be NULL, rules, and the key.
 *
 * @param rows how many rows there are of each day
 * @param problems what is broken, in words; empty if the table keeps its contract
 */
public record Audit(Map<LocalDate, Long> rows, List<String> problems) {

  /**
   * Audits rows, in one aggregation.
   *
   * @param table the contract; its first column is the day
   * @param rows rows in the contract's columns, as they were read from the files that were written
   * @param days the days of which there may be rows
   */
  static Audit of(Table table, Dataset<Row> rows, List<LocalDate> days) {
    Map<String, Column> checks = checks(table);
    // A struct, since count_distinct of columns passes over rows with a NULL in any of them.
    checks.put(repeatedKey(table), count(lit(1)).minus(count_distinct(struct(table.keyColumns()))));
    // One task wrote the file of a day; one can audit it, and no row has to move.
    return of(table, days.size() == 1 ? rows.coalesce(1) : rows, days, checks);
  }

  /**
   * Audits very many rows. In one aggregation every count would be carried along with every key.
   */
  static Audit ofMany(Table table, Dataset<Row> rows, List<LocalDate> days) {
    Audit audit = of(table, rows, days, checks(table));
    List<String> problems = new ArrayList<>(audit.problems());
    Column day = table.fields().get(0).col();
    int partitions =
        Integer.parseInt(rows.sparkSession().conf().get("spark.sql.shuffle.partitions"));
    // Rows without a day are a problem already.
    Repeats.ofDays(rows.filter(day.isNotNull()), partitions, day, keyHash(table))
        .collectAsList()
        .forEach(
            found -> {
              long all = audit.rows().get(found.getDate(0).toLocalDate());
              problems.add(problem(table, found.get(0), repeatedKey(table), found.getLong(1), all));
            });
    return new Audit(audit.rows(), problems);
  }

  /** What no row may be, in words, with the count of rows that are. */
  private static Map<String, Column> checks(Table table) {
    Map<String, Column> checks = new LinkedHashMap<>();
    for (Field field : table.fields()) {
      if (!field.nullable()) {
        checks.put(field.name() + " is NULL", countIf(field.col().isNull()));
      }
    }
    for (Rule rule : table.rules()) {
      checks.put(
          "the rule \"" + rule.name() + "\" is broken",
          countIf(not(coalesce(rule.holds(), lit(false)))));
    }
    return checks;
  }

  private static String repeatedKey(Table table) {
    return "the key ("
        + String.join(", ", table.key().stream().map(Field::name).toList())
        + ") repeats";
  }

  /** 128 bits: that any two of a billion keys share them happens once in 10^20 times. */
  private static Column[] keyHash(Table table) {
    List<Column> parts = new ArrayList<>(List.of(table.keyColumns()));
    // A hash passes over NULL, so that (NULL, a) and (a, NULL) would be one key.
    table.key().stream().filter(Field::nullable).forEach(part -> parts.add(part.col().isNull()));
    Column one = xxhash64(parts.toArray(Column[]::new));
    parts.add(0, lit(1));
    return new Column[] {one, xxhash64(parts.toArray(Column[]::new))};
  }

  private static Audit of(
      Table table, Dataset<Row> rows, List<LocalDate> days, Map<String, Column> checks) {
    List<Row> counted =
        rows.groupBy(table.fields().get(0).col())
            .agg(count(lit(1)), checks.values().toArray(Column[]::new))
            .collectAsList();
    Map<LocalDate, Long> rowsByDay = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    for (Row day : counted) {
      if (!day.isNullAt(0)) {
        rowsByDay.put(day.getDate(0).toLocalDate(), day.getLong(1));
      }
      int column = 2;
      for (String check : checks.keySet()) {
        long broken = day.getLong(column++);
        if (broken > 0) {
          problems.add(problem(table, day.get(0), check, broken, day.getLong(1)));
        }
      }
    }
    for (LocalDate day : rowsByDay.keySet()) {
      if (!days.contains(day)) {
        problems.add(table.name() + " has rows of " + day + ", no day of this run");
      }
    }
    return new Audit(rowsByDay, problems);
  }

  private static String problem(Table table, Object day, String check, long broken, long rows) {
    return "%s, day %s: %s in %d of %d rows".formatted(table.name(), day, check, broken, rows);
  }

  private static Column countIf(Column condition) {
    return count(when(condition, lit(1)));
  }

  /** Names and types only; Spark calls computed columns nullable, and the audit counts NULLs. */
  static void requireColumns(Table table, Dataset<Row> rows) {
    StructField[] found = rows.schema().fields();
    boolean same = found.length == table.fields().size();
    for (int i = 0; same && i < found.length; i++) {
      Field field = table.fields().get(i);
      same = found[i].name().equals(field.name()) && found[i].dataType().equals(field.type());
    }
    if (!same) {
      throw new ThroughlineException(
          ErrorKind.CONTRACT,
          "The query of "
              + table.name()
              + " gives "
              + rows.schema().simpleString()
              + ", but its contract is "
              + table.schema().simpleString()
              + ".");
    }
  }
}
