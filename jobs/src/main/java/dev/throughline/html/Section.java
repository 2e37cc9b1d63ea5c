package dev.throughline.html;

import java.util.List;
import java.util.Map;

/**
 * A part of the page under a heading of its own.
 *
 * @param id its anchor
 * @param title its heading
 * @param lede what it answers, in a sentence
 * @param blocks what it shows
 */
record Section(String id, String title, String lede, List<Block> blocks) {

  static Section of(String id, String title, String lede, Block... blocks) {
    return new Section(id, title, lede, List.of(blocks));
  }

  /** A section without numbers says so. */
  static Section empty(String id, String title, String table, String why) {
    return new Section(
        id,
        title,
        null,
        List.of(Block.Paragraph.of("There is nothing to show: " + table + " has no rows. " + why)));
  }

  Map<String, Object> json() {
    return Json.object(
        "id",
        id,
        "title",
        title,
        "lede",
        lede,
        "blocks",
        blocks.stream().map(Block::json).toList());
  }
}
