package dev.throughline.bench;

import java.util.Locale;
import java.util.OptionalDouble;

/** A table of Markdown. */
final class MarkdownTable {
  private final StringBuilder text = new StringBuilder();

  MarkdownTable(String... head) {
    row(head);
    text.append("|").append("---|".repeat(head.length)).append('\n');
  }

  void row(String... cells) {
    text.append(line(cells)).append('\n');
  }

  /** A row of its own. */
  static String line(String... cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  /** A number, if there is one. */
  static String cell(String format, OptionalDouble number) {
    return number.isPresent() && !Double.isNaN(number.getAsDouble())
        ? String.format(Locale.ROOT, format, number.getAsDouble())
        : "";
  }

  @Override
  public String toString() {
    return text.toString().stripTrailing();
  }
}
