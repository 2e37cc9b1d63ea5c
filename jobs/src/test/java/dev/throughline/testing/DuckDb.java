package dev.throughline.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Runs queries as a reader of the tables would, in DuckDB. */
public final class DuckDb {
  private DuckDb() {}

  /** The rows of a query on tables below {@code warehouse/}, each cell as text. */
  public static List<List<String>> query(String sql, Path warehouse) {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(sql.replace("'warehouse/", "'" + warehouse + "/"))) {
      List<List<String>> rows = new ArrayList<>();
      while (found.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(found.getString(i)));
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw new AssertionError(sql + "\nfailed: " + e.getMessage(), e);
    }
  }
}
