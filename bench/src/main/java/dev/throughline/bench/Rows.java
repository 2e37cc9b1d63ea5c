package dev.throughline.bench;

import java.util.List;

/** Rows of text, as both engines return them, made into results. */
final class Rows {
  private Rows() {}

  /** The cells from a place on; none is 0. */
  static double[] numbers(List<String> row, int from) {
    return row.subList(from, row.size()).stream()
        .mapToDouble(cell -> cell == null ? 0 : Double.parseDouble(cell))
        .toArray();
  }

  /** Adds a row of a query that is not attribution. */
  static void put(Results results, String query, List<String> row) {
    if (query.equals("funnel")) {
      results.put(Results.FUNNEL, row.subList(0, 2), numbers(row, 2));
    } else {
      results.put(Results.SCAN, List.of(query), numbers(row, 0));
    }
  }
}
