package dev.throughline.app;

import dev.throughline.config.Settings;
import dev.throughline.input.Dimensions;
import dev.throughline.input.EventLog;
import dev.throughline.input.Events;
import dev.throughline.input.Period;
import dev.throughline.metrics.CampaignDays;
import dev.throughline.metrics.CampaignPeriods;
import dev.throughline.model.Conversions;
import dev.throughline.model.DayCredits;
import dev.throughline.model.Facts;
import dev.throughline.model.Journeys;
import dev.throughline.model.Learned;
import dev.throughline.model.Swept;
import dev.throughline.output.KeptDays;
import dev.throughline.output.Staging;
import dev.throughline.reports.Sources;
import dev.throughline.table.Table;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Computes the sources of all reports: reads the log once, classifies its rows, and sweeps the
 * journeys.
 *
 * <p>Facts are cached in memory and on disk, since several results are drawn from them; those
 * results are small and kept in the run's folder. Closing lets go of the cache.
 */
final class NightlyRun implements AutoCloseable {
  private final SparkSession spark;
  private final Settings settings;
  private final Period period;
  private final KeptDays store;
  private final Staging staging;
  private final Progress progress;
  private Dataset<Row> facts;
  private InputCounts counts;
  private Keeping keeping;
  private EventLog log;

  NightlyRun(
      SparkSession spark,
      Settings settings,
      Period period,
      KeptDays store,
      Staging staging,
      Progress progress) {
    this.spark = spark;
    this.store = store;
    this.settings = settings;
    this.period = period;
    this.staging = staging;
    this.progress = progress;
  }

  /** What was read, and what became of it. */
  InputCounts counts() {
    return counts;
  }

  /** Days before the run that were not read, since earlier runs had kept them. */
  Set<LocalDate> keptDays() {
    return keeping.days();
  }

  /** The log that was read; null before {@link #sources}. */
  EventLog log() {
    return log;
  }

  /** Puts everything in place that was written. */
  void publish() {
    keeping.publish(staging, counts.currencies());
  }

  /** Reads and computes what reports are made of. */
  Sources sources() {
    log = EventLog.open(spark, settings, period);
    RunDays.warnOfAbsent(log, period, progress);
    keeping =
        progress.step(
            "find the days that need not be read",
            () -> new Keeping(store, log, period, settings),
            found ->
                String.format(
                    Locale.ROOT, "%d of %d", found.days().size(), period.daysBefore().size()));
    EventLog read =
        keeping.days().isEmpty() ? log : EventLog.open(spark, settings, keeping.reading());
    Dimensions dimensions = new Dimensions(spark, settings);
    Dataset<Row> campaigns = dimensions.campaigns();
    Dataset<Row> spend = dimensions.spend(period);
    Dataset<Row> converters =
        progress.step(
            "find the people who converted",
            () -> staging.keep("converters", converters(read)),
            people -> String.format(Locale.ROOT, "%,d people", people.count()));
    facts =
        Facts.classify(read.events(converters), settings).persist(StorageLevel.MEMORY_AND_DISK());
    counts =
        progress.step(
            "read and classify events",
            () -> InputCounts.of(facts, period, wholeFrom()),
            found -> String.format(Locale.ROOT, "%,d rows of these days", found.rows()));
    counts.requireConservation(read.rowsByPartition());
    String currency =
        OneCurrency.of(
            period,
            settings,
            List.of(counts.currencies(), keeping.currencies()),
            dimensions.currencies(spend));

    Column inRun = between(period.from());
    Dataset<Row> own = keeping.withoutKept(facts);
    Dataset<Row> counted = own.filter(between(wholeFrom()));
    Optional<Dataset<Row>> touches = touches(converters);
    Dataset<Row> repeated = staging.keep("repeated", Conversions.repeated(own, touches, settings));
    keeping.write(staging, Journeys.touchesTable(), Journeys.touches(own, repeated, settings));
    Dataset<Row> conversions = Conversions.counted(counted, repeated);
    Dataset<Row> totals = staging.keep("totals", Conversions.totals(conversions.filter(inRun)));
    Dataset<Row> unjoinable = staging.keep("unjoinable", Conversions.unjoinable(conversions));
    keeping.write(staging, Conversions.UNJOINABLE, unjoinable);
    Dataset<Row> sweep =
        progress.step(
            "follow people and give credit",
            () ->
                staging.keep(
                    "sweep",
                    Journeys.sweep(
                        Journeys.followed(own, touches, period, settings),
                        repeated,
                        campaigns,
                        period,
                        settings)),
            rows -> String.format(Locale.ROOT, "%,d sums", rows.count()));
    Dataset<Row> swept = staging.keep("swept", Swept.summed(sweep));
    int resamples = settings.attribution().resamples();
    Dataset<Row> dayCredits =
        staging.keep(
            "day_credits",
            DayCredits.of(
                sweep,
                DayCredits.unjoinable(withKept(unjoinable, Conversions.UNJOINABLE), settings),
                resamples));
    Dataset<Row> transitions =
        staging.keep("transitions", Learned.transitions(sweep, period, resamples));
    Dataset<Row> converted = DayCredits.converted(dayCredits.filter(inRun), settings);
    Training training =
        progress.step(
            "learn shares",
            () ->
                new Training(
                    spark,
                    period.days(),
                    converted,
                    staging.keep("values", Learned.values(sweep, period, resamples)),
                    transitions,
                    Journeys.learned(settings),
                    resamples),
            learned -> String.format(Locale.ROOT, "%,d chains", learned.chains()));
    Dataset<Row> credits =
        staging.keep(
            "credits",
            DayCredits.withShares(dayCredits.filter(inRun), converted, settings)
                .unionByName(training.credits()));
    Dataset<Row> campaignPeriods =
        progress.step(
            "count by campaign",
            () -> {
              Dataset<Row> events =
                  staging.keep("campaign_events", CampaignDays.events(counted, settings.session()));
              keeping.write(staging, CampaignDays.EVENTS, events);
              Dataset<Row> campaignDays =
                  CampaignDays.of(
                      withKept(events, CampaignDays.EVENTS),
                      dayCredits,
                      spend,
                      settings.funnelModel());
              return staging.keep(
                  "campaign_periods",
                  CampaignPeriods.of(
                      staging.keep("campaign_days", campaignDays),
                      RunDays.periods(spark, period, settings.periods(), log),
                      campaigns));
            },
            rows -> String.format(Locale.ROOT, "%,d campaigns, days and periods", rows.count()));
    return new Sources(
        RunDays.days(spark, period),
        facts.filter(inRun),
        repeated.filter(inRun),
        totals,
        swept,
        credits,
        new Sources.Training(transitions, training.effects(), Learned.positions(sweep, period)),
        campaignPeriods,
        currency,
        settings);
  }

  /** The first day of which everything is counted, for this run or for later ones. */
  private LocalDate wholeFrom() {
    List<LocalDate> before = period.wholeDaysBefore(settings);
    return before.isEmpty() ? period.from() : before.get(0);
  }

  /** Also those who converted on days that are not read. */
  private Dataset<Row> converters(EventLog read) {
    Dataset<Row> found = read.converters();
    return keeping
        .read(Journeys.touchesTable(), wholeFrom())
        .map(touches -> found.union(Journeys.converters(touches)).distinct())
        .orElse(found);
  }

  /** Touches that were kept; of days before those that are counted only those of who converted. */
  private Optional<Dataset<Row>> touches(Dataset<Row> converters) {
    Table table = Journeys.touchesTable();
    Optional<Dataset<Row>> counted = keeping.read(table, wholeFrom());
    Optional<Dataset<Row>> before =
        keeping
            .readBefore(table, wholeFrom())
            .map(rows -> EventLog.only(rows, Journeys.touchesPerson(), converters));
    return counted.map(rows -> before.map(rows::unionByName).orElse(rows)).or(() -> before);
  }

  private Dataset<Row> withKept(Dataset<Row> rows, Table table) {
    return keeping.read(table, wholeFrom()).map(rows::unionByName).orElse(rows);
  }

  private Column between(LocalDate from) {
    return Events.DAY.col().between(Date.valueOf(from), Date.valueOf(period.to()));
  }

  @Override
  public void close() {
    if (facts != null) {
      facts.unpersist();
    }
  }
}
