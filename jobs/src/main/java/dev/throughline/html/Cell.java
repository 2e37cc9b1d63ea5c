package dev.throughline.html;

/**
 * A cell of a table.
 *
 * @param content text, or a {@link Name}
 * @param badge a word that marks the cell; null for none
 * @param bar a share that the cell shows as a bar as well; null for none
 */
record Cell(Object content, String badge, Double bar) {

  static Cell of(Object content) {
    return new Cell(content, null, null);
  }

  Cell marked(String word) {
    return new Cell(content, word, bar);
  }

  Object json() {
    if (badge == null && bar == null && content instanceof String) {
      return content;
    }
    if (content instanceof Name name) {
      return Json.object("of", name.json(), "badge", badge);
    }
    return Json.object("text", content, "badge", badge, "bar", bar);
  }
}
