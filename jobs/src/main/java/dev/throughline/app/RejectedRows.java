package dev.throughline.app;

import dev.throughline.app.InputCounts.DayRows;
import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.model.Facts;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A log of which too much is no events was mapped or delivered wrongly. */
final class RejectedRows {
  private static final int REASONS = 3;

  private RejectedRows() {}

  /** The days of which more than a part of the rows was rejected, and what is to be said of it. */
  static Map<LocalDate, String> tooMany(Map<LocalDate, DayRows> days, double maxShare) {
    Map<LocalDate, String> problems = new TreeMap<>();
    days.forEach(
        (day, rows) -> {
          long all = rows.all();
          long rejected = rows.status().getOrDefault(Facts.REJECTED, 0L);
          if (rejected > maxShare * all) {
            problems.put(
                day,
                String.format(
                    Locale.ROOT,
                    "%,d of %,d rows (%.1f %%): %s",
                    rejected,
                    all,
                    100.0 * rejected / all,
                    reasons(rows.rejected())));
          }
        });
    return problems;
  }

  /** Refuses a run for such days. */
  static ThroughlineException refusal(Map<LocalDate, String> problems, double maxShare) {
    return new ThroughlineException(
        ErrorKind.INPUT,
        "More rows were rejected than throughline.audit.max-rejected-share = "
            + maxShare
            + " allows:\n  - "
            + problems.entrySet().stream()
                .map(day -> day.getKey() + ": " + day.getValue())
                .collect(Collectors.joining("\n  - "))
            + "\nNothing was published. Correct throughline.input.events.columns, or have the days"
            + " delivered again. To see the rows themselves, run once into another folder with"
            + " --reports rejected_events --set throughline.audit.max-rejected-share=1 --set"
            + " throughline.output.path=FOLDER, and read rejected_events there.");
  }

  /** The most frequent reasons first. */
  private static String reasons(Map<String, Long> rejected) {
    String most =
        rejected.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(REASONS)
            .map(reason -> String.format(Locale.ROOT, "%s %,d", reason.getKey(), reason.getValue()))
            .collect(Collectors.joining(", "));
    int more = rejected.size() - REASONS;
    return more > 0 ? most + ", and " + more + " more reasons" : most;
  }
}
