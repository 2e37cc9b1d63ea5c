package dev.throughline.bench;

import dev.throughline.app.Engine;
import dev.throughline.app.Sessions;
import dev.throughline.config.Settings;
import dev.throughline.input.Dimensions;
import dev.throughline.input.EventLog;
import dev.throughline.input.Period;
import dev.throughline.input.RowsOfPeople;
import dev.throughline.metrics.CampaignDays;
import dev.throughline.model.Conversions;
import dev.throughline.model.DayCredits;
import dev.throughline.model.Facts;
import dev.throughline.model.Journeys;
import dev.throughline.output.KeptDays;
import dev.throughline.output.Warehouse;
import dev.throughline.table.Field;
import dev.throughline.table.Table;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * Throughline's own steps, called as a run calls them, with five models and without resamples. What
 * the sweep and the counts of campaigns find besides, such as paths, people's days and visits, is
 * found here too.
 */
final class OwnSteps implements Contender {
  private static final List<Field> COUNTS =
      List.of(
          CampaignDays.IMPRESSIONS,
          CampaignDays.VIEWABLE_IMPRESSIONS,
          CampaignDays.CLICKS,
          CampaignDays.REACH,
          CampaignDays.PEOPLE_CLICKED);

  /** Which touches of kept days a night follows. */
  enum Kept {
    /** Kept days are not looked at: all is read from the log. */
    NONE,
    /** What was carried to some day, and all touches of the days after it, as a run does. */
    AS_A_RUN,
    /** Only those of people who converted on the day, which is enough for attribution alone. */
    OF_CONVERTERS
  }

  private final Sessions session;
  private final SparkSession spark;
  private final Question question;
  private final Kept kept;

  OwnSteps(Machine machine, Question question, Kept kept, Engine engine) {
    session = SparkQueries.open(machine, engine);
    spark = session.spark();
    this.question = question;
    this.kept = kept;
  }

  @Override
  public Results run(Log log, Stages stages) throws Exception {
    Settings settings = Question.settings(log);
    Period period = Period.of(question.from(), question.to(), settings);
    Period reading =
        kept == Kept.NONE
            ? period
            : period.readingWithout(Set.copyOf(period.daysBefore()), settings);
    EventLog read = EventLog.open(spark, settings, reading);
    Dataset<Row> campaigns = new Dimensions(spark, settings).campaigns();
    Dataset<Row> converters = read.converters().persist();
    stages.time("who converted", converters::count);
    Dataset<Row> facts =
        Facts.classify(read.events(converters, true), settings)
            .persist(StorageLevel.MEMORY_AND_DISK());
    stages.time("read and classify", facts::count);
    Optional<Dataset<Row>> touches = touches(log, period, converters);
    Dataset<Row> repeated = Conversions.repeated(facts, touches, settings).persist();
    Dataset<Row> sweep =
        Journeys.sweep(
                facts, touches, question.from(), repeated, campaigns, period, settings, Set.of())
            .persist();
    stages.time("sweep", sweep::count);
    Dataset<Row> unjoinable =
        Conversions.unjoinable(Conversions.counted(facts, repeated)).persist();
    Results results = new Results();
    credit(sweep, unjoinable, question, settings, stages, results);
    if (kept == Kept.NONE) {
      Dataset<Row> counts = CampaignDays.events(sweep);
      for (Row row : stages.time("funnel", counts::collectAsList)) {
        results.put(
            Results.FUNNEL,
            List.of(text(row, "day"), text(row, "campaign_id")),
            COUNTS.stream().mapToDouble(count -> number(row, count.name())).toArray());
      }
    }
    List.of(converters, facts, repeated, sweep, unjoinable).forEach(Dataset::unpersist);
    return results;
  }

  /** Adds up credit, and puts it where it is compared. */
  static void credit(
      Dataset<Row> sweep,
      Dataset<Row> unjoinable,
      Question question,
      Settings settings,
      Stages stages,
      Results results)
      throws Exception {
    Dataset<Row> credits =
        DayCredits.of(sweep, DayCredits.unjoinable(unjoinable, settings), 0)
            .filter(functions.col("day").geq(Date.valueOf(question.from())));
    for (Row row : stages.time("sums", credits::collectAsList)) {
      results.put(
          Results.CREDIT,
          List.of(
              text(row, "day"),
              text(row, "dimension"),
              text(row, "member"),
              text(row, "action"),
              text(row, "model")),
          number(row, "credited_conversions"),
          number(row, "credited_value"));
    }
  }

  private Optional<Dataset<Row>> touches(Log log, Period period, Dataset<Row> converters) {
    if (kept == Kept.NONE) {
      return Optional.empty();
    }
    Warehouse warehouse =
        new Warehouse(log.warehouse().toString(), spark.sessionState().newHadoopConf());
    Table carried = Journeys.carriedTable();
    KeptDays store = KeptDays.carried(spark, warehouse, carried);
    LocalDate base =
        store.stored(carried).stream()
            .filter(day -> day.isBefore(period.from()))
            .max(Comparator.naturalOrder())
            .orElseThrow();
    Dataset<Row> all =
        Journeys.carriedTouches(store.read(carried, List.of(base)))
            .unionByName(
                new KeptDays(spark, warehouse, List.of(Journeys.touchesTable()))
                    .read(
                        Journeys.touchesTable(),
                        base.plusDays(1).datesUntil(period.from()).toList()));
    return Optional.of(
        kept == Kept.AS_A_RUN ? all : RowsOfPeople.only(all, Journeys.touchesPerson(), converters));
  }

  private static String text(Row row, String column) {
    return row.get(row.fieldIndex(column)).toString();
  }

  private static double number(Row row, String column) {
    int index = row.fieldIndex(column);
    return row.isNullAt(index) ? 0 : Double.parseDouble(row.get(index).toString());
  }

  @Override
  public void close() {
    session.close();
  }
}
