package dev.throughline.bench;

import java.nio.file.Path;
import java.time.LocalDate;

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

  /** The tables and kept days of the nights of this log. */
  Path warehouse() {
    return folder.resolve("warehouse");
  }

  /** A kept table, as files that SQL engines can name. */
  String kept(String table) {
    return warehouse().resolve("_kept").resolve(table).toString();
  }
}
