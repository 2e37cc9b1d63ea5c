package dev.throughline.bench;

import dev.throughline.app.Engine;
import dev.throughline.app.Sessions;
import dev.throughline.config.Settings;
import dev.throughline.input.Dimensions;
import dev.throughline.input.EventLog;
import dev.throughline.input.Period;
import dev.throughline.input.RowsOfPeople;
import dev.throughline.model.Conversions;
import dev.throughline.model.Facts;
import dev.throughline.model.Journeys;
import dev.throughline.output.KeptDays;
import dev.throughline.output.Warehouse;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The credit of all days from what earlier runs kept of them, by Throughline's own sweep. The log
 * is not read; of the touches only those of people who converted are followed, since nothing but
 * credit is asked for.
 */
final class OwnTouches implements Contender {
  private final Sessions session;
  private final SparkSession spark;
  private final Question question;

  OwnTouches(Machine machine, Question question, Engine engine) {
    session = SparkQueries.open(machine, engine);
    spark = session.spark();
    this.question = question;
  }

  @Override
  public Results run(Log log, Stages stages) throws Exception {
    Settings settings = Question.settings(log);
    Period period = Period.of(question.from(), question.to(), settings);
    List<LocalDate> days = period.days();
    KeptDays store =
        new KeptDays(
            spark,
            new Warehouse(log.warehouse().toString(), spark.sessionState().newHadoopConf()),
            List.of(Journeys.touchesTable(), Conversions.UNJOINABLE));
    Dataset<Row> all = store.read(Journeys.touchesTable(), days);
    Dataset<Row> converters = Journeys.converters(all).persist();
    stages.time("who converted", converters::count);
    Optional<Dataset<Row>> touches =
        Optional.of(RowsOfPeople.only(all, Journeys.touchesPerson(), converters));
    Dataset<Row> noFacts = noFacts(settings, period, converters);
    Dataset<Row> repeated = Conversions.repeated(noFacts, touches, settings).persist();
    Dataset<Row> sweep =
        Journeys.sweep(
                noFacts,
                touches,
                question.from(),
                repeated,
                new Dimensions(spark, settings).campaigns(),
                period,
                settings,
                Set.of())
            .persist();
    stages.time("sweep", sweep::count);
    Results results = new Results();
    OwnSteps.credit(
        sweep, store.read(Conversions.UNJOINABLE, days), question, settings, stages, results);
    List.of(converters, repeated, sweep).forEach(Dataset::unpersist);
    return results;
  }

  private Dataset<Row> noFacts(Settings settings, Period period, Dataset<Row> converters) {
    Dataset<Row> events =
        EventLog.open(spark, settings, period).events(converters, /* byFile= */ true);
    return spark.createDataFrame(List.of(), Facts.classify(events, settings).schema());
  }

  @Override
  public void close() {
    session.close();
  }
}
