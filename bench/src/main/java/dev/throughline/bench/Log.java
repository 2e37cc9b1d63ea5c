package dev.throughline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/**
 * A generated event log of 31 days, and what belongs to it.
 *
 * @param folder holds {@code events}, {@code campaigns.csv} and {@code spend.csv}
 */
record Log(Path folder) {
  static final LocalDate FROM = LocalDate.parse("2026-10-01");

  /** The last day, which is the night's. */
  static final LocalDate TO = LocalDate.parse("2026-10-31");

  Path events() {
    return folder.resolve("events");
  }

  Path campaigns() {
    return folder.resolve("campaigns.csv");
  }

  Path spend() {
    return folder.resolve("spend.csv");
  }

  /** Gets the files of another, which are not copied. */
  void link(Log base) throws IOException {
    try (Stream<Path> files = Files.walk(base.events())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = events().resolve(base.events().relativize(file));
        Files.createDirectories(to.getParent());
        Files.createLink(to, file);
      }
    }
    for (Path file : List.of(base.campaigns(), base.spend())) {
      Path to = folder.resolve(file.getFileName());
      Files.deleteIfExists(to);
      Files.createLink(to, file);
    }
  }

  /** The tables and kept days of the nights of this log. */
  Path warehouse() {
    return folder.resolve("warehouse");
  }

  /** A kept table, as files that SQL engines can name. */
  String kept(String table) {
    return warehouse().resolve("_kept").resolve(table).toString();
  }
}
