package dev.throughline.output;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.table.Field;
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
 * Checks a table against its contract, in one aggregation: columns that may not be NULL, rules, and
 * the key.
 *
 * @param rows how many rows there are of each day
 * @param problems what is broken, in words; empty if the table keeps its contract
 */
public record Audit(Map<LocalDate, Long> rows, List<String> problems) {

  /**
   * Audits rows.
   *
   * @param table the contract; its first column is the day
   * @param rows rows in the contract's columns, as they were read from the files that were written
   * @param days the days of which there may be rows
   */
  static Audit of(Table table, Dataset<Row> rows, List<LocalDate> days) {
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
    checks.put(
        "the key ("
            + String.join(", ", table.key().stream().map(Field::name).toList())
            + ") repeats",
        // A struct, since count_distinct of columns passes over rows with a NULL in any of them.
        count(lit(1)).minus(count_distinct(struct(table.keyColumns()))));
    // One task wrote the file of a day; one can audit it, and no row has to move.
    List<Row> counted =
        (days.size() == 1 ? rows.coalesce(1) : rows)
            .groupBy(table.fields().get(0).col())
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
          problems.add(
              table.name()
                  + ", day "
                  + day.get(0)
                  + ": "
                  + check
                  + " in "
                  + broken
                  + " of "
                  + day.getLong(1)
                  + " rows");
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
