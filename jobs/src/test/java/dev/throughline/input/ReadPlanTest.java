package dev.throughline.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.config.Settings;
import dev.throughline.testing.LogFixture;
import dev.throughline.testing.TestSession;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which partitions are read, which columns, and with which filters. */
class ReadPlanTest {
  private static final SparkSession SPARK = TestSession.get();
  private static final String WIDTH = "spark.sql.maxMetadataStringLength";
  private static final String LENGTH = "spark.sql.maxPlanStringLength";
  private static String lengthBefore;

  @TempDir private static Path temp;
  private static Path log;

  @BeforeAll
  static void write() {
    SPARK.conf().set(WIDTH, "100000");
    lengthBefore = SPARK.conf().get(LENGTH);
    SPARK.conf().set(LENGTH, "10000000");
    Dataset<Row> rows =
        LogFixture.rows(
            "2026-09-15|e1|2026-09-15 10:00:00|click||u1|c1|search||",
            "2026-10-24|e2|2026-10-24 10:00:00|click||u1|c1|search||",
            "2026-10-30|e3|2026-10-30 10:00:00|click||u1|c1|search||",
            "2026-10-31|e4|2026-10-31 10:00:00|click||u1|c1|search||",
            "2026-10-31|e5|2026-10-31 11:00:00|conversion|purchase|u1|||5|EUR",
            "2026-11-01|e6|2026-11-01 10:00:00|click||u1|c1|search||",
            "2026-11-01|e7|2026-10-31 23:59:59|conversion|purchase|u1|||7|EUR",
            "2026-11-02|e8|2026-10-31 23:00:00|conversion|purchase|u1|||9|EUR");
    log = temp.resolve("events");
    rows.selectExpr("*", "'x' as creative_id", "'y' as placement", "'z' as unused")
        .coalesce(1)
        .write()
        .partitionBy("dt")
        .parquet(log.toString());
  }

  @AfterAll
  static void restore() {
    SPARK.conf().unset(WIDTH);
    SPARK.conf().set(LENGTH, lengthBefore);
  }

  @Test
  void onlyTheRunAndItsLookbackAreRead() {
    // The 28 days of the longest period have a look-back of their own.
    assertEquals(
        List.of("2026-09-15", "2026-10-24", "2026-10-30", "2026-10-31"),
        partitions(Map.of(), "2026-10-31"));
    assertEquals(
        List.of("2026-10-24", "2026-10-30", "2026-10-31"),
        partitions(Map.of("throughline.periods", "[1]"), "2026-10-31"));
    // The conversions of 30 days of training have a look-back as well.
    assertEquals(
        List.of("2026-09-15", "2026-10-24", "2026-10-30", "2026-10-31"),
        partitions(
            Map.of(
                "throughline.periods", "[1]",
                "throughline.attribution.models", "[last_touch,shapley]"),
            "2026-10-31"));
    // However short these are, return visits look a week back.
    assertEquals(
        List.of("2026-10-24", "2026-10-30", "2026-10-31", "2026-11-01"),
        partitions(
            Map.of(
                "throughline.periods", "[1]",
                "throughline.attribution.click-lookback", "1d",
                "throughline.input.events.partition.late-days", "1"),
            "2026-10-31"));
    // A day in New York lies in two partitions of UTC days.
    assertEquals(
        List.of("2026-10-24", "2026-10-30", "2026-10-31", "2026-11-01"),
        partitions(
            Map.of(
                "throughline.periods", "[1]",
                "throughline.attribution.click-lookback", "0s",
                "throughline.attribution.view-lookback", "0s",
                "throughline.time-zone", "America/New_York",
                "throughline.input.events.partition.zone", "UTC"),
            "2026-10-31"));
  }

  @Test
  void onlyColumnsInUseAreReadAndOfConvertersThree() {
    EventLog opened = open(Map.of(), "2026-10-31");
    Dataset<Row> converters = opened.converters();
    try {
      String people = converters.queryExecution().executedPlan().toString();
      assertEquals(
          List.of("event_type,user_id"), found("ReadSchema: struct<([^\\n]*)>", people, true));
      assertTrue(
          found("PartitionFilters: \\[([^\\n]*?)\\], PushedFilters", people, false)
              .get(0)
              .contains("dt"),
          people);

      String plan = opened.events(converters, true).queryExecution().executedPlan().toString();
      List<String> columns =
          found("ReadSchema: struct<([^\\n]*)>", plan, true).stream()
              .filter(read -> !read.equals("event_type,user_id"))
              .toList();
      assertFalse(columns.isEmpty(), plan);
      for (String read : columns) {
        TreeSet<String> names = new TreeSet<>(List.of(read.split(",")));
        assertTrue(names.containsAll(List.of("event_id", "event_time", "value")), read);
        assertFalse(names.contains("creative_id") || names.contains("placement"), read);
        assertFalse(names.contains("unused"), read);
      }
    } finally {
      converters.unpersist();
    }
  }

  @Test
  void rowsThatAreCountedByFileSayWhichAndNoMore() {
    EventLog opened = open(Map.of(), "2026-10-31");
    Dataset<Row> converters = opened.converters();
    try {
      assertEquals(List.of(), scansWithMetadata(converters));
      assertEquals(List.of(), scansWithMetadata(opened.events(converters, false)));
      List<String> scans = scansWithMetadata(opened.events(converters, true));
      assertEquals(1, scans.size(), "that of the days that are read whole");
      // Where in its file a row stood would cost most.
      assertTrue(
          scans.get(0).matches(".*,dt#\\d+,file_path#\\d+\\] Batched: true.*"), scans.get(0));
    } finally {
      converters.unpersist();
    }
  }

  private static List<String> scansWithMetadata(Dataset<Row> rows) {
    return rows.queryExecution()
        .executedPlan()
        .toString()
        .lines()
        .filter(line -> line.contains("FileScan") && line.matches(".*(file_|row_index).*"))
        .toList();
  }

  @Test
  void lateEventsBelongToTheirOwnDay() {
    String late = "throughline.input.events.partition.late-days";
    assertEquals(Map.of("e4", "null", "e5", "null"), ofTheDay(Map.of()));
    assertEquals(Map.of("e4", "null", "e5", "null", "e7", "null"), ofTheDay(Map.of(late, "1")));
    assertEquals(
        Map.of("e4", "null", "e5", "null", "e7", "null", "e8", "null"),
        ofTheDay(Map.of(late, "2")));
    // What is filed under a day that it cannot be looked for in is rejected by that day's run.
    assertEquals(
        new TreeMap<>(
            Map.of(
                "e6", "null",
                "e7", "event_time_outside_partition")),
        rows(Map.of(), "2026-11-01"));
  }

  @Test
  void partitionsMayBeDaysOfAnotherZone() {
    Map<String, String> tokyo =
        Map.of(
            "throughline.time-zone", "Asia/Tokyo",
            "throughline.input.events.partition.zone", "UTC");
    // 2026-11-01 in Tokyo is 2026-10-31 15:00 to 2026-11-01 15:00 UTC.
    Map<String, String> rows = rows(tokyo, "2026-11-01");
    assertEquals("null", rows.get("e6"));
    assertFalse(rows.containsKey("e5"), "20:00 of the day before in Tokyo");
    assertEquals("event_time_outside_partition", rows.get("e7"));
  }

  private static Map<String, String> ofTheDay(Map<String, String> keys) {
    return rows(keys, "2026-10-31");
  }

  /** Reason of rejection by event, of what belongs to the day. */
  private static Map<String, String> rows(Map<String, String> keys, String day) {
    EventLog opened = open(keys, day);
    Dataset<Row> converters = opened.converters();
    try {
      Map<String, String> reasons = new TreeMap<>();
      opened
          .events(converters, true)
          .filter(Events.DAY.col().equalTo(java.sql.Date.valueOf(day)))
          .select(Events.EVENT_ID.col(), Events.REJECT_REASON.col())
          .collectAsList()
          .forEach(row -> reasons.put(row.getString(0), String.valueOf(row.get(1))));
      return reasons;
    } finally {
      converters.unpersist();
    }
  }

  private static List<String> partitions(Map<String, String> keys, String day) {
    EventLog opened = open(keys, day);
    Dataset<Row> converters = opened.converters();
    try {
      return Arrays.stream(opened.events(converters, true).inputFiles())
          .map(file -> file.replaceAll(".*dt=([-\\d]+)/.*", "$1"))
          .distinct()
          .sorted()
          .toList();
    } finally {
      converters.unpersist();
    }
  }

  private static EventLog open(Map<String, String> more, String day) {
    Map<String, String> keys = new HashMap<>();
    keys.put("path", log.toString());
    Map<String, String> all = new HashMap<>(more);
    all.putIfAbsent("throughline.attribution.models", "[last_touch]");
    Settings settings = LogFormatsTest.settings(keys, all);
    LocalDate date = LocalDate.parse(day);
    return EventLog.open(SPARK, settings, Period.of(date, date, settings));
  }

  private static List<String> found(String pattern, String plan, boolean names) {
    Matcher matcher = Pattern.compile(pattern).matcher(plan);
    TreeSet<String> found = new TreeSet<>();
    while (matcher.find()) {
      String text = matcher.group(1);
      found.add(names ? text.replaceAll(":(decimal\\(\\d+,\\d+\\)|\\w+)", "") : text);
    }
    return List.copyOf(found);
  }
}
