package dev.throughline.app;

import dev.throughline.config.Settings;
import dev.throughline.input.Period;
import dev.throughline.metrics.CampaignDays;
import dev.throughline.metrics.CampaignPeriods;
import dev.throughline.model.Conversions;
import dev.throughline.model.DayCredits;
import dev.throughline.model.Journeys;
import dev.throughline.model.Learned;
import dev.throughline.model.Need;
import dev.throughline.model.Swept;
import dev.throughline.output.Staging;
import dev.throughline.reports.DataQuality;
import dev.throughline.reports.EventLateness;
import dev.throughline.reports.RejectedEvents;
import dev.throughline.reports.Sources;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Computes the sources of all reports from what a run has read: sweeps the journeys, gives credit,
 * and counts by campaign. The results are small and kept in the run's folder; those that do not
 * rest on each other are computed side by side.
 */
final class NightlyRun {
  private final SparkSession spark;
  private final Settings settings;
  private final Period period;
  private final Staging staging;
  private final Progress progress;
  private final NightInput input;
  private final Keeping keeping;
  private final int resamples;
  private final AtomicLong results = new AtomicLong();

  /**
   * @param input already read
   */
  NightlyRun(
      SparkSession spark,
      Settings settings,
      Period period,
      NightInput input,
      Staging staging,
      Progress progress) {
    this.spark = spark;
    this.settings = settings;
    this.period = period;
    this.input = input;
    this.keeping = input.keeping();
    this.staging = staging;
    this.progress = progress;
    this.resamples = settings.attribution().resamples();
  }

  /** Computes what reports are made of. */
  Sources sources() {
    Optional<Dataset<Row>> touches = input.touches();
    Dataset<Row> repeated =
        staging.keep("repeated", Conversions.repeated(input.own(), touches, settings));
    Dataset<Row> conversions = Conversions.counted(input.counted(), repeated);
    List<Dataset<Row>> counted =
        Concurrently.all(
            List.of(
                () -> sweep(touches, repeated),
                () -> unjoinable(conversions),
                () -> totals(conversions, repeated),
                () -> ofRows("quality", this::quality),
                () -> ofRows("lateness", () -> EventLateness.ofRows(input.filed(), settings)),
                () -> ofRows("rejected", () -> RejectedEvents.ofRows(input.reported())),
                () -> {
                  keeping.writeTouches(
                      staging::writeKept, Journeys.touches(input.own(), repeated, settings));
                  return repeated;
                }));
    Dataset<Row> sweep = counted.get(0);
    Dataset<Row> unjoinable = counted.get(1);
    Dataset<Row> totals = counted.get(2);
    Sources.Rows rows = new Sources.Rows(counted.get(3), counted.get(4), counted.get(5));
    input.letGoOfRows(results.get());
    List<Dataset<Row>> summed =
        Concurrently.all(
            List.of(
                () -> dayCredits(sweep, unjoinable),
                () -> staging.keep("swept", Swept.summed(sweep)),
                () -> campaignEvents(sweep),
                () -> staging.keep("transitions", Learned.transitions(sweep, period, resamples)),
                () -> staging.keep("values", Learned.values(sweep, period, resamples))));
    Dataset<Row> dayCredits = summed.get(0);
    Dataset<Row> swept = summed.get(1);
    Dataset<Row> campaignEvents = summed.get(2);
    Dataset<Row> transitions = summed.get(3);
    Dataset<Row> values = summed.get(4);
    Dataset<Row> converted = DayCredits.converted(dayCredits.filter(input.inRun()), settings);
    Training training = training(converted, values, transitions);
    List<Dataset<Row>> whole =
        Concurrently.all(
            List.of(
                () ->
                    staging.keep(
                        "credits",
                        DayCredits.withShares(dayCredits.filter(input.inRun()), converted, settings)
                            .unionByName(training.credits())),
                () -> campaignPeriods(campaignEvents, dayCredits)));
    return new Sources(
        RunDays.days(spark, period),
        rows,
        repeated.filter(input.inRun()),
        totals,
        swept,
        whole.get(0),
        new Sources.Training(transitions, training.effects(), Learned.positions(sweep, period)),
        whole.get(1),
        input.currency(),
        settings);
  }

  private Dataset<Row> sweep(Optional<Dataset<Row>> touches, Dataset<Row> repeated) {
    return progress.step(
        "follow people, count and give credit",
        () ->
            staging.keep(
                "sweep",
                Journeys.sweep(
                    input.own(),
                    touches,
                    input.wholeFrom(),
                    repeated,
                    input.campaigns(),
                    period,
                    settings,
                    input.needs())),
        rows -> counted(rows, "sums"));
  }

  /** Conversions that count, also those of the run's days that were kept. */
  private Dataset<Row> totals(Dataset<Row> conversions, Dataset<Row> repeated) {
    Dataset<Row> read = Conversions.totals(conversions.filter(input.inRun()));
    return staging.keep(
        "totals",
        input.keptTotals(repeated).map(kept -> Conversions.added(read, kept)).orElse(read));
  }

  /** What some reports count of rows of the log; null where no report of the run does. */
  private Dataset<Row> ofRows(String name, Supplier<Dataset<Row>> rows) {
    return input.needs().contains(Need.ROWS) ? staging.keep(name, rows.get()) : null;
  }

  private Dataset<Row> quality() {
    int partitions = Integer.parseInt(spark.conf().get(Spread.PARTITIONS));
    return DataQuality.ofRows(input.reported(), partitions, settings);
  }

  /** Conversions that no journey can lead to, also those of days that were kept. */
  private Dataset<Row> unjoinable(Dataset<Row> conversions) {
    Dataset<Row> found = staging.keep("unjoinable", Conversions.unjoinable(conversions));
    keeping.write(staging::writeKept, Conversions.UNJOINABLE, found);
    return keeping.withKept(found, Conversions.UNJOINABLE, input.wholeFrom());
  }

  private Dataset<Row> dayCredits(Dataset<Row> sweep, Dataset<Row> unjoinable) {
    return staging.keep(
        "day_credits",
        DayCredits.of(sweep, DayCredits.unjoinable(unjoinable, settings), resamples));
  }

  private Training training(Dataset<Row> converted, Dataset<Row> values, Dataset<Row> transitions) {
    return progress.step(
        "learn shares",
        () ->
            new Training(
                spark,
                period.days(),
                converted,
                values,
                transitions,
                Journeys.learned(settings),
                resamples),
        learned -> String.format(Locale.ROOT, "%,d chains", learned.chains()));
  }

  /** What events say of campaigns, also those of days that were kept. */
  private Dataset<Row> campaignEvents(Dataset<Row> sweep) {
    return progress.step(
        "count by campaign",
        () -> {
          Dataset<Row> events = staging.keep("campaign_events", CampaignDays.events(sweep));
          keeping.write(staging::writeKept, CampaignDays.EVENTS, events);
          return keeping.withKept(events, CampaignDays.EVENTS, input.wholeFrom());
        },
        rows -> counted(rows, "campaigns and days"));
  }

  private String counted(Dataset<Row> rows, String what) {
    long count = rows.count();
    results.addAndGet(count);
    return String.format(Locale.ROOT, "%,d %s", count, what);
  }

  private Dataset<Row> campaignPeriods(Dataset<Row> events, Dataset<Row> dayCredits) {
    Dataset<Row> campaignDays =
        CampaignDays.of(events, dayCredits, input.spend(), settings.funnelModel());
    return staging.keep(
        "campaign_periods",
        CampaignPeriods.of(
            staging.keep("campaign_days", campaignDays),
            RunDays.periods(spark, period, settings.periods(), input.log()),
            input.campaigns()));
  }
}
