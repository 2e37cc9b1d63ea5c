package dev.throughline.html;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A table on the page. It says of every cell which published number it is: the published table, its
 * column, and the key of its row.
 *
 * @param source the published table
 * @param key what all cells have in common of that table's key
 * @param rowKey the key columns that tell the rows apart
 * @param caption what the table shows
 * @param columns its columns; the first heads each row
 * @param rows its rows, in order
 */
record DataTable(
    String source,
    Map<String, String> key,
    List<String> rowKey,
    Words caption,
    List<Column> columns,
    List<TableRow> rows) {

  Map<String, Object> json() {
    return Json.object(
        "source",
        source,
        "key",
        new TreeMap<>(key),
        "caption",
        caption.json(),
        "columns",
        columns.stream().map(Column::json).toList(),
        "rows",
        rows.stream()
            .map(
                row ->
                    Json.object(
                        "key",
                        keyOf(row),
                        "cells",
                        columns.stream().map(column -> column.cell().apply(row).json()).toList()))
            .toList());
  }

  private Map<String, String> keyOf(TableRow row) {
    Map<String, String> values = new TreeMap<>();
    rowKey.forEach(column -> values.put(column, String.valueOf(row.cell(column))));
    return values;
  }
}
