package dev.throughline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The parts of a page that a benchmark writes. */
final class Page {
  /** Of the engines in docs/performance.md, and of nights in docs/reliability.md. */
  static final String BENCH = "bench";

  static final String SOLVER = "solver";

  private Page() {}

  /** Puts the figures between the markers of a part, in the place of those that are there. */
  static void replace(Path page, String part, String markdown) throws IOException {
    String first = "<!-- " + part + ":begin -->";
    String last = "<!-- " + part + ":end -->";
    String text = Files.readString(page);
    int begin = text.indexOf(first);
    int end = text.indexOf(last);
    if (begin < 0 || end < begin) {
      throw new IOException(page + " lacks " + first + " or " + last);
    }
    Files.writeString(
        page, text.substring(0, begin + first.length()) + "\n" + markdown + text.substring(end));
  }
}
