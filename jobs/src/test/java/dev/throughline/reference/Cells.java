package dev.throughline.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.testing.PipelineRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;

/** Numbers of a table by key and column, so that a difference names its row and its column. */
final class Cells {
  private final TreeMap<String, Double> cells = new TreeMap<>();

  static String key(Object... parts) {
    List<String> words = new ArrayList<>();
    for (Object part : parts) {
      words.add(String.valueOf(part));
    }
    return String.join(" | ", words);
  }

  /** Adds to a cell, which is 0 at first. */
  void add(String key, String column, double amount) {
    cells.merge(key + " | " + column, amount, Double::sum);
  }

  /** Sets a cell; null is no number. */
  void set(String key, String column, Double amount) {
    cells.put(key + " | " + column, amount == null ? Double.NaN : amount);
  }

  Double get(String key, String column) {
    Double amount = cells.getOrDefault(key + " | " + column, Double.NaN);
    return amount.isNaN() ? null : amount;
  }

  /** The keys of all rows. */
  Set<String> rows() {
    Set<String> rows = new TreeSet<>();
    cells.keySet().forEach(cell -> rows.add(cell.substring(0, cell.lastIndexOf(" | "))));
    return rows;
  }

  /** The sum of a column over the rows whose key contains some text. */
  double sum(String keyPart, String column) {
    return cells.entrySet().stream()
        .filter(cell -> cell.getKey().contains(keyPart) && cell.getKey().endsWith(" | " + column))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /** The cells of both. */
  static Cells union(Cells one, Cells other) {
    Cells union = new Cells();
    union.cells.putAll(one.cells);
    union.cells.putAll(other.cells);
    return union;
  }

  /** The given columns of a published table. */
  static Cells of(PipelineRun run, String table, List<String> key, List<String> columns) {
    return of(run.rows(table), key, columns);
  }

  static Cells of(List<Row> rows, List<String> key, List<String> columns) {
    Cells cells = new Cells();
    for (Row row : rows) {
      String name = key(key.stream().map(k -> row.get(row.fieldIndex(k))).toArray());
      for (String column : columns) {
        Object amount = row.get(row.fieldIndex(column));
        cells.set(name, column, number(amount));
      }
    }
    return cells;
  }

  private static Double number(Object amount) {
    if (amount instanceof Boolean truth) {
      return truth ? 1.0 : 0.0;
    }
    return amount == null ? null : (Double) ((Number) amount).doubleValue();
  }

  int size() {
    return cells.size();
  }

  /**
   * Both hold the same cells, equal to 1e-9, or that part of large ones. All differences are shown,
   * up to a limit.
   */
  static void assertEqual(Cells expected, Cells found) {
    assertEqual(expected, found, 1e-9);
  }

  static void assertEqual(Cells expected, Cells found, double tolerance) {
    TreeMap<String, String> differences = new TreeMap<>();
    expected.cells.keySet().forEach(key -> compare(key, expected, found, tolerance, differences));
    found.cells.keySet().forEach(key -> compare(key, expected, found, tolerance, differences));
    assertEquals(
        "",
        differences.entrySet().stream()
            .limit(20)
            .map(Map.Entry::toString)
            .reduce("", (a, b) -> a + "\n" + b),
        differences.size() + " differences");
  }

  private static boolean close(double want, double have, double tolerance) {
    return Math.abs(want - have) <= tolerance * Math.max(1, Math.abs(want));
  }

  private static void compare(
      String key, Cells expected, Cells found, double tolerance, Map<String, String> differences) {
    Double want = expected.cells.get(key);
    Double have = found.cells.get(key);
    boolean same =
        want != null && have != null && (want.equals(have) || close(want, have, tolerance));
    if (!same) {
      differences.put(key, "expected " + want + ", found " + have);
    }
  }
}
