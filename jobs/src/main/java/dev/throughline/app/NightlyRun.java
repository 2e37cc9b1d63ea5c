package dev.throughline.app;

import dev.throughline.config.Settings;
import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
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
import dev.throughline.output.Staging;
import dev.throughline.reports.Sources;
import dev.throughline.table.Field;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
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
  private final Staging staging;
  private final Progress progress;
  private Dataset<Row> facts;
  private InputCounts counts;
  private EventLog log;

  NightlyRun(
      SparkSession spark, Settings settings, Period period, Staging staging, Progress progress) {
    this.spark = spark;
    this.settings = settings;
    this.period = period;
    this.staging = staging;
    this.progress = progress;
  }

  /** What was read, and what became of it. */
  InputCounts counts() {
    return counts;
  }

  /** The log that was read; null before {@link #sources}. */
  EventLog log() {
    return log;
  }

  /** Reads and computes what reports are made of. */
  Sources sources() {
    log = EventLog.open(spark, settings, period);
    if (!log.absentLookback().isEmpty()) {
      progress.warn(
          log.absentLookback().size()
              + " of the "
              + period.earlier().size()
              + " days before that the tables look back on are not in the log ("
              + log.absentLookback().get(0)
              + " …): periods and journeys are cut short there");
    }
    Dimensions dimensions = new Dimensions(spark, settings);
    Dataset<Row> campaigns = dimensions.campaigns();
    Dataset<Row> spend = dimensions.spend(period);
    Dataset<Row> converters =
        progress.step(
            "find the people who converted",
            () -> staging.keep("converters", log.converters()),
            people -> String.format(Locale.ROOT, "%,d people", people.count()));
    facts =
        Facts.classify(log.events(converters), settings).persist(StorageLevel.MEMORY_AND_DISK());
    counts =
        progress.step(
            "read and classify events",
            () -> InputCounts.of(facts, period),
            read -> String.format(Locale.ROOT, "%,d rows of these days", read.rows()));
    counts.requireConservation(log.rowsByPartition());
    String currency = currency(dimensions.currencies(spend));

    Column inRun = between(period.from());
    Dataset<Row> counted = facts.filter(between(period.countedFrom()));
    Dataset<Row> repeated = staging.keep("repeated", Conversions.repeated(facts, settings));
    Dataset<Row> conversions = Conversions.counted(counted, repeated);
    Dataset<Row> totals = staging.keep("totals", Conversions.totals(conversions.filter(inRun)));
    Dataset<Row> sweep =
        progress.step(
            "follow people and give credit",
            () ->
                staging.keep("sweep", Journeys.sweep(facts, repeated, campaigns, period, settings)),
            rows -> String.format(Locale.ROOT, "%,d sums", rows.count()));
    Dataset<Row> swept = staging.keep("swept", Swept.summed(sweep));
    int resamples = settings.attribution().resamples();
    Dataset<Row> dayCredits =
        staging.keep(
            "day_credits",
            DayCredits.of(sweep, DayCredits.unjoinable(conversions, settings), resamples));
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
                    Learned.values(sweep, period, resamples),
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
              Dataset<Row> campaignDays =
                  CampaignDays.of(
                      counted, dayCredits, spend, settings.funnelModel(), settings.session());
              return staging.keep(
                  "campaign_periods",
                  CampaignPeriods.of(
                      staging.keep("campaign_days", campaignDays), periods(), campaigns));
            },
            rows -> String.format(Locale.ROOT, "%,d campaigns, days and periods", rows.count()));
    return new Sources(
        days(),
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

  private Column between(LocalDate from) {
    return Events.DAY.col().between(Date.valueOf(from), Date.valueOf(period.to()));
  }

  /** The periods that end with each of the run's days, and how much of them the log has. */
  private Dataset<Row> periods() {
    List<Row> periods = new ArrayList<>();
    for (LocalDate day : period.days()) {
      for (int length : settings.periods()) {
        LocalDate first = day.minusDays(length - 1L);
        int days = (int) first.datesUntil(day.plusDays(1)).filter(log::has).count();
        periods.add(RowFactory.create(Date.valueOf(day), length, days, Date.valueOf(first)));
      }
    }
    StructType schema = new StructType();
    for (Field field :
        List.of(
            Events.DAY, CampaignPeriods.PERIOD, CampaignPeriods.DAYS, CampaignPeriods.FIRST_DAY)) {
      schema = schema.add(field.structField());
    }
    return spark.createDataFrame(periods, schema);
  }

  private Dataset<Row> days() {
    List<Row> days =
        period.days().stream().map(day -> RowFactory.create(Date.valueOf(day))).toList();
    return spark.createDataFrame(days, new StructType().add(Events.DAY.structField()));
  }

  /** Money of two currencies has no sum. */
  private String currency(Set<String> ofSpend) {
    Set<String> found = new TreeSet<>(counts.currencies());
    found.addAll(ofSpend);
    settings.currency().ifPresent(found::add);
    if (found.size() > 1) {
      throw new ThroughlineException(
          ErrorKind.INPUT,
          "The money of "
              + period.countedFrom()
              + " to "
              + period.to()
              + " is in more than one currency: "
              + String.join(", ", found)
              + " (throughline.currency, and the currencies of values, costs and spend). It cannot be"
              + " summed; convert it to one in throughline.input.events.columns or before.");
    }
    return found.isEmpty() ? null : found.iterator().next();
  }

  @Override
  public void close() {
    if (facts != null) {
      facts.unpersist();
    }
  }
}
