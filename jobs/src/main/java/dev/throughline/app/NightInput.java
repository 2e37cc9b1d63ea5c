package dev.throughline.app;

import dev.throughline.config.Settings;
import dev.throughline.input.Checked;
import dev.throughline.input.Dimensions;
import dev.throughline.input.EventLog;
import dev.throughline.input.Events;
import dev.throughline.input.Period;
import dev.throughline.model.Facts;
import dev.throughline.model.Need;
import dev.throughline.output.Staging;
import dev.throughline.output.Warehouse;
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
 * What a run reads: the rows of the log, once, classified; what earlier runs kept of days that need
 * not be read; campaigns and spend.
 *
 * <p>The classified rows are cached in memory and on disk, since several results are drawn from
 * them. Closing lets go of the cache.
 */
final class NightInput implements AutoCloseable {
  private final SparkSession spark;
  private final Settings settings;
  private final Period period;
  private final Warehouse warehouse;
  private final Staging staging;
  private final Progress progress;
  private final Wanted wanted;
  private final Spread spread;
  private EventLog log;
  private EventLog rows;
  private Keeping keeping;
  private KeptTouches keptTouches;
  private Dataset<Row> campaigns;
  private Dataset<Row> spend;
  private Dataset<Row> converters;
  private Dataset<Row> facts;
  private InputCounts counts;
  private String currency;

  NightInput(
      SparkSession spark,
      Settings settings,
      Period period,
      Warehouse warehouse,
      Staging staging,
      Progress progress,
      Wanted wanted) {
    this.spark = spark;
    this.settings = settings;
    this.period = period;
    this.warehouse = warehouse;
    this.staging = staging;
    this.progress = progress;
    this.wanted = wanted;
    this.spread = new Spread(spark, settings.spark());
  }

  /** Reads the log, and checks what all results rest on. */
  void read() {
    try {
      readAll();
    } catch (Exception e) {
      if (rows != null && Failures.inUnnamedPages(e)) {
        progress.warn("a file of the log is damaged; reading all of them to find it");
        rows.requireWholePages();
      }
      throw e;
    }
  }

  private void readAll() {
    log = EventLog.open(spark, settings, period);
    RunDays.warnOfAbsent(log, period, progress);
    KeptStores kept = KeptStores.of(spark, warehouse);
    keeping =
        progress.step(
            "find the days that need not be read",
            () -> new Keeping(kept, log, period, settings, wanted.kept()),
            RunDays::notRead);
    keeping.warnOfFaultySnapshots(progress);
    keptTouches = new KeptTouches(keeping, wholeFrom(), wanted.touchesOfEverybody(settings));
    rows = keeping.days().isEmpty() ? log : log.reading(spark, keeping.reading());
    Checked checked =
        progress.step("check the log's files", rows::check, found -> found.files() + " footers");
    checked.warning().ifPresent(progress::warn);
    staging.keepFewRowsOnDriver(spread.expect(expected(checked)));
    Dimensions dimensions = new Dimensions(spark, settings);
    List<Dataset<Row>> tables =
        Concurrently.all(
            List.of(
                dimensions::campaigns, () -> dimensions.spend(period), this::peopleWhoConverted));
    campaigns = tables.get(0);
    spend = tables.get(1);
    converters = tables.get(2);
    // Comet would leave a scan that tells files to Spark.
    boolean byFile = !Comet.isLoaded(spark.sparkContext());
    facts =
        Facts.classify(rows.events(converters, byFile), settings)
            .persist(StorageLevel.MEMORY_AND_DISK());
    counts =
        progress.step(
            "read and classify events",
            () -> InputCounts.of(facts, between(wholeFrom()).and(keeping.notKept()), period),
            found -> String.format(Locale.ROOT, "%,d rows of these days", found.rows()));
    if (byFile) {
      Conservation.ofFiles(counts.byFile(), rows.rowsByFile());
    }
    Conservation.ofPartitions(counts.byPartition(), rows.rowsByPartition());
    currency =
        OneCurrency.of(
            period,
            settings,
            List.of(counts.currencies(), keeping.currencies()),
            dimensions.currencies(spend));
  }

  /** About how many rows there are to go through, with those of kept days. */
  private long expected(Checked read) {
    return rows.partitions() == 0
        ? keeping.rows().values().stream().mapToLong(InputCounts.DayRows::all).sum()
        : Spread.withKept(read.rows(), rows.partitions(), log.partitions());
  }

  /** What is looked for besides credit and the counts of campaigns. */
  Set<Need> needs() {
    return wanted.needs();
  }

  /**
   * Lets go of the classified rows: from here on only what was drawn from them is gone through.
   *
   * @param results how many rows that has
   */
  void letGoOfRows(long results) {
    facts.unpersist();
    staging.keepFewRowsOnDriver(spread.expect(results));
    spread.joinResults();
  }

  /** Fails if the log was written to since it was opened; what was read may be of two states. */
  void requireUnchanged() {
    rows.requireUnchanged();
  }

  /** What the run reads for itself: days that were kept are not among it. */
  Dataset<Row> own() {
    return facts.filter(keeping.notKept());
  }

  /** Those of {@link #own} of which everything is counted, for this run or for later ones. */
  Dataset<Row> counted() {
    return own().filter(between(wholeFrom()));
  }

  /** Rows of the days that are reported. */
  Dataset<Row> reported() {
    return facts.filter(inRun());
  }

  /** Rows of the partitions that are named like the days that are reported. */
  Dataset<Row> filed() {
    return facts.filter(
        Events.INPUT_DAY.col().between(Date.valueOf(period.from()), Date.valueOf(period.to())));
  }

  /** Holds for rows of the days that are reported. */
  Column inRun() {
    return between(period.from());
  }

  Dataset<Row> campaigns() {
    return campaigns;
  }

  Dataset<Row> spend() {
    return spend;
  }

  /** The one currency of all money. */
  String currency() {
    return currency;
  }

  /** What was read, and what became of it. */
  InputCounts counts() {
    return counts;
  }

  /** What was kept, and what is to be kept. */
  Keeping keeping() {
    return keeping;
  }

  /** The log that was read; null before {@link #read}. */
  EventLog log() {
    return log;
  }

  /** The first day of which everything is counted, for this run or for later ones. */
  LocalDate wholeFrom() {
    List<LocalDate> before = period.wholeDaysBefore(settings);
    return before.isEmpty() ? period.from() : before.get(0);
  }

  private Dataset<Row> peopleWhoConverted() {
    return progress.step(
        "find the people who converted",
        () -> staging.keep("converters", keptTouches.converters(rows.converters())),
        people -> String.format(Locale.ROOT, "%,d people", people.count()));
  }

  /** Touches that were kept, as far as the run needs them; empty where there are none. */
  Optional<Dataset<Row>> touches() {
    return keptTouches.of(converters);
  }

  /** Conversions that count, by day and action, of the run's days that are not read. */
  Optional<Dataset<Row>> keptTotals(Dataset<Row> repeated) {
    return keptTouches.totals(period.from(), repeated);
  }

  private Column between(LocalDate from) {
    return Events.DAY.col().between(Date.valueOf(from), Date.valueOf(period.to()));
  }

  @Override
  public void close() {
    if (facts != null) {
      facts.unpersist();
    }
    spread.close();
  }
}
