package dev.throughline.input;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.config.Settings;
import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.testing.LogFixture;
import dev.throughline.testing.Plans;
import dev.throughline.testing.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of one log whose columns differ. */
class LogFootersTest {
  private static final LocalDate DAY = LocalDate.parse(LogFixture.DAY);
  private static final LocalDate BEFORE = DAY.minusDays(1);

  @TempDir Path temp;

  private LogFixture log(Dataset<Row> before, Dataset<Row> today) {
    LogFixture log = LogFixture.in(temp.resolve("log-" + System.nanoTime()));
    log.write(before.where(col("dt").equalTo(BEFORE.toString())));
    log.write(today.where(col("dt").equalTo(LogFixture.DAY)));
    return log;
  }

  private static EventLog open(LogFixture log, Map<String, String> columns) {
    Map<String, String> keys = new HashMap<>(Map.of("path", log.events().toString()));
    columns.forEach((column, expression) -> keys.put("columns." + column, expression));
    Settings settings = LogFormatsTest.settings(keys, Map.of());
    return EventLog.open(TestSession.get(), settings, Period.of(DAY, DAY, settings));
  }

  private static String refused(LogFixture log, Map<String, String> columns) {
    EventLog opened = open(log, columns);
    ThroughlineException refused = assertThrows(ThroughlineException.class, opened::check);
    assertEquals(ErrorKind.INPUT, refused.kind());
    return refused.getMessage();
  }

  @Test
  void aColumnOfAnotherTypeIsToldWithBothFilesAndTypes() {
    Dataset<Row> rows = LogFixture.standardRows();
    Map<String, List<String>> changes =
        Map.of(
            "cast(event_time as timestamp_ntz)",
                List.of("event_time", "TIMESTAMP_NTZ", "TIMESTAMP"),
            "cast(coalesce(value, 1) as decimal(12,3))",
                List.of("value", "DECIMAL(12,3)", "DECIMAL(12,2)"),
            "cast(coalesce(value, 1) as decimal(13,2))",
                List.of("value", "DECIMAL(13,2)", "DECIMAL(12,2)"),
            "cast(7 as bigint)", List.of("campaign_id", "BIGINT", "STRING"));
    changes.forEach(
        (change, told) -> {
          LogFixture log = log(rows.withColumn(told.get(0), expr(change)), rows);
          String error = refused(log, Map.of());
          String types = "its column %s is %s, but %s in ".formatted(told.toArray());
          assertTrue(error.contains(types), error);
          assertTrue(error.contains(log.file(BEFORE.toString()).toString()), error);
          assertTrue(error.contains(log.file(LogFixture.DAY).toString()), error);
        });
  }

  @Test
  void onlyWhatIsReadHasToFit() {
    Dataset<Row> rows = LogFixture.standardRows();
    LogFixture unmapped =
        log(rows.withColumn("extra", expr("7")), rows.withColumn("extra", expr("'x'")));
    assertEquals(2, open(unmapped, Map.of()).check().files());
    // Of a nested column the part that is read, and whatever parts the older file lacks are NULL.
    LogFixture nested =
        log(
            rows.withColumn("ids", expr("named_struct('person', user_id, 'other', 7)")),
            rows.withColumn(
                "ids", expr("named_struct('person', user_id, 'other', 'x', 'device', 'd')")));
    EventLog opened = open(nested, Map.of("user_id", "ids.person", "session_id", "ids.device"));
    assertEquals(2, opened.check().files());
    List<Row> read = opened.events(opened.converters(), true).collectAsList();
    assertEquals(9, read.size());
    assertEquals(
        8, read.stream().filter(row -> "d".equals(row.getAs("session_id"))).count(), read + "");
    String error = refused(nested, Map.of("session_id", "cast(ids.other as string)"));
    assertTrue(error.contains("its column ids is STRUCT<"), error);
  }

  @Test
  void aSmallerDecimalOfTheSameScaleIsReadRightly() {
    Dataset<Row> rows = LogFixture.standardRows();
    LogFixture log =
        log(
            rows.withColumn("value", expr("cast(3.25 as decimal(11,2))")),
            rows.withColumn("value", expr("cast(4.25 as decimal(18,2))")));
    EventLog opened = open(log, Map.of());
    assertEquals(2, opened.check().files());
    List<String> values =
        opened.events(opened.converters(), true).select("value").distinct().collectAsList().stream()
            .map(Row::toString)
            .sorted()
            .toList();
    assertEquals(List.of("[3.250000]", "[4.250000]"), values);
  }

  @Test
  void columnsThatOnlySomeFilesOfTheDayHaveAreAWarningInOneLine() {
    Dataset<Row> rows = LogFixture.standardRows().where(col("dt").equalTo(LogFixture.DAY));
    LogFixture log = LogFixture.in(temp.resolve("some"));
    log.write(rows.where("user_id = 'u1'").drop("value", "currency"));
    log.write(rows.where("user_id <> 'u1'"));
    EventLog opened = open(log, Map.of());
    String warning = opened.check().warning().orElseThrow();
    assertTrue(
        warning.matches(".*[.]parquet has no column value, .*and 1 more of these.*"), warning);
    // Whichever file comes first, its columns are not all that is read.
    long valued = opened.events(opened.converters(), true).where("value is not null").count();
    assertEquals(1, valued, "u2 bought");
    LogFixture older = log(LogFixture.standardRows().drop("value"), LogFixture.standardRows());
    assertTrue(open(older, Map.of()).check().warning().isEmpty(), "NULL in older files is usual");
  }

  @Test
  void rowsAreCountedByFootersWithoutSpark() {
    EventLog opened = open(LogFixture.standard(temp), Map.of());
    Plans plans =
        Plans.during(
            () -> {
              opened.check();
              assertEquals(Map.of(BEFORE, 1L, DAY, 8L), opened.rowsByPartition());
            });
    assertEquals(List.of(), plans.nodes());
  }

  @Test
  void filesThatTheHashDoesNotTellApartAreCountedTogether() {
    LogFixture log = LogFixture.standard(temp);
    LogFolder folder =
        new LogFolder(
            log.events().toString(), "dt", TestSession.get().sessionState().newHadoopConf());
    List<LogFile> files = folder.files(List.of(BEFORE, DAY));
    LogFooters footers = new LogFooters(TestSession.get(), files);
    List<String> paths = files.stream().map(file -> file.path().toString()).toList();
    assertEquals(
        Map.of(7L, new FileRows(paths, 9)), footers.rowsByFile(List.of(BEFORE, DAY), any -> 7));
    assertEquals(
        Map.of(
            FileHash.of(files.get(0).path()), new FileRows(List.of(paths.get(0)), 1),
            FileHash.of(files.get(1).path()), new FileRows(List.of(paths.get(1)), 8)),
        footers.rowsByFile(List.of(BEFORE, DAY), FileHash::of));
  }

  @Test
  void logsWithoutFootersAreCountedByPartition() {
    Path orc = temp.resolve("orc");
    LogFixture.standardRows().write().partitionBy("dt").orc(orc.toString());
    LogFixture.standardRows().createOrReplaceTempView("log_without_footers");
    for (Map<String, String> keys :
        List.of(
            Map.of("path", orc.toString(), "format", "orc"),
            Map.of("table", "log_without_footers"))) {
      Settings settings = LogFormatsTest.settings(keys, Map.of());
      EventLog opened = EventLog.open(TestSession.get(), settings, Period.of(DAY, DAY, settings));
      assertEquals(Map.of(), opened.rowsByFile());
      assertEquals(Map.of(BEFORE, 1L, DAY, 8L), opened.rowsByPartition());
      Dataset<Row> read = opened.events(opened.converters(), true);
      assertEquals(9, read.where(Events.FILE.col().isNull()).count(), keys.toString());
    }
  }

  @Test
  void filesAreKnownHoweverTheLogIsNamed() throws IOException {
    Path log = LogFixture.standard(temp).events();
    Path link = Files.createSymbolicLink(temp.resolve("link"), log);
    List<String> names =
        List.of(
            log + "/",
            "file:" + log,
            "file://" + log,
            log + "/../events//",
            link.toString(),
            Path.of("").toAbsolutePath().relativize(log).toString());
    for (String name : names) {
      Settings settings = LogFormatsTest.settings(Map.of("path", name), Map.of());
      EventLog opened = EventLog.open(TestSession.get(), settings, Period.of(DAY, DAY, settings));
      Map<Long, Long> read = new HashMap<>();
      opened
          .events(opened.converters(), true)
          .collectAsList()
          .forEach(row -> read.merge(row.getAs(Events.FILE.name()), 1L, Long::sum));
      Map<Long, Long> counted = new HashMap<>();
      opened.rowsByFile().forEach((file, rows) -> counted.put(file, rows.rows()));
      assertEquals(2, counted.size());
      assertEquals(counted, read, name);
    }
  }
}
