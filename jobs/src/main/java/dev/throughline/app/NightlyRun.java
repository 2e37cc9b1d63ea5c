package dev.throughline.app;

import dev.throughline.config.Settings;
import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.input.Dimensions;
import dev.throughline.input.EventLog;
import dev.throughline.input.Events;
import dev.throughline.input.Period;
import dev.throughline.metrics.CampaignDays;
import dev.throughline.model.Conversions;
import dev.throughline.model.Facts;
import dev.throughline.model.Journeys;
import dev.throughline.reports.Report;
import dev.throughline.reports.Sources;
import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
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
 * <p>Facts are kept in memory and on disk, since several reports read them; the small results that
 * reports share are kept too. Closing lets go of all.
 */
final class NightlyRun implements AutoCloseable {
  private final SparkSession spark;
  private final Settings settings;
  private final Period period;
  private final Progress progress;
  private final List<Dataset<Row>> kept = new ArrayList<>();
  private InputCounts counts;
  private EventLog log;

  NightlyRun(SparkSession spark, Settings settings, Period period, Progress progress) {
    this.spark = spark;
    this.settings = settings;
    this.period = period;
    this.progress = progress;
  }

  /** What was read, and what became of it. */
  InputCounts counts() {
    return counts;
  }

  /** Days of the look-back that the log does not have. */
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
              + period.lookback().size()
              + " look-back days are not in the log ("
              + log.absentLookback().get(0)
              + " …): journeys are cut short there");
    }
    Dimensions dimensions = new Dimensions(spark, settings);
    Dataset<Row> campaigns = dimensions.campaigns();
    Dataset<Row> spend = dimensions.spend(period);
    Dataset<Row> converters =
        progress.step(
            "find the people who converted",
            () -> counted(keep(log.converters())),
            people -> String.format("%,d people", people.count()));
    Dataset<Row> facts =
        Facts.classify(log.events(converters), settings).persist(StorageLevel.MEMORY_AND_DISK());
    kept.add(facts);
    counts =
        progress.step(
            "read and classify events",
            () -> InputCounts.of(facts, period),
            read -> String.format("%,d rows of these days", read.rows()));
    counts.requireConservation(log.rowsByPartition());
    String currency = currency(dimensions.currencies(spend));

    Column inRun = Events.DAY.col().between(Date.valueOf(period.from()), Date.valueOf(period.to()));
    Dataset<Row> ofTheDays = facts.filter(inRun);
    Dataset<Row> repeated = keep(Conversions.repeated(facts, settings));
    Dataset<Row> swept =
        keep(Journeys.sweep(facts, repeated, campaigns, period.from(), period.to(), settings));
    Dataset<Row> counted = Conversions.counted(ofTheDays, repeated);
    Dataset<Row> credits = keep(Journeys.credits(swept, Journeys.unjoinable(counted, settings)));
    progress.step(
        "follow journeys and give credit",
        () -> credits.count(),
        rows -> String.format("%,d sums of credit", rows));
    Dataset<Row> campaignDays =
        keep(
            CampaignDays.of(
                ofTheDays, credits, campaigns, spend, settings.funnelModel(), settings.session()));
    return new Sources(
        days(),
        ofTheDays,
        repeated.filter(inRun),
        Conversions.totals(counted),
        credits,
        Journeys.capped(swept),
        campaignDays,
        currency,
        settings);
  }

  private Dataset<Row> keep(Dataset<Row> rows) {
    Dataset<Row> persisted = rows.persist(StorageLevel.MEMORY_AND_DISK());
    kept.add(persisted);
    return persisted;
  }

  private static Dataset<Row> counted(Dataset<Row> rows) {
    rows.count();
    return rows;
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
              + period.from()
              + " to "
              + period.to()
              + " is in more than one currency: "
              + String.join(", ", found)
              + " (throughline.currency, and the currencies of values, costs and spend). It cannot be"
              + " summed; convert it to one in throughline.input.events.columns or before.");
    }
    return found.isEmpty() ? null : found.iterator().next();
  }

  /** The rows of a report, as its contract declares them. */
  static Dataset<Row> rows(Report report, Sources sources) {
    return report.query(sources);
  }

  @Override
  public void close() {
    kept.forEach(rows -> rows.unpersist());
  }
}
