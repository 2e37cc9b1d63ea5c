package dev.throughline.html;

import java.util.List;
import java.util.function.Function;

/** Series out of the rows of a table. */
final class Charts {
  /** So many groups of bars fit on a screen. */
  static final int MOST = 10;

  private Charts() {}

  static Chart.Series counts(String name, String tone, List<TableRow> rows, String column) {
    return series(name, tone, rows, column, row -> Format.count(row.count(column)));
  }

  static Chart.Series percents(String name, String tone, List<TableRow> rows, String column) {
    return series(name, tone, rows, column, row -> Format.percent(row.rate(column)));
  }

  static Chart.Series series(
      String name,
      String tone,
      List<TableRow> rows,
      String column,
      Function<TableRow, String> text) {
    return new Chart.Series(
        name,
        tone,
        rows.stream().map(row -> row.plotted(column)).toList(),
        rows.stream().map(text).toList());
  }

  /** The first rows, as many as a chart has room for. */
  static List<TableRow> first(List<TableRow> rows) {
    return rows.subList(0, Math.min(MOST, rows.size()));
  }
}
