package dev.throughline.bench;

import dev.throughline.app.Engine;
import dev.throughline.app.Sessions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The same SQL on Spark: the range join that one writes first, and bare scans. */
final class SparkQueries implements Contender {
  private final Sessions session;
  private final SparkSession spark;
  private final Question question;
  private final List<String> queries;

  /**
   * @param queries credits, funnel, scan, scan-touches
   */
  SparkQueries(Machine machine, Question question, List<String> queries, Engine engine) {
    session = open(machine, engine);
    spark = session.spark();
    this.question = question;
    this.queries = queries;
  }

  /** A session with the settings that the product runs with. */
  static Sessions open(Machine machine, Engine engine) {
    return Sessions.open(
        Map.of(
            "spark.master",
            "local[" + machine.threads() + "]",
            "spark.local.dir",
            machine.spill().toString()),
        engine);
  }

  @Override
  public Results run(Log log, Stages stages) throws Exception {
    Map<String, String> parameters =
        question.parameters(Question.settings(log).attribution(), "STRING");
    spark
        .read()
        .parquet(log.events().toString())
        .selectExpr("*", "CAST(dt AS DATE) AS day", "unix_micros(event_time) AS t")
        .createOrReplaceTempView("log");
    spark
        .read()
        .option("header", "true")
        .csv(log.campaigns().toString())
        .createOrReplaceTempView("campaigns");
    if (queries.contains("scan-touches")) {
      spark.read().parquet(log.kept("touches")).createOrReplaceTempView("kept_touches");
    }
    view("touch_events", Sql.of("raw-touch-events", Map.of()));
    view("conversion_events", Sql.of("raw-conversion-events", Map.of()));
    for (String step : List.of("conversions", "touches", "living")) {
      view(step, Sql.of(step, parameters));
    }
    view("pairs", Sql.of("pairs-join", parameters));
    Results results = new Results();
    for (String query : queries) {
      String stage = query.equals("credits") ? "attribution" : query;
      for (List<String> row : stages.time(stage, () -> rows(Sql.of(query, parameters)))) {
        if (query.equals("credits")) {
          results.putCredit(row.subList(0, 4), Rows.numbers(row, 4));
        } else {
          Rows.put(results, query, row);
        }
      }
    }
    return results;
  }

  private void view(String name, String sql) {
    spark.sql(sql).createOrReplaceTempView(name);
  }

  private List<List<String>> rows(String sql) {
    List<List<String>> rows = new ArrayList<>();
    for (Row row : spark.sql(sql).collectAsList()) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        cells.add(row.isNullAt(i) ? null : row.get(i).toString());
      }
      rows.add(cells);
    }
    return rows;
  }

  @Override
  public void close() {
    session.close();
  }
}
