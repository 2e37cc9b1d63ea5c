package dev.throughline.testing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * A table as CSV that people read and diffs show: a header, one line a row, sorted by key. Decimals
 * are plain, doubles the shortest text that reads back the same, NULL is an empty cell and an empty
 * text is "".
 */
public final class TableCsv {
  private static final int MOST_DIFFERENCES = 25;

  private TableCsv() {}

  /** The lines of a table, header first. */
  public static List<String> lines(List<String> columns, List<Row> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(String.join(",", columns));
    for (Row row : rows) {
      List<String> cells = new ArrayList<>();
      for (String column : columns) {
        cells.add(cell(row.get(row.fieldIndex(column))));
      }
      lines.add(String.join(",", cells));
    }
    return lines;
  }

  private static String cell(Object value) {
    if (value == null) {
      return "";
    }
    String text = value instanceof BigDecimal amount ? amount.toPlainString() : value.toString();
    if (value instanceof byte[]) {
      // A sketch may hold the same people in another order; its estimate stands beside it.
      text = "(bytes)";
    }
    boolean quoted = text.isEmpty() || text.matches("(?s).*[\",\\n\\r].*");
    return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  /** The cells of a line; quotes stay, so that NULL and an empty text differ. */
  static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      quoted ^= c == '"';
      if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }

  /**
   * What differs, each with row and column by name; empty if nothing does.
   *
   * @param key how many leading columns identify a row, by name
   */
  public static List<String> differences(
      String table, List<String> key, List<String> expected, List<String> found) {
    if (!expected.get(0).equals(found.get(0))) {
      return List.of(table + " has the columns " + found.get(0) + ", not " + expected.get(0));
    }
    List<String> columns = cells(expected.get(0));
    Map<String, List<String>> want = byKey(columns, key, expected);
    Map<String, List<String>> have = byKey(columns, key, found);
    List<String> differences = new ArrayList<>();
    if (want.size() != expected.size() - 1 || have.size() != found.size() - 1) {
      differences.add(table + " repeats a key");
    }
    want.forEach(
        (row, cells) -> {
          List<String> other = have.get(row);
          if (other == null) {
            differences.add(table + " lacks the row " + row);
            return;
          }
          for (int i = 0; i < columns.size(); i++) {
            if (!cells.get(i).equals(other.get(i))) {
              differences.add(
                  "%s, row %s, column %s: expected %s, found %s"
                      .formatted(table, row, columns.get(i), cells.get(i), other.get(i)));
            }
          }
        });
    have.keySet().stream()
        .filter(row -> !want.containsKey(row))
        .forEach(row -> differences.add(table + " has the row " + row + ", which is new"));
    if (differences.isEmpty() && !expected.equals(found)) {
      differences.add(table + " has its rows in another order");
    }
    return differences.size() <= MOST_DIFFERENCES
        ? differences
        : with(
            differences.subList(0, MOST_DIFFERENCES),
            "… and " + (differences.size() - MOST_DIFFERENCES) + " more");
  }

  private static List<String> with(List<String> list, String last) {
    List<String> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }

  private static Map<String, List<String>> byKey(
      List<String> columns, List<String> key, List<String> lines) {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> cells = cells(line);
      rows.put(key.stream().map(k -> cells.get(columns.indexOf(k))).toList().toString(), cells);
    }
    return rows;
  }
}
