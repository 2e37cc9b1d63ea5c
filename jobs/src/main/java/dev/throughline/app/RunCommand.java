package dev.throughline.app;

import dev.throughline.config.Settings;
import dev.throughline.input.Period;
import dev.throughline.output.Lease;
import dev.throughline.output.PublishedTables;
import dev.throughline.output.Warehouse;
import dev.throughline.reports.EventLateness;
import dev.throughline.reports.Report;
import dev.throughline.reports.Reports;
import dev.throughline.table.Table;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
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
  private static final Table SCORECARD = Reports.byName("campaign_scorecard").table();
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
      names = "--accept-drift",
      description = "Publishes days that are unlike those before them, since that is true.")
  private boolean acceptDrift;

  @Option(
      names = "--rebuild",
      description =
          "Reads all days from the log, whatever earlier runs kept of them, and keeps them anew.")
  private boolean rebuild;

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
      Night night =
          new Night(
              session,
              settings,
              period,
              new Night.Choices(days.range() ? 0 : settings.restateDays(), acceptDrift, rebuild),
              reports,
              warehouse,
              progress);
      if (dryRun) {
        new InputCheck(spark, settings, period).print(out, progress);
        new DryRun(reports, night.days(), warehouse).print(out);
        return 0;
      }
      String runId =
          RUN_ID.format(Instant.now()) + "-" + UUID.randomUUID().toString().substring(0, 8);
      Night.Published published;
      try (Lease lease = Lease.hold(warehouse, runId, settings.lease())) {
        List<String> dead = warehouse.removeLeftovers();
        if (!dead.isEmpty()) {
          progress.warn("removed what killed runs left: " + String.join(", ", dead));
        }
        published = night.publish(lease, runId, engine);
      }
      // From here on nothing can undo or belie what was published.
      Optional<Headline> headline =
          published.audits().containsKey(SCORECARD.name())
              ? Optional.of(
                  Headline.of(new PublishedTables(warehouse, period.to()), SCORECARD, period.to()))
              : Optional.empty();
      if (published.audits().containsKey(EventLateness.TABLE.name())) {
        new LateEvents(warehouse, settings.restateDays()).warn(published.days(), progress);
      }
      new Summary(published, headline).print(out, warehouse, progress.elapsed());
    }
    return 0;
  }
}
