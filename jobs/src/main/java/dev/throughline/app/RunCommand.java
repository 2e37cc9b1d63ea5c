package dev.throughline.app;

import dev.throughline.config.Settings;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.input.Period;
import dev.throughline.output.Audit;
import dev.throughline.output.KeptDays;
import dev.throughline.output.Lease;
import dev.throughline.output.Staging;
import dev.throughline.output.Warehouse;
import dev.throughline.reports.Report;
import dev.throughline.reports.Reports;
import dev.throughline.reports.Sources;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The nightly job: reads the log, computes every table, audits them, and puts them in place. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Computes and publishes the tables of a day, or of a range of days in one pass.",
    footer = {
      "",
      "Examples:",
      "  throughline run --date 2026-10-31",
      "  throughline run --from 2026-10-01 --to 2026-10-31 --config my.conf",
      "  throughline run --date 2026-10-31 --set throughline.time-zone=America/New_York"
    })
final class RunCommand implements Callable<Integer> {
  private static final String SCORECARD = Reports.byName("campaign_scorecard").table().name();
  private static final DateTimeFormatter RUN_ID =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  @Spec private CommandSpec spec;
  @Mixin private DayOptions days;
  @Mixin private ConfigOptions config;

  @Option(
      names = "--reports",
      split = ",",
      paramLabel = "NAME",
      description = "Only these tables; all by default. 'throughline reports' lists them.")
  private List<String> names = List.of();

  @Option(
      names = "--dry-run",
      description = "Checks, and says what would be read and written; writes nothing.")
  private boolean dryRun;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      converter = Engine.Converter.class,
      description =
          "What carries out the plans: spark, the default, or comet, which is Apache DataFusion"
              + " Comet and needs its jar.")
  private Engine engine = Engine.SPARK;

  @Override
  public Integer call() {
    Settings settings = config.load();
    Period period = days.period(settings);
    List<Report> reports =
        names.isEmpty() ? Reports.ALL : names.stream().map(Reports::byName).toList();
    PrintWriter out = spec.commandLine().getOut();
    Progress progress = new Progress(spec.commandLine().getErr());
    try (Sessions session = Sessions.open(settings.spark(), engine)) {
      SparkSession spark = session.spark();
      Warehouse warehouse =
          new Warehouse(settings.outputPath(), spark.sessionState().newHadoopConf());
      warehouse.requireWritable();
      for (Report report : reports) {
        period.days().forEach(day -> warehouse.refuseStrangers(report.table().name(), day));
      }
      if (dryRun) {
        new InputCheck(spark, settings, period).print(out, progress);
        new DryRun(reports, period, warehouse).print(out);
        return 0;
      }
      String runId =
          RUN_ID.format(Instant.now()) + "-" + UUID.randomUUID().toString().substring(0, 8);
      Published published;
      try (Lease lease = Lease.hold(warehouse, runId, settings.lease())) {
        List<String> dead = warehouse.removeLeftovers();
        if (!dead.isEmpty()) {
          progress.warn("removed what killed runs left: " + String.join(", ", dead));
        }
        published = publish(session, settings, period, reports, warehouse, lease, runId, progress);
      }
      // From here on nothing can undo or belie what was published.
      Optional<Headline> headline =
          Optional.ofNullable(published.audits().get(SCORECARD))
              .map(audit -> warehouse.published(SCORECARD, period.to()).toString())
              .map(file -> Headline.of(spark.read().parquet(file), period.to()));
      new Summary(
              period,
              published.counts(),
              published.outcomes(),
              published.audits(),
              published.operators(),
              headline)
          .print(out, warehouse, published.manifest(), progress.elapsed());
    }
    return 0;
  }

  /** What a run has put in place. */
  private record Published(
      InputCounts counts,
      Outcomes outcomes,
      Map<String, Audit> audits,
      Optional<NativeShare.Count> operators,
      Path manifest) {}

  /** Computes, audits and publishes; writes the manifest last, whatever the outcome. */
  private Published publish(
      Sessions session,
      Settings settings,
      Period period,
      List<Report> reports,
      Warehouse warehouse,
      Lease lease,
      String runId,
      Progress progress) {
    RunRecord record = new RunRecord(runId, settings, period, engine, progress);
    SparkSession spark = session.spark();
    try (Staging staging = new Staging(spark, warehouse, runId, period.days(), lease::require);
        NightInput input =
            new NightInput(
                spark,
                settings,
                period,
                new KeptDays(spark, warehouse, Keeping.TABLES),
                staging,
                progress)) {
      input.read();
      Sources sources = new NightlyRun(spark, settings, period, input, staging, progress).sources();
      Outcomes outcomes = Outcomes.of(sources);
      record.read(input.counts(), outcomes, input.log(), input.keeping().days());
      Map<String, Audit> audits = new LinkedHashMap<>();
      List<Audit> written = Concurrently.all(writing(reports, sources, staging, progress));
      for (int i = 0; i < written.size(); i++) {
        audits.put(reports.get(i).table().name(), written.get(i));
      }
      record.audited(audits);
      progress.step(
          "publish",
          () -> {
            input.requireUnchanged();
            lease.confirm();
            input.keeping().publish(staging, input.counts().currencies());
            return audits.size() * period.days().size();
          },
          files -> files + " files");
      Optional<NativeShare.Count> operators = session.nativeOperators();
      operators.ifPresent(record::operators);
      record.published();
      return new Published(
          input.counts(), outcomes, audits, operators, record.manifest().write(warehouse, runId));
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

  private static List<Callable<Audit>> writing(
      List<Report> reports, Sources sources, Staging staging, Progress progress) {
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
