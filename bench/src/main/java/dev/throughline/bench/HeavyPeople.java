package dev.throughline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * People with very many events, evenly over the days of a log: of ten events six are impressions,
 * three clicks, every third of which came from an impression, and one a page view; and now and then
 * a conversion.
 *
 * @param people how many
 * @param events of each
 * @param conversions of each
 */
record HeavyPeople(int people, long events, long conversions) {
  private static final String SPAN_US =
      Long.toString((Log.TO.toEpochDay() - Log.FROM.toEpochDay() + 1) * 86_400_000_000L);

  /** Writes the log of a base and of heavy people; the base's files are linked, not copied. */
  static void write(Log base, Log log, List<HeavyPeople> heavy) throws IOException, SQLException {
    Folders.deleteAll(log.events());
    link(base, log);
    String rows =
        IntStream.range(0, heavy.size())
            .mapToObj(i -> heavy.get(i).rows(base, "heavy-" + i))
            .collect(Collectors.joining(" UNION ALL BY NAME "));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute(
          "COPY ((SELECT * FROM read_parquet('"
              + base.events()
              + "/*/*.parquet', hive_partitioning = true, hive_types_autocast = false) LIMIT 0)"
              + " UNION ALL BY NAME "
              + rows
              + ") TO '"
              + log.events()
              + "' (FORMAT parquet, PARTITION_BY (dt), FILENAME_PATTERN 'heavy-{i}',"
              + " OVERWRITE_OR_IGNORE)");
    }
  }

  /** Gives a log the files of another, without copying them. */
  static void link(Log base, Log log) throws IOException {
    try (Stream<Path> files = Files.walk(base.events())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = log.events().resolve(base.events().relativize(file));
        Files.createDirectories(to.getParent());
        Files.createLink(to, file);
      }
    }
    for (Path file : List.of(base.campaigns(), base.spend())) {
      Path to = log.folder().resolve(file.getFileName());
      Files.deleteIfExists(to);
      Files.createLink(to, file);
    }
  }

  private String rows(Log base, String name) {
    return """
        (WITH named AS (
          SELECT p, i, '%s-' || p AS person,
            CASE WHEN i %% %d = %d THEN 'conversion' WHEN i %% 10 < 6 THEN 'impression'
              WHEN i %% 10 < 9 THEN 'click' ELSE 'page_view' END AS event_type,
            make_timestamptz(epoch_us(TIMESTAMPTZ '%s 00:00:00+00') + i * %s // %d) AS event_time
          FROM range(%d) people(p), range(%d) events(i)),
        campaigns AS (
          SELECT *, row_number() OVER (ORDER BY campaign_id) - 1 AS place, count(*) OVER () AS n
          FROM read_csv('%s', all_varchar = true))
        SELECT strftime(event_time, '%%Y-%%m-%%d') AS dt, event_time, event_time AS received_time, event_type,
          person || '-' || lpad(i::VARCHAR, 8, '0') AS event_id, person AS user_id, true AS consent,
          CASE WHEN event_type = 'conversion' THEN 'purchase' END AS event_name,
          CASE WHEN event_type = 'conversion' THEN 10 + i %% 90 END::DECIMAL(12, 2) AS value,
          CASE WHEN event_type = 'conversion' THEN 'EUR' END AS currency,
          CASE WHEN event_type = 'impression' AND i %% 10 = 5 THEN person || '-i' || i
            WHEN event_type = 'click' AND i %% 10 = 6 THEN person || '-i' || (i - 1) END AS impression_id,
          CASE WHEN event_type = 'conversion' THEN NULL ELSE campaign_id END AS campaign_id,
          CASE WHEN event_type = 'conversion' THEN NULL ELSE channel END AS channel
        FROM named JOIN campaigns ON (i // 10 * 7 + p) %% n = place)
        """
        .formatted(
            name,
            events / conversions,
            events / conversions / 2,
            Log.FROM,
            SPAN_US,
            events,
            people,
            events,
            base.campaigns());
  }
}
