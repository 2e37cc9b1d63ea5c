package dev.throughline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** Logs with the events of another and a shape that few logs have. */
final class OddLogs {
  /** Wide enough for any number of campaigns that is tried; too many digits do no harm. */
  private static final String CAMPAIGN = "'campaign-' || lpad((%s %% %d)::VARCHAR, 7, '0')";

  private OddLogs() {}

  /** Its events spread over many campaigns; a click stays with the impression that it came from. */
  static void manyCampaigns(Log base, Log log, int campaigns) throws IOException, SQLException {
    Folders.deleteAll(log.events());
    Files.createDirectories(log.events());
    String link = "hash(coalesce(impression_id, event_id))";
    run(
        "COPY (SELECT * REPLACE (CASE WHEN campaign_id IS NOT NULL THEN "
            + String.format(Locale.ROOT, CAMPAIGN, link, campaigns)
            + " END AS campaign_id) FROM "
            + rows(base, "*")
            + ") TO '"
            + log.events()
            + "' (FORMAT parquet, PARTITION_BY (dt), OVERWRITE_OR_IGNORE)",
        "COPY (SELECT "
            + String.format(Locale.ROOT, CAMPAIGN, "i", campaigns)
            + " AS campaign_id, 'Campaign ' || i AS campaign_name, channel, phase, target FROM"
            + " range("
            + campaigns
            + ") numbers(i) JOIN (SELECT *, row_number() OVER (ORDER BY campaign_id) - 1 AS place,"
            + " count(*) OVER () AS n FROM read_csv('"
            + base.campaigns()
            + "', all_varchar = true)) ON i % n = place ORDER BY i) TO '"
            + log.campaigns()
            + "' (FORMAT csv, HEADER)",
        // Spend names the campaigns of the other log.
        "COPY (SELECT * FROM read_csv('"
            + base.spend()
            + "', all_varchar = true) LIMIT 0) TO '"
            + log.spend()
            + "' (FORMAT csv, HEADER)");
  }

  /** Its last day in very many files. */
  static void manyFiles(Log base, Log log, int files) throws IOException, SQLException {
    HeavyPeople.link(base, log);
    Path day = log.events().resolve("dt=" + Log.TO);
    Folders.deleteAll(day);
    Files.createDirectories(day);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE day AS SELECT * EXCLUDE (dt), row_number() OVER () % "
              + files
              + " AS file FROM "
              + rows(base, "dt=" + Log.TO));
      statement.execute("CREATE INDEX by_file ON day (file)");
      for (int i = 0; i < files; i++) {
        statement.execute(
            "COPY (SELECT * EXCLUDE (file) FROM day WHERE file = %d) TO '%s/part-%05d.parquet'"
                .formatted(i, day, i));
      }
    }
  }

  private static String rows(Log log, String partition) {
    return "read_parquet('"
        + log.events()
        + "/"
        + partition
        + "/*.parquet', hive_partitioning = true, hive_types_autocast = false)";
  }

  private static void run(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
