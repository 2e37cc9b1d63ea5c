package dev.throughline.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
  /** People beyond anything that is human. */
  static final HeavyPeople ONE = new HeavyPeople(1, 2_000_000, 600);

  static final HeavyPeople FIVE = new HeavyPeople(5, 120_000, 590);

  private static final String SPAN_US =
      Long.toString((Log.TO.toEpochDay() - Log.FROM.toEpochDay() + 1) * 86_400_000_000L);

  /** Writes the log of a base and of heavy people; the base's files are linked, not copied. */
  static void write(Log base, Log log, List<HeavyPeople> heavy) throws IOException, SQLException {
    Folders.deleteAll(log.events());
    log.link(base);
    String rows =
        IntStream.range(0, heavy.size())
            .mapToObj(i -> heavy.get(i).rows(base, "heavy-" + i))
            .collect(Collectors.joining(" UNION ALL BY NAME "));
    FileSql.run(
        List.of(
            "COPY ((SELECT * FROM "
                + FileSql.events(base)
                + " LIMIT 0) UNION ALL BY NAME "
                + rows
                + ") TO '"
                + log.events()
                + "' (FORMAT parquet, PARTITION_BY (dt), FILENAME_PATTERN 'heavy-{i}',"
                + " OVERWRITE_OR_IGNORE)"));
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
