package dev.throughline.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** SQL over files, in a database of its own that is gone afterwards. */
final class FileSql {
  private FileSql() {}

  /** Runs statements, one after the other. */
  static void run(List<String> statements) throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  static Connection open() throws SQLException {
    return DriverManager.getConnection("jdbc:duckdb:");
  }

  /** The events of a log, with the partition as the text that it is. */
  static String events(Log log) {
    return events(log, "*");
  }

  /** The events of one partition of a log. */
  static String events(Log log, String partition) {
    return "read_parquet('"
        + log.events()
        + "/"
        + partition
        + "/*.parquet', hive_partitioning = true, hive_types_autocast = false)";
  }
}
