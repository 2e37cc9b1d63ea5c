package dev.throughline.app;

import dev.throughline.config.Settings;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.input.EventLog;
import dev.throughline.input.Period;
import dev.throughline.output.Audit;
import dev.throughline.output.Manifest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers what the manifest of a run says. */
final class RunRecord {
  private final Manifest manifest = new Manifest();
  private final Progress progress;

  RunRecord(String runId, Settings settings, Period period, Engine engine, Progress progress) {
    this.progress = progress;
    manifest.put("run_id", runId);
    manifest.put("status", "failed");
    manifest.put("started", progress.start().toString());
    manifest.put("from", period.from().toString());
    manifest.put("to", period.to().toString());
    manifest.put("config_digest", settings.digest());
    manifest.put("time_zone", settings.zone().getId());
    manifest.put("engine", engine.toString());
    manifest.put(
        "versions",
        Map.of(
            "throughline", Version.own(),
            "spark", org.apache.spark.package$.MODULE$.SPARK_VERSION(),
            "java", System.getProperty("java.version")));
  }

  /** The days that the run publishes, of which some may be restated besides those asked for. */
  void days(Period period, Map<LocalDate, String> restated) {
    manifest.put("from", period.from().toString());
    manifest.put("to", period.to().toString());
    manifest.put("restated", text(restated));
  }

  /** Days that the run computed, and does not publish. */
  void leftOut(Map<LocalDate, String> days) {
    manifest.put("left_out", text(days));
  }

  void read(InputCounts counts, Outcomes outcomes, EventLog log, Keeping keeping) {
    manifest.put(
        "conversions",
        Map.of("counted", outcomes.conversions(), "unattributed", outcomes.unattributed()));
    manifest.put(
        "input",
        Map.of(
            "rows_by_partition", text(counts.byPartition()),
            "rows_by_status", counts.byStatus(),
            "rejected", counts.rejected(),
            "invalid", counts.invalid(),
            "kept_days", keeping.days().stream().map(LocalDate::toString).toList(),
            "touches_carried_to", keeping.carriedTo().map(LocalDate::toString).orElse(""),
            "absent_lookback_days",
                log.absentLookback().stream().map(LocalDate::toString).toList()));
  }

  void audited(Map<String, Audit> audits) {
    Map<String, Object> tables = new LinkedHashMap<>();
    audits.forEach(
        (name, audit) ->
            tables.put(
                name,
                Map.of("rows", text(audit.rows()), "problems", List.copyOf(audit.problems()))));
    manifest.put("tables", tables);
  }

  void compared(Map<String, Object> audit) {
    manifest.put("audit", audit);
  }

  /** The run has published, and this is what Spark was given to do, as far as that is known. */
  void published(Optional<NativeShare.Count> operators, Optional<WorkCount.Count> work) {
    operators.ifPresent(
        count -> manifest.put("operators", Map.of("native", count.ofComet(), "all", count.all())));
    work.ifPresent(
        count ->
            manifest.put("spark_work", Map.of("queries", count.queries(), "jobs", count.jobs())));
    manifest.put("status", "published");
  }

  void failed(ThroughlineException failure) {
    manifest.put("error", Map.of("kind", failure.kind().name(), "message", failure.getMessage()));
  }

  Manifest manifest() {
    manifest.put("finished", Instant.now().toString());
    manifest.put("seconds", progress.seconds());
    return manifest;
  }

  private static Map<String, Object> text(Map<LocalDate, ?> byDay) {
    Map<String, Object> byName = new LinkedHashMap<>();
    byDay.forEach((day, rows) -> byName.put(day.toString(), rows));
    return byName;
  }
}
