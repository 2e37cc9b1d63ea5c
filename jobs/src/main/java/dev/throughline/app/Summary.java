package dev.throughline.app;

import dev.throughline.model.Facts;
import dev.throughline.output.Audit;
import dev.throughline.output.Warehouse;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a person reads when a run has ended.
 *
 * @param run what was read and published
 * @param headline what moved the needle on the last day, where the scorecard was published
 */
record Summary(Night.Published run, Optional<Headline> headline) {

  /** How a table fared, for the line of its step. */
  static String ofAudit(Audit audit) {
    return audit.problems().isEmpty()
        ? String.format(Locale.ROOT, "%,d rows, contract kept", rows(audit))
        : audit.problems().size() + " problems";
  }

  void print(PrintWriter out, Warehouse warehouse, double seconds) {
    LocalDate first = run.days().get(0);
    LocalDate last = run.days().get(run.days().size() - 1);
    InputCounts counts = run.counts();
    String days = first.equals(last) ? first.toString() : first + " to " + last;
    out.println();
    out.printf(Locale.ROOT, "Throughline %s: published in %.1f s%n%n", days, seconds);
    if (!run.restated().isEmpty()) {
      out.printf(
          "Restated       %s%n",
          run.restated().keySet().stream()
              .map(LocalDate::toString)
              .collect(Collectors.joining(", ")));
    }
    out.printf(
        Locale.ROOT,
        "Events read    %,d: %,d facts, %,d duplicates, %,d rejected%s%n",
        counts.rows(),
        counts.byStatus().getOrDefault(Facts.FACT, 0L),
        counts.byStatus().getOrDefault(Facts.DUPLICATE, 0L),
        counts.byStatus().getOrDefault(Facts.REJECTED, 0L),
        reasons(counts.rejected()));
    if (!run.notRead().isEmpty()) {
      out.printf(
          Locale.ROOT,
          "Not read       %,d of %,d days: what these tables need of them was kept%n",
          run.notRead().size(),
          run.days().size());
    }
    out.printf(
        Locale.ROOT,
        "Invalid        %,d facts kept out of net counts%s%n",
        counts.invalid().values().stream().mapToLong(Long::longValue).sum(),
        reasons(counts.invalid()));
    out.printf(
        Locale.ROOT,
        "Conversions    %,d, of which %,d came without any touch%n",
        run.outcomes().conversions(),
        run.outcomes().unattributed());
    out.printf("Tables         %s%n", warehouse);
    run.audits()
        .forEach(
            (name, audit) -> out.printf(Locale.ROOT, "  %-28s %,8d rows%n", name, rows(audit)));
    out.printf("Manifest       %s%n", run.manifest());
    run.operators().ifPresent(count -> out.printf("Native operators  %s%n", count));
    headline.ifPresent(headline -> headline.print(out));
    out.flush();
  }

  private static long rows(Audit audit) {
    return audit.rows().values().stream().mapToLong(Long::longValue).sum();
  }

  private static String reasons(Map<String, Long> reasons) {
    if (reasons.isEmpty()) {
      return "";
    }
    return reasons.entrySet().stream()
        .map(reason -> String.format(Locale.ROOT, "%s %,d", reason.getKey(), reason.getValue()))
        .collect(Collectors.joining(", ", " (", ")"));
  }
}
