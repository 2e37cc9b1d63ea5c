package dev.throughline.app;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.input.FileRows;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Every row that the log itself counts must have become something, and no row two things. */
final class Conservation {
  private static final String WHAT_TO_DO =
      " Nothing was published. If the log changed while it was read, run again; if it happens again,"
          + " deliver the ";

  private Conservation() {}

  /**
   * Compares files.
   *
   * @param classified rows by the hash of their file
   * @param inTheLog what footers count, by the same
   * @throws ThroughlineException of kind CONTRACT that names a file
   */
  static void ofFiles(Map<Long, Long> classified, Map<Long, FileRows> inTheLog) {
    List<Long> wrong =
        inTheLog.keySet().stream()
            .filter(file -> inTheLog.get(file).rows() != classified.getOrDefault(file, 0L))
            .sorted(Comparator.comparing(file -> inTheLog.get(file).files().get(0)))
            .toList();
    if (!wrong.isEmpty()) {
      FileRows first = inTheLog.get(wrong.get(0));
      boolean one = first.files().size() == 1;
      throw failure(
          (one ? "The file " : "The files ")
              + String.join(" and ", first.files())
              + " of the event log "
              + (one ? "holds " : "hold ")
              + first.rows()
              + (one ? " rows by its footer, but " : " rows by their footers, but ")
              + classified.getOrDefault(wrong.get(0), 0L)
              + " were classified"
              + (wrong.size() == 1 ? "." : "; so it is with " + (wrong.size() - 1) + " more.")
              + WHAT_TO_DO
              + "file again.");
    }
    long unknown =
        classified.entrySet().stream()
            .filter(rows -> !inTheLog.containsKey(rows.getKey()))
            .mapToLong(Map.Entry::getValue)
            .sum();
    if (unknown > 0) {
      throw failure(
          unknown
              + " rows were classified of files that the event log did not have when it was listed."
              + WHAT_TO_DO
              + "log again.");
    }
  }

  /**
   * Compares partitions.
   *
   * @param classified rows by the partition that held them
   * @param inTheLog what the log counts, by the same
   * @throws ThroughlineException of kind CONTRACT that names the first that differs
   */
  static void ofPartitions(Map<LocalDate, Long> classified, Map<LocalDate, Long> inTheLog) {
    inTheLog.forEach(
        (day, rows) -> {
          long found = classified.getOrDefault(day, 0L);
          if (found != rows) {
            throw failure(
                "The partition "
                    + day
                    + " of the log holds "
                    + rows
                    + " rows, but "
                    + found
                    + " were classified."
                    + WHAT_TO_DO
                    + "day again.");
          }
        });
  }

  private static ThroughlineException failure(String message) {
    return new ThroughlineException(ErrorKind.CONTRACT, message);
  }
}
