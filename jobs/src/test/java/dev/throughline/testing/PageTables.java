package dev.throughline.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tables of a page as its elements hold them, those of every choice included. */
public final class PageTables {
  private static final String READ =
      """
      (() => {
        const text = (cell, part) => cell.querySelector(part)?.textContent ?? null;
        const cell = (of) => ({ text: text(of, "bdi"), id: text(of, ".id"), badge: text(of, ".badge") });
        const table = (of) => ({
          section: of.closest("section").id,
          source: of.dataset.source,
          key: JSON.parse(of.dataset.key),
          caption: of.caption.textContent,
          columns: [...of.tHead.rows[0].cells].map((head) => ({
            fields: head.dataset.fields, key: JSON.parse(head.dataset.key ?? "{}")
          })),
          rows: [...of.tBodies[0].rows].map((row) => ({
            key: JSON.parse(row.dataset.key), cells: [...row.cells].map(cell)
          }))
        });
        const all = [...document.querySelectorAll("table")].filter((of) => !of.closest(".panel")).map(table);
        for (const select of document.querySelectorAll("select")) {
          const panel = select.closest(".choice").querySelector(".panel");
          for (const option of [...select.options].reverse()) {
            select.value = option.value;
            select.dispatchEvent(new Event("change"));
            all.push(...[...panel.querySelectorAll("table")].map(table));
          }
        }
        return all;
      })()
      """;

  /**
   * A cell that shows a published number.
   *
   * @param section the part of the page
   * @param source the published table
   * @param key the columns that tell the published row
   * @param field the column, or two columns that are shown as one
   * @param text what the cell shows
   * @param id the id beside a name; null where there is none
   * @param badge the word that marks it; null where there is none
   */
  public record Cell(
      String section,
      String source,
      Map<String, String> key,
      String field,
      String text,
      String id,
      String badge) {}

  private PageTables() {}

  /** Every cell of every table, in the order of the page; of a choice, the last view first. */
  public static List<Cell> cells(Chromium page) {
    List<Cell> cells = new ArrayList<>();
    for (JsonNode table : page.evaluate(READ)) {
      for (JsonNode row : table.path("rows")) {
        for (int i = 0; i < row.path("cells").size(); i++) {
          JsonNode cell = row.path("cells").path(i);
          JsonNode column = table.path("columns").path(i);
          Map<String, String> key = new TreeMap<>();
          for (JsonNode part : List.of(table.path("key"), row.path("key"), column.path("key"))) {
            part.fields()
                .forEachRemaining(entry -> key.put(entry.getKey(), text(entry.getValue())));
          }
          cells.add(
              new Cell(
                  text(table.path("section")),
                  text(table.path("source")),
                  key,
                  text(column.path("fields")),
                  text(cell.path("text")),
                  text(cell.path("id")),
                  text(cell.path("badge"))));
        }
      }
    }
    return cells;
  }

  private static String text(JsonNode node) {
    return node.isNull() ? null : node.asText();
  }
}
