package dev.throughline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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
    FileSql.run(
        List.of(
            "COPY (SELECT * REPLACE (CASE WHEN campaign_id IS NOT NULL THEN "
                + String.format(Locale.ROOT, CAMPAIGN, link, campaigns)
                + " END AS campaign_id) FROM "
                + FileSql.events(base)
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
                + "' (FORMAT csv, HEADER)"));
  }

  /** Its last day in very many files. */
  static void manyFiles(Log base, Log log, int files) throws IOException, SQLException {
    log.link(base);
    Path day = log.events().resolve("dt=" + Log.TO);
    Folders.deleteAll(day);
    Files.createDirectories(day);
    List<String> statements = new ArrayList<>();
    statements.add(
        "CREATE TABLE day AS SELECT * EXCLUDE (dt), row_number() OVER () % "
            + files
            + " AS file FROM "
            + FileSql.events(base, "dt=" + Log.TO));
    statements.add("CREATE INDEX by_file ON day (file)");
    for (int i = 0; i < files; i++) {
      statements.add(
          "COPY (SELECT * EXCLUDE (file) FROM day WHERE file = %d) TO '%s/part-%05d.parquet'"
              .formatted(i, day, i));
    }
    FileSql.run(statements);
  }
}
