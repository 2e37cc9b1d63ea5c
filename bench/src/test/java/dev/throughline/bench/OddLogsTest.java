package dev.throughline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A load that is not what it says would show nothing. */
class OddLogsTest {
  private static final String EVENT =
      "SELECT '%s' AS dt, '%s' AS event_id, '%s' AS event_type, 'p' AS user_id,"
          + " TIMESTAMPTZ '%1$s 10:00:00+00' AS event_time,"
          + " TIMESTAMPTZ '%1$s 10:00:00+00' AS received_time, true AS consent,"
          + " NULL::VARCHAR AS event_name, NULL::DECIMAL(12, 2) AS value,"
          + " NULL::VARCHAR AS currency, %s AS impression_id, %s AS campaign_id,"
          + " 'display' AS channel";

  @TempDir private Path folder;
  private Log base;
  private Log odd;

  @BeforeEach
  void writeABase() throws Exception {
    base = new Log(folder.resolve("base"));
    odd = new Log(folder.resolve("odd"));
    Files.createDirectories(base.events());
    Files.createDirectories(odd.folder());
    Files.writeString(
        base.campaigns(),
        "campaign_id,campaign_name,channel,phase,target\na,A,display,see,\nb,B,email,do,\n");
    Files.writeString(base.spend(), "day,campaign_id,amount,currency\n2026-10-31,a,1,EUR\n");
    List<String> events =
        List.of(
            EVENT.formatted("2026-10-30", "i1", "impression", "'l1'", "'a'"),
            EVENT.formatted("2026-10-31", "c1", "click", "'l1'", "'a'"),
            EVENT.formatted("2026-10-31", "c2", "click", "NULL", "'b'"),
            EVENT.formatted("2026-10-31", "c3", "click", "NULL", "'b'"),
            EVENT.formatted("2026-10-31", "p1", "page_view", "NULL", "NULL"));
    FileSql.run(
        List.of(
            "COPY ("
                + String.join(" UNION ALL ", events)
                + ") TO '"
                + base.events()
                + "' (FORMAT parquet, PARTITION_BY (dt), OVERWRITE_OR_IGNORE)"));
  }

  @Test
  void manyCampaignsChangeNothingButTheCampaigns() throws Exception {
    OddLogs.manyCampaigns(base, odd, 1_000);

    String others = "SELECT * EXCLUDE (campaign_id) FROM %s ORDER BY event_id";
    assertEquals(
        answer(others.formatted(FileSql.events(base))),
        answer(others.formatted(FileSql.events(odd))));
    List<List<String>> campaigns =
        answer("SELECT event_id, campaign_id FROM " + FileSql.events(odd) + " ORDER BY event_id");
    assertEquals("c1", campaigns.get(0).get(0));
    assertEquals(campaigns.get(0).get(1), campaigns.get(3).get(1), "a click and its impression");
    assertEquals("null", campaigns.get(4).get(1));
    String described = "read_csv('" + odd.campaigns() + "', all_varchar = true)";
    assertEquals(
        List.of(List.of("1000", "1000", "500")),
        answer(
            "SELECT count(*), count(DISTINCT campaign_id),"
                + " count(*) FILTER (channel = 'email') FROM "
                + described));
    assertEquals(
        List.of(List.of("0")),
        answer(
            "SELECT count(*) FROM "
                + FileSql.events(odd)
                + " WHERE campaign_id NOT IN (SELECT campaign_id FROM "
                + described
                + ")"));
    assertEquals(List.of("day,campaign_id,amount,currency"), Files.readAllLines(odd.spend()));
  }

  @Test
  void manyFilesHoldTheSameRows() throws Exception {
    OddLogs.manyFiles(base, odd, 3);

    try (Stream<Path> files = Files.list(odd.events().resolve("dt=2026-10-31"))) {
      assertEquals(3, files.count());
    }
    String rows = "SELECT * FROM %s ORDER BY event_id";
    assertEquals(
        answer(rows.formatted(FileSql.events(base))), answer(rows.formatted(FileSql.events(odd))));
  }

  @Test
  void heavyPeopleHaveTheEventsTheyAreSaidToHave() throws Exception {
    HeavyPeople.write(base, odd, List.of(new HeavyPeople(2, 1_000, 5)));

    assertEquals(
        List.of(
            List.of("heavy-0-0", "1000", "5", "31"),
            List.of("heavy-0-1", "1000", "5", "31"),
            List.of("p", "5", "0", "2")),
        answer(
            "SELECT user_id, count(*), count(*) FILTER (event_type = 'conversion'),"
                + " count(DISTINCT dt) FROM "
                + FileSql.events(odd)
                + " GROUP BY ALL ORDER BY user_id"));
  }

  private static List<List<String>> answer(String sql) throws SQLException {
    try (Connection connection = FileSql.open();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      int columns = found.getMetaData().getColumnCount();
      List<List<String>> rows = new ArrayList<>();
      while (found.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(String.valueOf(found.getString(i)));
        }
        rows.add(row);
      }
      return rows;
    }
  }
}
