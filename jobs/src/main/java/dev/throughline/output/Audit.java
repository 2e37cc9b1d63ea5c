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
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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
    Map<String, Column> checks = counts(table);
    // A struct, since count_distinct of columns passes over rows with a NULL in any of them.
    checks.put(repeatedKey(table), count(lit(1)).minus(count_distinct(struct(table.keyColumns()))));
    // One task wrote the file of a day; one can audit it, and no row has to move.
    return of(table, days.size() == 1 ? rows.coalesce(1) : rows, days, checks);
  }

  /**
   * Audits very many rows. In one aggregation every count would be carried along with every key.
   */
  static Audit ofMany(Table table, Dataset<Row> rows, List<LocalDate> days) {
    Audit audit = of(table, rows, days, counts(table));
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

  /**
   * Audits few rows, of which Spark says what is wrong with each, without a job. The counting is
   * done here.
   */
  static Audit ofFew(Table table, FewRows rows, SparkSession spark, List<LocalDate> days) {
    Map<String, Column> broken = broken(table);
    List<Row> marks =
        spark
            .createDataFrame(rows.rows(), rows.schema().asNullable())
            .select(broken.values().toArray(Column[]::new))
            .collectAsList();
    int[] key = table.key().stream().mapToInt(table.fields()::indexOf).toArray();
    Map<Object, long[]> counts = new LinkedHashMap<>();
    Set<List<Object>> keys = new HashSet<>();
    int checks = broken.size() + 1;
    for (int i = 0; i < marks.size(); i++) {
      Row row = rows.rows().get(i);
      long[] count = counts.computeIfAbsent(row.get(0), day -> new long[checks + 1]);
      count[0]++;
      for (int check = 1; check < checks; check++) {
        count[check] += marks.get(i).getBoolean(check - 1) ? 1 : 0;
      }
      // Rows without a day are a problem already.
      boolean first = keys.add(Arrays.stream(key).mapToObj(row::get).toList()) || row.isNullAt(0);
      count[checks] += first ? 0 : 1;
    }
    List<String> names = new ArrayList<>(broken.keySet());
    names.add(repeatedKey(table));
    return of(table, counts, names, days);
  }

  /** What no row may be, in words, with the count of rows that are. */
  private static Map<String, Column> counts(Table table) {
    Map<String, Column> counts = new LinkedHashMap<>();
    broken(table).forEach((name, holds) -> counts.put(name, count(when(holds, lit(1)))));
    return counts;
  }

  /** What no row may be, in words, with the condition that holds if it is. */
  private static Map<String, Column> broken(Table table) {
    Map<String, Column> broken = new LinkedHashMap<>();
    for (Field field : table.fields()) {
      if (!field.nullable()) {
        broken.put(field.name() + " is NULL", field.col().isNull());
      }
    }
    for (Rule rule : table.rules()) {
      broken.put(
          "the rule \"" + rule.name() + "\" is broken", not(coalesce(rule.holds(), lit(false))));
    }
    return broken;
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
    Map<Object, long[]> counts = new LinkedHashMap<>();
    for (Row day : counted) {
      counts.put(day.get(0), IntStream.range(1, day.length()).mapToLong(day::getLong).toArray());
    }
    return of(table, counts, checks.keySet(), days);
  }

  /**
   * @param counts by day: rows, then for each of the checks the rows that break it
   */
  private static Audit of(
      Table table, Map<Object, long[]> counts, Collection<String> checks, List<LocalDate> days) {
    Map<LocalDate, Long> rowsByDay = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    counts.forEach(
        (day, count) -> {
          if (day != null) {
            rowsByDay.put(((Date) day).toLocalDate(), count[0]);
          }
          int column = 1;
          for (String check : checks) {
            long broken = count[column++];
            if (broken > 0) {
              problems.add(problem(table, day, check, broken, count[0]));
            }
          }
        });
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
