package dev.throughline.app;

import dev.throughline.input.EventLog;
import dev.throughline.input.Events;
import dev.throughline.input.Period;
import dev.throughline.metrics.CampaignPeriods;
import dev.throughline.table.Field;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The days of a run and the periods that end with them, as rows. */
final class RunDays {
  private RunDays() {}

  /** The periods that end with each of the run's days, and how much of them the log has. */
  static Dataset<Row> periods(
      SparkSession spark, Period period, List<Integer> lengths, EventLog log) {
    List<Row> periods = new ArrayList<>();
    for (LocalDate day : period.days()) {
      for (int length : lengths) {
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

  /** One row for each of the run's days. */
  static Dataset<Row> days(SparkSession spark, Period period) {
    List<Row> days =
        period.days().stream().map(day -> RowFactory.create(Date.valueOf(day))).toList();
    return spark.createDataFrame(days, new StructType().add(Events.DAY.structField()));
  }

  /** How many days need not be read, and up to which day a snapshot holds their touches. */
  static String notRead(Keeping kept) {
    return kept.days().size()
        + " of "
        + kept.usable()
        + kept.carriedTo().map(day -> ", touches carried to " + day).orElse("");
  }

  /** Says how far back the log does not reach. */
  static void warnOfAbsent(EventLog log, Period period, Progress progress) {
    if (!log.absentLookback().isEmpty()) {
      progress.warn(
          log.absentLookback().size()
              + " of the "
              + period.earlier().size()
              + " days before that the tables look back on are not in the log ("
              + log.absentLookback().get(0)
              + " …): periods and journeys are cut short there");
    }
  }
}
