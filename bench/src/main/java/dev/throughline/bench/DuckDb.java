package dev.throughline.bench;

import dev.throughline.config.Settings.Attribution;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The same tables in hand-written SQL on DuckDB, over the same Parquet files. */
final class DuckDb implements Contender {
  /** What is read: the raw log, or the compact touches that runs keep. */
  enum Source {
    RAW,
    KEPT
  }

  private final Connection connection;
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
    connection = DriverManager.getConnection("jdbc:duckdb:");
    execute("SET threads = " + machine.threads());
    execute("SET memory_limit = '" + machine.memory().replace("g", "GiB") + "'");
    execute("SET temp_directory = '" + machine.spill() + "'");
    execute("SET preserve_insertion_order = false");
    execute("SET TimeZone = 'UTC'");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new SQLException(e.getMessage() + "\nin: " + sql, e);
    }
  }

  private void view(String name, String sql) throws SQLException {
    execute("CREATE OR REPLACE TEMP VIEW " + name + " AS " + sql);
  }

  private static String parquet(Path folder) {
    return "read_parquet('" + folder + "/*/*.parquet', hive_partitioning = true)";
  }

  @Override
  public Results run(Log log, Stages stages) throws Exception {
    Attribution rules = Question.settings(log).attribution();
    Map<String, String> parameters = question.parameters(rules, "VARCHAR");
    view(
        "log",
        "SELECT *, CAST(dt AS DATE) AS day, epoch_us(event_time) AS t FROM "
            + parquet(log.events()));
    view("campaigns", "SELECT * FROM read_csv('" + log.campaigns() + "', all_varchar = true)");
    if (source == Source.KEPT) {
      view("kept_touches", "SELECT * FROM " + parquet(Path.of(log.kept("touches"))));
      view(
          "kept_unjoinable",
          "SELECT * FROM " + parquet(Path.of(log.kept("unjoinable_conversions"))));
    }
    String prefix = source == Source.KEPT ? "kept" : "raw";
    view("touch_events", Sql.of(prefix + "-touch-events", Map.of()));
    view("conversion_events", Sql.of(prefix + "-conversion-events", Map.of()));
    Results results = new Results();
    if (!pairs.isEmpty()) {
      for (List<String> row : stages.time("attribution", () -> attribution(parameters))) {
        results.putCredit(row.subList(0, 4), Rows.numbers(row, 4));
      }
    }
    for (String query : further) {
      for (List<String> row : stages.time(query, () -> rows(Sql.of(query, parameters)))) {
        Rows.put(results, query, row);
      }
    }
    return results;
  }

  /** Step by step, so that what is used twice is computed once. */
  private List<List<String>> attribution(Map<String, String> parameters) throws SQLException {
    for (String step : List.of("conversions", "touches", "living")) {
      execute("CREATE OR REPLACE TEMP TABLE " + step + " AS " + Sql.of(step, parameters));
    }
    view("pairs", Sql.of(pairs, parameters));
    return rows(Sql.of("credits", parameters));
  }

  private List<List<String>> rows(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      int columns = found.getMetaData().getColumnCount();
      List<List<String>> rows = new ArrayList<>();
      while (found.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(found.getString(i));
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw new SQLException(e.getMessage() + "\nin: " + sql, e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
