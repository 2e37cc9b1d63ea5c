package dev.throughline.app;

import dev.throughline.app.InputCounts.DayRows;
import dev.throughline.config.Settings;
import dev.throughline.drift.Verdict;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.input.Period;
import dev.throughline.output.Audit;
import dev.throughline.output.Lease;
import dev.throughline.output.PublishedDays;
import dev.throughline.output.Restatements;
import dev.throughline.output.Staging;
import dev.throughline.output.Warehouse;
import dev.throughline.reports.Report;
import dev.throughline.reports.Sources;
import dev.throughline.table.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** One run: what it restates besides the days asked for, what it computes, audits and publishes. */
final class Night {
  private final Sessions session;
  private final SparkSession spark;
  private final Settings settings;
  private final Period asked;
  private final Choices choices;
  private final List<Report> reports;
  private final Warehouse warehouse;
  private final Progress progress;

  /**
   * @param asked the days that were asked for
   */
  Night(
      Sessions session,
      Settings settings,
      Period asked,
      Choices choices,
      List<Report> reports,
      Warehouse warehouse,
      Progress progress) {
    this.session = session;
    this.spark = session.spark();
    this.settings = settings;
    this.asked = asked;
    this.choices = choices;
    this.reports = reports;
    this.warehouse = warehouse;
    this.progress = progress;
  }

  /**
   * How a run goes about its days.
   *
   * @param restateDays how many days before those asked for may be restated
   * @param acceptDrift whether days are published that are unlike those before them
   * @param rebuild whether all is read from the log and kept anew, whatever earlier runs kept
   */
  record Choices(int restateDays, boolean acceptDrift, boolean rebuild) {}

  /**
   * What a run has put in place.
   *
   * @param days the days that were published, ascending
   * @param restated those of them that were not asked for, each with the reason
   * @param notRead those of them of which earlier runs had kept all that was needed
   */
  record Published(
      List<LocalDate> days,
      Map<LocalDate, String> restated,
      List<LocalDate> notRead,
      InputCounts counts,
      Outcomes outcomes,
      Map<String, Audit> audits,
      Optional<NativeShare.Count> operators,
      Path manifest) {}

  /**
   * The days that will be published, and from what.
   *
   * @param period those asked for and those restated
   */
  record Days(Period period, Restating restating, DayInputs inputs) {}

  /** Finds out which days will be published; reads no events and writes nothing. */
  Days days() {
    DayInputs inputs =
        new DayInputs(spark, settings, asked.from().minusDays(choices.restateDays()), asked.to());
    Restating restating =
        new Restating(
            new PublishedDays(warehouse),
            inputs,
            asked,
            tables().stream().map(Table::name).collect(Collectors.toSet()),
            choices.restateDays());
    restating.print(progress);
    LocalDate from = restating.days().keySet().stream().findFirst().orElse(asked.from());
    return new Days(Period.of(from, asked.to(), settings), restating, inputs);
  }

  /**
   * Computes, audits and publishes; writes the manifest last, whatever the outcome.
   *
   * @param lease of the warehouse
   */
  Published publish(Lease lease, String runId, Engine engine) {
    RunRecord record = new RunRecord(runId, settings, asked, engine, progress);
    try {
      Days days = days();
      record.days(days.period(), days.restating().days());
      return publish(days, lease, runId, record);
    } catch (Exception e) {
      // Not only unchecked ones: Spark throws checked exceptions that its methods do not declare.
      ThroughlineException failure = Failures.explain(e);
      record.failed(failure);
      try {
        record.manifest().write(warehouse, runId);
      } catch (ThroughlineException unwritten) {
        failure.addSuppressed(unwritten);
      }
      throw e;
    }
  }

  private Published publish(Days days, Lease lease, String runId, RunRecord record) {
    Period period = days.period();
    Wanted wanted = Wanted.by(reports, choices.rebuild());
    try (WorkCount work = new WorkCount(spark);
        Staging staging = new Staging(spark, warehouse, runId, period.days(), lease::require);
        NightInput input =
            new NightInput(spark, settings, period, warehouse, staging, progress, wanted)) {
      input.read();
      LeftOut leftOut = new LeftOut(days.restating().days().keySet(), progress);
      double maxRejected = settings.audit().maxRejectedShare();
      leftOut.refuse(
          RejectedRows.tooMany(rows(input, period), maxRejected),
          problems -> RejectedRows.refusal(problems, maxRejected));
      Sources sources = new NightlyRun(spark, settings, period, input, staging, progress).sources();
      Outcomes outcomes = Outcomes.of(sources);
      record.read(input.counts(), outcomes, input.log(), input.keeping());
      Map<String, Audit> audits = new LinkedHashMap<>();
      List<Audit> written = Concurrently.all(writing(sources, staging));
      for (int i = 0; i < written.size(); i++) {
        audits.put(reports.get(i).table().name(), written.get(i));
      }
      audits.put(
          Restatements.TABLE.name(),
          progress.step(
              "compare with what is published",
              () -> restatements(runId).write(staging, tables(), period.days()),
              Summary::ofAudit));
      record.audited(audits);
      if (audits.values().stream().allMatch(audit -> audit.problems().isEmpty())) {
        DriftAudit drift =
            new DriftAudit(settings.audit(), warehouse, staging, period, audits.keySet(), progress);
        List<Verdict> verdicts =
            progress.step("compare with the days before", drift::judge, DriftAudit::result);
        record.compared(drift.record(verdicts, choices.acceptDrift()));
        drift.print(verdicts, choices.acceptDrift());
        if (!choices.acceptDrift()) {
          leftOut.refuse(DriftAudit.unlike(verdicts), DriftAudit::refusal);
        }
      }
      record.leftOut(leftOut.days());
      staging.leaveOut(leftOut.days().keySet());
      List<LocalDate> published = new ArrayList<>(period.days());
      published.removeAll(leftOut.days().keySet());
      progress.step(
          "publish",
          () -> {
            input.requireUnchanged();
            lease.confirm();
            new PublishedDays(warehouse)
                .replace(
                    notes(published, days.inputs(), runId),
                    () -> input.keeping().publish(staging::publish, input.counts()));
            return audits.size() * published.size();
          },
          files -> files + " files");
      Optional<NativeShare.Count> operators = session.nativeOperators();
      record.published(operators, work.soFar());
      Map<LocalDate, String> restated = new TreeMap<>(days.restating().days());
      restated.keySet().retainAll(published);
      return new Published(
          published,
          restated,
          published.stream().filter(input.keeping().days()::contains).toList(),
          input.counts(),
          outcomes,
          audits,
          operators,
          record.manifest().write(warehouse, runId));
    }
  }

  /** Rows of each of the run's days, also of those that are not read. */
  private static Map<LocalDate, DayRows> rows(NightInput input, Period period) {
    Map<LocalDate, DayRows> rows = new TreeMap<>(input.counts().days());
    rows.putAll(input.keeping().rows());
    rows.keySet().retainAll(period.days());
    return rows;
  }

  private Map<LocalDate, PublishedDays.Note> notes(
      List<LocalDate> published, DayInputs inputs, String runId) {
    Map<LocalDate, PublishedDays.Note> notes = new TreeMap<>();
    for (LocalDate day : published) {
      notes.put(
          day,
          new PublishedDays.Note(
              runId,
              progress.start().toString(),
              settings.digest(),
              tables().stream().map(Table::name).collect(Collectors.toCollection(TreeSet::new)),
              inputs.of(day)));
    }
    return notes;
  }

  private Restatements restatements(String runId) {
    return new Restatements(spark, warehouse, runId, progress.start(), Outcomes.credit(settings));
  }

  private List<Table> tables() {
    return reports.stream().map(Report::table).toList();
  }

  private List<Callable<Audit>> writing(Sources sources, Staging staging) {
    List<Callable<Audit>> work = new ArrayList<>();
    for (Report report : reports) {
      work.add(
          () ->
              progress.step(
                  "write and audit " + report.table().name(),
                  () -> staging.write(report.table(), report.query(sources)),
                  Summary::ofAudit));
    }
    return work;
  }
}
