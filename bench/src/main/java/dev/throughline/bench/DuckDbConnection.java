package dev.throughline.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A database in memory that may use as much of the machine as the contenders beside it. */
final class DuckDbConnection implements AutoCloseable {
  private final Connection connection;

  DuckDbConnection(Machine machine) throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    execute("SET threads = " + machine.threads());
    execute("SET memory_limit = '" + machine.memory().replace("g", "GiB") + "'");
    execute("SET temp_directory = '" + machine.spill() + "'");
    execute("SET preserve_insertion_order = false");
    execute("SET TimeZone = 'UTC'");
  }

  /** Names the events of a log, with their day and microsecond, and its dimensions. */
  void open(Log log) throws SQLException {
    view(
        "log",
        "SELECT *, CAST(dt AS DATE) AS day, epoch_us(event_time) AS t FROM "
            + parquet(log.events()));
    view("campaigns", "SELECT * FROM read_csv('" + log.campaigns() + "', all_varchar = true)");
    view("spend", "SELECT * FROM read_csv('" + log.spend() + "', all_varchar = true)");
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new SQLException(e.getMessage() + "\nin: " + sql, e);
    }
  }

  void view(String name, String sql) throws SQLException {
    execute("CREATE OR REPLACE TEMP VIEW " + name + " AS " + sql);
  }

  /** The rows of a query, as text. */
  List<List<String>> rows(String sql) throws SQLException {
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

  /** The files of a table by day, as a relation. */
  static String parquet(Path folder) {
    return "read_parquet('" + folder + "/*/*.parquet', hive_partitioning = true)";
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
