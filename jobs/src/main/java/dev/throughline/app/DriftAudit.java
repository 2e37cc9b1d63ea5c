package dev.throughline.app;

import dev.throughline.config.Settings.AuditRules;
import dev.throughline.drift.Day;
import dev.throughline.drift.Drift;
import dev.throughline.drift.Finding;
import dev.throughline.drift.Verdict;
import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.input.Period;
import dev.throughline.output.PublishedTables;
import dev.throughline.output.Staging;
import dev.throughline.output.TableFile;
import dev.throughline.output.Warehouse;
import dev.throughline.table.Table;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Compares the staged days of a run with the days before them, before anything is published.
 *
 * <p>A day of the run counts with what is staged of it, so that a range is judged as its days one
 * by one would be.
 */
final class DriftAudit {
  private static final int SHOWN = 10;

  private final AuditRules rules;
  private final Warehouse warehouse;
  private final Staging staging;
  private final Period period;
  private final List<Table> tables;
  private final Progress progress;

  /**
   * @param written names of the tables that the run has staged
   */
  DriftAudit(
      AuditRules rules,
      Warehouse warehouse,
      Staging staging,
      Period period,
      Set<String> written,
      Progress progress) {
    this.rules = rules;
    this.warehouse = warehouse;
    this.staging = staging;
    this.period = period;
    this.tables =
        DayFigures.TABLES.stream().filter(table -> written.contains(table.name())).toList();
    this.progress = progress;
  }

  /** Compares each day of the run. */
  List<Verdict> judge() {
    Map<LocalDate, Day> days = new TreeMap<>();
    if (rules.days() > 0 && !tables.isEmpty()) {
      // The day before the first is judged as well, and so on each day the same number before it.
      LocalDate first = period.from().minusDays(2L * rules.days());
      first
          .datesUntil(period.from())
          .forEach(day -> published(day).ifPresent(d -> days.put(day, d)));
      period.days().forEach(day -> days.put(day, staged(day)));
    }
    Drift drift = new Drift(rules, days);
    return period.days().stream()
        .map(day -> drift.judge(days.getOrDefault(day, new Day(day))))
        .map(verdict -> verdict.findings().isEmpty() ? verdict : beyondLive(verdict, days))
        .toList();
  }

  /** What is published of a day was accepted, or is no worse than what stays: no reason to stop. */
  private Verdict beyondLive(Verdict verdict, Map<LocalDate, Day> days) {
    Optional<Day> live = published(verdict.day());
    if (live.isEmpty()) {
      return verdict;
    }
    Map<LocalDate, Day> withLive = new TreeMap<>(days);
    withLive.put(verdict.day(), live.get());
    Verdict ofLive = new Drift(rules, withLive).judge(live.get());
    Verdict beyond = verdict.beyond(ofLive);
    verdict.findings().stream()
        .filter(finding -> !beyond.findings().contains(finding))
        .forEach(
            finding ->
                progress.note(
                    finding.day() + ": " + finding.text() + ", as in what is published already"));
    return beyond;
  }

  private Day staged(LocalDate date) {
    DayFigures figures = new DayFigures(date);
    for (Table table : tables) {
      figures.count(
          table,
          rows ->
              staging
                  .staged(table, date)
                  .ifPresent(
                      file ->
                          new TableFile(warehouse, table, file, PublishedTables.command(date))
                              .read(rows)));
    }
    return figures.day();
  }

  /** What cannot be read is no part of the history, and no reason to publish nothing. */
  private Optional<Day> published(LocalDate date) {
    DayFigures figures = new DayFigures(date);
    boolean any = false;
    for (Table table : tables) {
      PublishedTables published = new PublishedTables(warehouse, date);
      try {
        if (published.has(table)) {
          figures.count(table, rows -> published.read(table, DayFigures.mayLack(table), rows));
          any = true;
        }
      } catch (ThroughlineException e) {
        progress.warn("not compared with " + date + ": " + e.getMessage());
      }
    }
    return any ? Optional.of(figures.day()) : Optional.empty();
  }

  /** For the line of the step. */
  static String result(List<Verdict> verdicts) {
    long compared = verdicts.stream().filter(Verdict::compared).count();
    long unlike = verdicts.stream().filter(verdict -> !verdict.findings().isEmpty()).count();
    return compared + " of " + verdicts.size() + " compared, " + unlike + " unlike them";
  }

  /** What the manifest says. */
  Map<String, Object> record(List<Verdict> verdicts, boolean accepted) {
    Map<String, Object> days = new LinkedHashMap<>();
    boolean found = false;
    for (Verdict verdict : verdicts) {
      found |= !verdict.findings().isEmpty();
      Map<String, Object> day = new LinkedHashMap<>();
      day.put("compared", verdict.compared());
      day.put("history", verdict.history().stream().map(LocalDate::toString).toList());
      day.put("findings", verdict.findings().stream().map(DriftAudit::finding).toList());
      day.put("new", verdict.newcomers());
      if (!verdict.compared()) {
        day.put("why_not", whyNot(verdict));
      }
      days.put(verdict.day().toString(), day);
    }
    return Map.of("accepted", found && accepted, "days", days);
  }

  private String whyNot(Verdict verdict) {
    if (rules.days() == 0) {
      return "throughline.audit.days is 0";
    }
    if (tables.isEmpty()) {
      return "the run has neither data_quality nor campaign_funnel";
    }
    return verdict.history().size()
        + " published days before it, fewer than throughline.audit.min-days = "
        + rules.minDays();
  }

  private static Map<String, Object> finding(Finding finding) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("figure", finding.figure());
    values.put("value", finding.value());
    values.put("median", finding.median());
    values.put("days", finding.days());
    values.put("z", Math.round(finding.z() * 100) / 100.0);
    return values;
  }

  /** Says what is new, and what was accepted. */
  void print(List<Verdict> verdicts, boolean accepted) {
    for (Verdict verdict : verdicts) {
      List<String> newcomers = verdict.newcomers();
      if (!newcomers.isEmpty()) {
        int more = newcomers.size() - SHOWN;
        progress.warn(
            "new on "
                + verdict.day()
                + ": "
                + String.join(", ", newcomers.subList(0, Math.min(SHOWN, newcomers.size())))
                + (more > 0 ? ", and " + more + " more" : ""));
      }
      if (accepted) {
        verdict
            .findings()
            .forEach(found -> progress.warn("accepted: " + verdict.day() + ": " + found.text()));
      }
    }
  }

  /** The days that are unlike those before them, and in what. */
  static Map<LocalDate, String> unlike(List<Verdict> verdicts) {
    Map<LocalDate, String> unlike = new TreeMap<>();
    for (Verdict verdict : verdicts) {
      if (!verdict.findings().isEmpty()) {
        unlike.put(
            verdict.day(),
            verdict.findings().stream()
                .map(found -> verdict.day() + ": " + found.text())
                .collect(Collectors.joining("\n  - ")));
      }
    }
    return unlike;
  }

  /** Refuses a run for such days. */
  static ThroughlineException refusal(Map<LocalDate, String> unlike) {
    return new ThroughlineException(
        ErrorKind.DRIFT,
        "Nothing was published, since days are unlike the published days before them:\n  - "
            + String.join("\n  - ", unlike.values())
            + "\nPublished tables are as they were. Look at the log of these days: was it"
            + " delivered whole, and once? If it is true, run again with --accept-drift.");
  }
}
