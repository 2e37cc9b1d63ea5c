package dev.throughline.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at Parquet files from outside of any contender. */
final class Parquet {
  private Parquet() {}

  /** Rows of all files below a folder. */
  static long rows(Path folder) throws SQLException {
    try (Connection connection = FileSql.open();
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT count(*) FROM read_parquet('" + folder + "/*/*.parquet')")) {
      found.next();
      return found.getLong(1);
    }
  }

  /** Bytes of all files below a folder. */
  static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(Parquet::size).sum();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a run of the product has published of the question, on the days of the question. */
  static Results published(Path warehouse, Question question) throws SQLException {
    Results results = new Results();
    String models =
        Question.MODELS.stream().map(m -> "'" + m + "'").collect(Collectors.joining(", "));
    read(
        results,
        Results.CREDIT,
        5,
        "SELECT CAST(day AS VARCHAR), dimension, member, action, model, credited_conversions,"
            + " credited_value FROM "
            + table(warehouse, "attribution")
            + during(question)
            + " AND model IN ("
            + models
            + ")");
    if (question.equals(Question.FULL_HISTORY)) {
      read(
          results,
          Results.FUNNEL,
          2,
          "SELECT CAST(day AS VARCHAR), campaign_id, impressions, viewable_impressions, clicks,"
              + " reach, people_clicked FROM "
              + table(warehouse, "campaign_funnel")
              + during(question)
              + " AND days = 1");
    }
    return results;
  }

  private static String table(Path warehouse, String name) {
    return "read_parquet('" + warehouse + "/" + name + "/*/*.parquet', hive_partitioning = true)";
  }

  private static String during(Question question) {
    return " WHERE day BETWEEN DATE '" + question.from() + "' AND DATE '" + question.to() + "'";
  }

  /** Adds the rows of a query, whose first columns are the key, to the results. */
  static void read(Results results, String table, int keys, String sql) throws SQLException {
    try (Connection connection = FileSql.open();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      int columns = found.getMetaData().getColumnCount();
      while (found.next()) {
        String[] key = new String[keys];
        for (int i = 0; i < keys; i++) {
          key[i] = found.getString(i + 1);
        }
        double[] numbers = new double[columns - keys];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = found.getDouble(keys + i + 1);
        }
        results.put(table, List.of(key), numbers);
      }
    }
  }
}
