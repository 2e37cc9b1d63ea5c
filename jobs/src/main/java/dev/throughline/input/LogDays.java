package dev.throughline.input;

import java.time.LocalDate;
import java.util.Optional;

/** Which reporting days a log has, and what the files of each day are. */
public interface LogDays {

  /** What the files of a reporting day are; empty for a table, whose files are not known. */
  Optional<String> fingerprint(LocalDate day);

  /** Whether the log has all partitions of a reporting day that a run reads whole. */
  boolean has(LocalDate day);

  /** Whether the log has no partition in which events of a reporting day may be filed. */
  boolean lacks(LocalDate day);
}
