package dev.throughline.html;

import java.util.List;
import java.util.Map;

/** A piece of a section, as the page's script understands it. */
sealed interface Block {

  Map<String, Object> json();

  /** A paragraph. */
  record Paragraph(Words words) implements Block {
    static Paragraph of(Object... parts) {
      return new Paragraph(Words.of(parts));
    }

    @Override
    public Map<String, Object> json() {
      return Json.object("kind", "paragraph", "words", words.json());
    }
  }

  /** A table in full view. */
  record Shown(DataTable table) implements Block {
    @Override
    public Map<String, Object> json() {
      return Json.object("kind", "table", "table", table.json());
    }
  }

  /** A table that is folded away. */
  record Folded(String summary, DataTable table) implements Block {
    @Override
    public Map<String, Object> json() {
      return Json.object("kind", "folded", "summary", summary, "table", table.json());
    }
  }

  /**
   * A chart.
   *
   * @param title what it shows
   * @param chart the drawing
   * @param source the published table that its numbers are of
   * @param table its numbers, folded away; null where a table in full view follows
   * @param note how to read it; empty if that is plain
   */
  record Figure(String title, Chart chart, String source, DataTable table, Words note)
      implements Block {
    static Figure of(String title, Chart chart, DataTable table, Object... note) {
      return new Figure(title, chart, table.source(), table, Words.of(note));
    }

    /** A chart above a table that shows its numbers. */
    static Figure above(DataTable table, String title, Chart chart, Object... note) {
      return new Figure(title, chart, table.source(), null, Words.of(note));
    }

    @Override
    public Map<String, Object> json() {
      return Json.object(
          "kind",
          "figure",
          "title",
          title,
          "chart",
          chart.json(),
          "source",
          source,
          "table",
          table == null ? null : table.json(),
          "note",
          note.json());
    }
  }

  /** Blocks beside each other where there is room. */
  record Beside(List<Block> blocks) implements Block {
    static Beside of(Block... blocks) {
      return new Beside(List.of(blocks));
    }

    @Override
    public Map<String, Object> json() {
      return Json.object("kind", "beside", "blocks", blocks.stream().map(Block::json).toList());
    }
  }

  /**
   * One of several views at a time.
   *
   * @param label what is chosen
   * @param options the views, the first of which is shown at first
   */
  record Choice(String label, List<Option> options) implements Block {
    @Override
    public Map<String, Object> json() {
      return Json.object(
          "kind", "choice", "label", label, "options", options.stream().map(Option::json).toList());
    }
  }

  /** A view of a choice. */
  record Option(String label, List<Block> blocks) {
    Map<String, Object> json() {
      return Json.object("label", label, "blocks", blocks.stream().map(Block::json).toList());
    }
  }
}
