package dev.throughline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of docs/performance.md that the benchmark writes. */
final class Page {
  private static final String BEGIN = "<!-- bench:begin -->";
  private static final String END = "<!-- bench:end -->";

  private Page() {}

  /** Puts the figures between the markers, in the place of those that are there. */
  static void replace(Path page, String markdown) throws IOException {
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(page + " lacks " + BEGIN + " or " + END);
    }
    Files.writeString(
        page, text.substring(0, begin + BEGIN.length()) + "\n" + markdown + text.substring(end));
  }
}
