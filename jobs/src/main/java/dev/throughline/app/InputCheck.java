package dev.throughline.app;

import dev.throughline.config.Settings;
import dev.throughline.input.Dimensions;
import dev.throughline.input.EventLog;
import dev.throughline.input.Period;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Checks the input of a run without computing anything: days, files, columns, types, and the grain
 * of dimensions.
 */
final class InputCheck {
  private final SparkSession spark;
  private final Settings settings;
  private final Period period;

  InputCheck(SparkSession spark, Settings settings, Period period) {
    this.spark = spark;
    this.settings = settings;
    this.period = period;
  }

  /** Says what is there; throws what a run would throw. */
  void print(PrintWriter out, Progress progress) {
    EventLog log = EventLog.open(spark, settings, period);
    log.requireColumns();
    log.check().warning().ifPresent(progress::warn);
    Dimensions dimensions = new Dimensions(spark, settings);
    long campaigns = dimensions.campaigns().count();
    long spend = dimensions.spend(period).count();
    Map<LocalDate, Long> rows = log.rowsByPartition();
    rows.keySet().removeAll(period.history());
    out.printf(
        Locale.ROOT, "Configuration  good (digest %s)%n", settings.digest().substring(0, 12));
    out.printf(
        Locale.ROOT,
        "Event log      %s: %,d rows in %d partitions of %s to %s%n",
        settings.events().path().or(settings.events()::table).orElseThrow(),
        rows.values().stream().mapToLong(Long::longValue).sum(),
        rows.size(),
        period.from(),
        period.to());
    out.printf(
        Locale.ROOT,
        "Look-back      %d of %d days are there%n",
        period.earlier().size() - log.absentLookback().size(),
        period.earlier().size());
    out.printf(Locale.ROOT, "Campaigns      %,d described%n", campaigns);
    out.printf(Locale.ROOT, "Spend          %,d rows for these days%n", spend);
    out.flush();
  }
}
