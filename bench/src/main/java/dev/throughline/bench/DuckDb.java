package dev.throughline.bench;

import dev.throughline.config.Settings.Attribution;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** The answer to the question in hand-written SQL on DuckDB, over the same Parquet files. */
final class DuckDb implements Contender {
  /** What is read: the raw log, or the compact touches that runs keep. */
  enum Source {
    RAW,
    KEPT
  }

  private final DuckDbConnection connection;
  private final Question question;
  private final Source source;
  private final String pairs;
  private final List<String> further;

  /**
   * @param pairs the query that brings conversions and touches together; empty for none
   * @param further other queries to run: funnel, scan
   */
  DuckDb(Machine machine, Question question, Source source, String pairs, List<String> further)
      throws SQLException {
    this.question = question;
    this.source = source;
    this.pairs = pairs;
    this.further = further;
    connection = new DuckDbConnection(machine);
  }

  @Override
  public Results run(Log log, Stages stages) throws Exception {
    Attribution rules = Question.settings(log).attribution();
    Map<String, String> parameters = question.parameters(rules, "VARCHAR");
    connection.open(log);
    if (source == Source.KEPT) {
      kept(log, "kept_touches", "touches");
      kept(log, "kept_unjoinable", "unjoinable_conversions");
    }
    String prefix = source == Source.KEPT ? "kept" : "raw";
    connection.view("touch_events", Sql.of(prefix + "-touch-events", Map.of()));
    connection.view("conversion_events", Sql.of(prefix + "-conversion-events", Map.of()));
    Results results = new Results();
    if (!pairs.isEmpty()) {
      for (List<String> row : stages.time("attribution", () -> attribution(parameters))) {
        results.putCredit(row.subList(0, 4), Rows.numbers(row, 4));
      }
    }
    for (String query : further) {
      for (List<String> row :
          stages.time(query, () -> connection.rows(Sql.of(query, parameters)))) {
        Rows.put(results, query, row);
      }
    }
    return results;
  }

  private void kept(Log log, String view, String table) throws SQLException {
    connection.view(view, "SELECT * FROM " + DuckDbConnection.parquet(Path.of(log.kept(table))));
  }

  /** Step by step, so that what is used twice is computed once. */
  private List<List<String>> attribution(Map<String, String> parameters) throws SQLException {
    for (String step : List.of("conversions", "touches", "living")) {
      connection.execute(
          "CREATE OR REPLACE TEMP TABLE " + step + " AS " + Sql.of(step, parameters));
    }
    connection.view("pairs", Sql.of(pairs, parameters));
    return connection.rows(Sql.of("credits", parameters));
  }

  @Override
  public void close() {
    connection.close();
  }
}
