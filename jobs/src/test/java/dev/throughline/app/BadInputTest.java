package dev.throughline.app;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.testing.LogFixture;
import dev.throughline.testing.LogFixture.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Input that a run refuses: what it says, with which exit code, and that tables stay untouched. */
class BadInputTest {
  private static final String RUN_DAY = LogFixture.DAY;
  private static final String DAY_BEFORE = "2026-10-30";

  @TempDir private static Path shared;
  private static LogFixture good;
  private static Map<String, String> published;

  @TempDir Path temp;

  @BeforeAll
  static void publish() {
    good = LogFixture.standard(shared);
    Outcome outcome = good.run("--reports", "data_quality");
    assertEquals(0, outcome.code(), outcome.all());
    published = good.tables();
    // The table and its history.
    assertEquals(2, published.keySet().stream().filter(f -> f.endsWith(".parquet")).count());
  }

  @AfterEach
  void publishedTablesAreUntouched() {
    assertEquals(published, good.tables());
    assertFalse(Files.exists(good.warehouse().resolve("_staging")));
  }

  @Test
  void missingAndMistypedColumnsAreToldTogether() {
    Dataset<Row> rows =
        LogFixture.standardRows()
            .drop("event_type")
            .withColumn("event_time", expr("unix_micros(event_time)"))
            .withColumn("viewable", lit("yes"));
    String error = refused(3, log(rows));
    contains(
        error, "throughline.input.events.columns.event_type = \"event_type\" does not resolve");
    contains(error, "event_time = \"event_time\" is BIGINT, but event_time is TIMESTAMP; map it");
    contains(error, "timestamp_micros(event_time)");
    contains(error, "viewable = \"viewable\" is STRING, but viewable is BOOLEAN; map it with cast");
    contains(error, "It has the columns event_id, event_time, ");
    LogFixture standard = log(LogFixture.standardRows());
    contains(
        refused(3, standard, "--set", "throughline.input.events.columns.value=price"),
        "throughline.input.events.columns.value = \"price\" does not resolve");
  }

  @Test
  void missingDayIsNoEmptyDay() {
    LogFixture log = log(LogFixture.standardRows().where("dt = '" + DAY_BEFORE + "'"));
    String error = refused(3, log);
    contains(error, "has no dt=2026-10-31, a day of this run. It has dt=2026-10-30 to");
    contains(error, "mark a day without events by an empty");
    LogFixture nowhere = LogFixture.in(temp.resolve("nowhere"));
    contains(refused(3, nowhere), "does not exist. Check throughline.input.events.path.");
  }

  @Test
  void halfWrittenDayIsMissing() throws IOException {
    LogFixture log = log(LogFixture.standardRows());
    Path file = log.file(RUN_DAY);
    Path unfinished = file.resolveSibling("_temporary").resolve("0").resolve("task_1");
    Files.createDirectories(unfinished);
    Files.move(file, unfinished.resolve("part-00000.parquet"));
    contains(refused(3, log), "has no dt=2026-10-31, a day of this run");
  }

  @Test
  void fileOfZeroBytesIsRefused() throws IOException {
    for (String day : List.of(RUN_DAY, DAY_BEFORE)) {
      LogFixture log = log(LogFixture.standardRows());
      Path empty = Files.createFile(log.file(day).resolveSibling("part-2.parquet"));
      contains(refused(3, log), empty + " has 0 bytes: it was not written to its end");
    }
  }

  @Test
  void unreadableFilesAreNamed() throws IOException {
    for (boolean withChecksum : List.of(true, false)) {
      for (String day : List.of(RUN_DAY, DAY_BEFORE)) {
        LogFixture log = log(LogFixture.standardRows());
        Path truncated = log.file(day);
        byte[] whole = Files.readAllBytes(truncated);
        overwrite(truncated, Arrays.copyOf(whole, whole.length - 20), withChecksum);
        String error = refused(3, log);
        contains(error, "The file file:" + truncated + " cannot be read: ");
        contains(error, "Deliver it again. Nothing was published.");
      }
    }
    LogFixture log = log(LogFixture.standardRows());
    Path garbage = log.file(RUN_DAY);
    overwrite(garbage, "this is no Parquet file".getBytes(StandardCharsets.UTF_8), false);
    contains(refused(3, log), "The file file:" + garbage + " cannot be read: ");
  }

  @Test
  void flippedBitsAreFoundByPageChecksums() throws IOException {
    LogFixture log = log(LogFixture.standardRows());
    Path file = log.file(RUN_DAY);
    byte[] bytes = Files.readAllBytes(file);
    // The first page begins after the magic number and a short header.
    bytes[60] ^= 1;
    overwrite(file, bytes, false);
    String error = refused(3, log);
    contains(error, "The file file:" + file + " cannot be read: ");
    contains(error, "CRC checksum verification failed");
  }

  @Test
  void columnThatChangedItsTypeIsRefused() {
    LogFixture log = log(LogFixture.standardRows().where("dt = '" + RUN_DAY + "'"));
    log.write(
        LogFixture.standardRows()
            .where("dt = '" + DAY_BEFORE + "'")
            .withColumn("campaign_id", lit(7L)));
    String error = refused(3, log);
    contains(error, "The file file:" + log.file(DAY_BEFORE) + " cannot be read with the others: ");
    contains(error, "its column campaign_id is BIGINT, but STRING in file:" + log.file(RUN_DAY));
    // Before anything is computed, and wherever input is only looked at.
    assertFalse(error.contains("find the people who converted"), error);
    for (Outcome checked : List.of(log.command("validate"), log.run("--dry-run"))) {
      assertEquals(3, checked.code(), checked.all());
      contains(checked.err(), "its column campaign_id is BIGINT, but STRING in file:");
    }
  }

  @Test
  void repeatedRowsOfDimensionsAreRefused() throws IOException {
    Path spend = temp.resolve("spend.csv");
    Files.writeString(
        spend, "day,campaign_id,spend,currency\n2026-10-31,c1,5,EUR\n2026-10-31,c1,5,EUR\n");
    String error = refused(3, good, "--set", "throughline.input.spend.path=" + spend);
    contains(error, "more than one row for the same day and campaign_id: 2026-10-31, c1 (2 rows)");
    contains(error, spend.toString());
    Path campaigns = temp.resolve("campaigns.csv");
    Files.writeString(campaigns, "campaign_id,channel\nc1,display\nc1,search\n");
    contains(
        refused(3, good, "--set", "throughline.input.campaigns.path=" + campaigns),
        "more than one row for the same campaign_id: c1 (2 rows)");
    contains(
        refused(3, good, "--set", "throughline.input.spend.path=" + temp.resolve("none.csv")),
        "The table spend does not exist at " + temp.resolve("none.csv"));
  }

  @Test
  void currenciesAreNotMixed() throws IOException {
    LogFixture log = log(LogFixture.standardRows());
    log.write(LogFixture.rows("2026-10-31|e20|2026-10-31 12:00:00|conversion|x|u9|||700|JPY"));
    contains(
        refused(3, log),
        "The money of 2026-10-04 to 2026-10-31 is in more than one currency: EUR, JPY");
    Path spend = temp.resolve("spend.csv");
    Files.writeString(spend, "day,campaign_id,spend,currency\n2026-10-31,c1,5,USD\n");
    contains(
        refused(3, good, "--set", "throughline.input.spend.path=" + spend),
        "in more than one currency: EUR, USD");
    contains(
        refused(3, good, "--set", "throughline.currency=CHF"),
        "in more than one currency: CHF, EUR");
  }

  @Test
  void tablesMustBeThereAndHaveTheDay() {
    contains(
        refused(3, good, "--set", "throughline.input.events.table=no_such_table"),
        "The table no_such_table does not exist. Check throughline.input.events.table.");
    LogFixture.standardRows().drop("dt").createOrReplaceTempView("without_day");
    contains(
        refused(3, good, "--set", "throughline.input.events.table=without_day"),
        "The table without_day has no column dt. Check throughline.input.events.partition.column.");
    LogFixture.standardRows().where("dt = '2026-10-30'").createOrReplaceTempView("yesterday");
    contains(
        refused(3, good, "--set", "throughline.input.events.table=yesterday"),
        "The table yesterday has no rows of 2026-10-31, a day of this run");
  }

  @Test
  void daysMustBeDays() {
    contains(refused(2, good, "--date", "31.10.2026"), "'31.10.2026' is no date. Write YYYY-MM-DD");
    contains(refused(2, good, "--date", "2026-02-30"), "'2026-02-30' is no date");
    contains(
        refused(2, good, "--from", "2026-10-31", "--to", "2026-10-30"),
        "The range ends on 2026-10-30, before it begins on 2026-10-31.");
    contains(
        refused(2, good, "--from", "2026-10-31"), "Say which days: --date D, or --from A --to B");
    contains(refused(2, good, "--date", "2026-10-31", "--from", "2026-10-31"), "not both");
  }

  @Test
  void reportsMustBeThere() {
    contains(
        refused(2, good, "--reports", "campaign_funel"),
        "There is no report campaign_funel. The reports are campaign_funnel, ");
  }

  @Test
  void outputMustBeWritable() throws IOException {
    Path file = Files.writeString(temp.resolve("a-file"), "mine");
    for (Path output : List.of(file, file.resolve("below/it"))) {
      Outcome outcome = good.run("--set", "throughline.output.path=" + output);
      assertEquals(5, outcome.code(), outcome.all());
      contains(outcome.err(), "The output path " + output + " cannot be written: file:" + file);
      contains(outcome.err(), "is a file. Check throughline.output.path and its permissions.");
    }
    assertEquals("mine", Files.readString(file));
  }

  private LogFixture log(Dataset<Row> rows) {
    LogFixture log = LogFixture.in(temp.resolve("log-" + System.nanoTime()));
    log.write(rows);
    return log;
  }

  private static void overwrite(Path file, byte[] bytes, boolean keepChecksum) throws IOException {
    Files.write(file, bytes);
    if (!keepChecksum) {
      Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    }
  }

  private static void contains(String text, String expected) {
    assertTrue(text.contains(expected), "expected: " + expected + "\nwas: " + text);
  }

  /** Standard error of a run into the warehouse that is published already. */
  private static String refused(int code, LogFixture log, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--set", "throughline.output.path=" + good.warehouse()));
    Outcome outcome = log.run(all.toArray(String[]::new));
    assertEquals(code, outcome.code(), outcome.all());
    assertFalse(outcome.err().contains("\tat "), "no stack trace: " + outcome.err());
    assertEquals("", outcome.out());
    return outcome.err();
  }
}
