package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.throughline.reports.Gaps;
import dev.throughline.table.Field;
import dev.throughline.testing.LogFixture;
import dev.throughline.testing.LogFixture.Outcome;
import dev.throughline.testing.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Night after night: ordinary days are published, days unlike them only if the user says so. */
@TestMethodOrder(OrderAnnotation.class)
class DriftRunTest {
  @TempDir private static Path temp;
  private static LogFixture log;
  private static int events;

  /** A day of October with so many clicks of each campaign, and a few conversions. */
  private static void day(int day, int clicksOfA, int clicksOfB, String... more) {
    String date = "2026-10-%02d".formatted(day);
    List<String> rows = new ArrayList<>(List.of(more));
    for (int i = 0; i < clicksOfA + clicksOfB; i++) {
      String campaign = i < clicksOfA ? "a|display" : "b|paid_search";
      rows.add(row(date, i, "click||u" + i + "|" + campaign + "||"));
    }
    for (int i = 0; i < 3; i++) {
      rows.add(row(date, i + 1, "conversion|purchase|u" + i + "|||5.00|EUR"));
    }
    log.write(LogFixture.rows(rows.toArray(String[]::new)));
  }

  /** A day whose clicks name no campaign any more; all else is as ever. */
  private static void dayWithoutCampaigns(int day, int clicks) {
    String date = "2026-10-%02d".formatted(day);
    List<String> rows = new ArrayList<>(List.of(row(date, 1, "conversion|purchase|u0|||5.00|EUR")));
    for (int i = 0; i < clicks; i++) {
      rows.add(row(date, i, "click||u" + i + "||display||"));
    }
    log.write(LogFixture.rows(rows.toArray(String[]::new)));
  }

  private static String row(String date, int minute, String rest) {
    return "%s|e%d|%s %02d:%02d:00|%s"
        .formatted(date, events++, date, 1 + minute / 60, minute % 60, rest);
  }

  @BeforeAll
  static void aWeek() throws IOException {
    log = LogFixture.in(temp);
    for (int day = 1; day <= 7; day++) {
      day(day, 40 + day, 30 - day);
    }
    day(8, 450, 260);
    day(9, 70, 0);
    day(10, 44, 22, row("2026-10-10", 1, "click||u1|new|email||"));
    log.markEmpty("2026-10-11");
    day(12, 41, 28);
    day(13, 5, 1);
    dayWithoutCampaigns(14, 70);
    dayWithoutCampaigns(15, 7);
    Outcome outcome = run("2026-10-01", "2026-10-07");
    assertEquals(0, outcome.code(), outcome.all());
    // Of the range's own days the first five have fewer days before them than are asked for.
    Config audit = manifest().getConfig("audit");
    assertFalse(audit.getBoolean("accepted"));
    assertEquals(
        "4 published days before it, fewer than throughline.audit.min-days = 5",
        audit.getString("days.2026-10-05.why_not"));
    assertTrue(audit.getBoolean("days.2026-10-06.compared"));
    assertEquals(6, audit.getStringList("days.2026-10-07.history").size());
  }

  private static Outcome run(String from, String to, String... more) {
    List<String> args = new ArrayList<>(List.of("--from", from, "--to", to));
    args.addAll(List.of("--reports", "data_quality,campaign_funnel"));
    for (String quick :
        List.of(
            "attribution.models=[last_touch]",
            "attribution.click-lookback=1d",
            "attribution.resamples=0",
            "periods=[1]",
            "output.keep-touches=false")) {
      args.addAll(List.of("--set", "throughline." + quick));
    }
    args.addAll(List.of(more));
    return log.run(args.toArray(String[]::new));
  }

  /** The manifest of the latest run. */
  private static Config manifest() throws IOException {
    try (var files = Files.list(log.warehouse().resolve("_runs"))) {
      return files
          .map(file -> ConfigFactory.parseFile(file.toFile()))
          .max(Comparator.comparing(manifest -> manifest.getString("finished")))
          .orElseThrow();
    }
  }

  private static Outcome refused(String from, String to, String... expected) throws IOException {
    Map<String, String> before = log.tables();
    Outcome outcome = run(from, to);
    assertEquals(7, outcome.code(), outcome.all());
    assertEquals(before, log.tables(), "published tables are as they were");
    assertFalse(Files.exists(log.warehouse().resolve("_staging")));
    assertTrue(outcome.err().contains("Nothing was published"), outcome.err());
    assertTrue(outcome.err().contains("run again with --accept-drift"), outcome.err());
    assertEquals("DRIFT", manifest().getString("error.kind"));
    List<String> listed =
        outcome.err().lines().filter(line -> line.startsWith("  - ")).sorted().toList();
    assertEquals(expected.length, listed.size(), outcome.err());
    for (int i = 0; i < expected.length; i++) {
      assertTrue(listed.get(i).startsWith("  - " + expected[i]), listed.toString());
    }
    return outcome;
  }

  private static void publishes(Outcome outcome, int day) throws IOException {
    assertEquals(0, outcome.code(), outcome.all());
    Config audit = manifest().getConfig("audit.days.2026-10-%02d".formatted(day));
    assertTrue(audit.getBoolean("compared"));
    assertTrue(
        Files.exists(
            log.warehouse()
                .resolve(
                    "campaign_funnel/day=2026-10-%02d/campaign_funnel.parquet".formatted(day))));
  }

  @Test
  @Order(1)
  void tenTimesTheClicksAreRefusedUntilTheyAreAccepted() throws IOException {
    refused(
        "2026-10-08",
        "2026-10-08",
        "2026-10-08: clicks 710, where the median of 7 days is 70 (z = 1",
        "2026-10-08: facts 713, where the median of 7 days is 73 (z = 1",
        "2026-10-08: rows 713, where the median of 7 days is 73 (z = 1");
  }

  /** Again with the day before, which is compared with the days before it, not with itself. */
  @Test
  @Order(2)
  void whatIsAcceptedIsPublishedAndRecorded() throws IOException {
    Outcome outcome = run("2026-10-07", "2026-10-08", "--accept-drift");
    publishes(outcome, 8);
    assertTrue(outcome.err().contains("warning  accepted: 2026-10-08: clicks 710"), outcome.err());
    Config audit = manifest().getConfig("audit");
    assertTrue(audit.getBoolean("accepted"));
    Config finding = audit.getConfigList("days.2026-10-08.findings").get(0);
    assertEquals("rows", finding.getString("figure"));
    assertEquals(713, finding.getDouble("value"));
    assertEquals(73, finding.getDouble("median"));
    assertEquals(7, finding.getInt("days"));
    assertEquals(List.of(), audit.getConfigList("days.2026-10-07.findings"));
    List<String> history = audit.getStringList("days.2026-10-07.history");
    assertEquals("2026-10-01", history.get(0));
    assertEquals("2026-10-06", history.get(history.size() - 1));
    // What was accepted is not refused when it is restated.
    Outcome again = run("2026-10-08", "2026-10-08");
    publishes(again, 8);
    assertTrue(again.err().contains("clicks 710, where"), again.err());
    assertTrue(again.err().contains(", as in what is published already"), again.err());
    assertFalse(manifest().getBoolean("audit.accepted"));
  }

  @Test
  @Order(3)
  void everyDayOfARangeIsJudgedByThoseBeforeItAlsoItsOwn() throws IOException {
    Outcome outcome =
        refused(
            "2026-10-09",
            "2026-10-13",
            "2026-10-09: clicks of campaign b 0, where the median of 7 days is 26 (z = ",
            "2026-10-09: clicks of channel paid_search 0, where",
            "2026-10-11: the log is delivered as empty, where the median of 7 days is",
            "2026-10-13: clicks 6, where the median of 7 days is",
            "2026-10-13: facts 9, where",
            "2026-10-13: rows 9, where");
    assertTrue(
        manifest().getStringList("audit.days.2026-10-13.history").contains("2026-10-12"),
        "staged, not published: " + outcome.all());
  }

  @Test
  @Order(4)
  void anOrdinaryDayIsPublishedAndWhatIsNewIsSaid() throws IOException {
    Path damaged = log.warehouse().resolve("data_quality/day=2026-10-06/data_quality.parquet");
    Files.write(damaged, new byte[] {1, 2, 3});
    Outcome outcome = run("2026-10-10", "2026-10-10");
    publishes(outcome, 10);
    assertTrue(
        outcome.err().contains("warning  not compared with 2026-10-06: The table "), outcome.err());
    assertTrue(
        outcome.err().contains("warning  new on 2026-10-10: campaign new, channel email"),
        outcome.err());
    Config audit = manifest().getConfig("audit");
    assertFalse(audit.getBoolean("accepted"));
    assertEquals(
        List.of("campaign new", "channel email"), audit.getStringList("days.2026-10-10.new"));
  }

  @Test
  @Order(5)
  void aColumnThatComesEmptyIsRefused() throws IOException {
    refused(
        "2026-10-14",
        "2026-10-14",
        "2026-10-14: share of clicks without campaign 1, where the median of 7 days is 0 (z = 7.5)");
  }

  @Test
  @Order(6)
  void aColumnThatComesEmptyIsPublishedIfItIsAccepted() throws IOException {
    Outcome outcome = run("2026-10-14", "2026-10-14", "--accept-drift");
    publishes(outcome, 14);
    assertTrue(
        outcome.err().contains("warning  accepted: 2026-10-14: share of clicks without campaign 1"),
        outcome.err());
    List<? extends Config> findings = manifest().getConfigList("audit.days.2026-10-14.findings");
    assertEquals(1, findings.size());
    assertEquals("share of clicks without campaign", findings.get(0).getString("figure"));
    assertEquals(1, findings.get(0).getDouble("value"));
  }

  /** What earlier versions published is compared in what it has, and no warning is given. */
  @Test
  @Order(7)
  void daysOfAnEarlierVersionAreComparedInWhatTheyTell() throws IOException {
    for (int day : List.of(1, 2, 3, 4, 5, 7, 8, 10, 14)) {
      withoutAddedColumns("day=2026-10-%02d".formatted(day));
    }
    Outcome outcome =
        refused(
            "2026-10-15",
            "2026-10-15",
            "2026-10-15: clicks 7, where the median of 7 days is",
            "2026-10-15: facts 8, where the median of 7 days is",
            "2026-10-15: rows 8, where the median of 7 days is");
    assertEquals(
        1, outcome.err().lines().filter(line -> line.contains("not compared with")).count());
    publishes(run("2026-10-15", "2026-10-15", "--accept-drift"), 15);
  }

  private static void withoutAddedColumns(String day) throws IOException {
    Path folder = log.warehouse().resolve("data_quality").resolve(day);
    Path file = folder.resolve("data_quality.parquet");
    Path earlier = temp.resolve("earlier").resolve(day);
    TestSession.get()
        .read()
        .parquet(file.toString())
        .drop(Gaps.ADDED.stream().map(Field::name).toArray(String[]::new))
        .coalesce(1)
        .write()
        .parquet(earlier.toString());
    try (var parts = Files.list(earlier)) {
      Path part = parts.filter(p -> p.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Files.copy(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
