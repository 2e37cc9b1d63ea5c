package dev.throughline.input;

import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.config.Settings;
import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.testing.LogFixture;
import dev.throughline.testing.ParquetFiles;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders as people lay them out below a log's days, and names that stand for no data. */
class LogFoldersTest {
  private static final LocalDate DAY = LocalDate.parse(LogFixture.DAY);

  @TempDir Path temp;
  private LogFixture log;
  private Path today;

  @BeforeEach
  void write() {
    log = LogFixture.standard(temp);
    today = log.file(LogFixture.DAY);
  }

  private List<Row> read(Map<String, String> more) {
    Map<String, String> keys = new HashMap<>(Map.of("path", log.events().toString()));
    keys.putAll(more);
    Settings settings = LogFormatsTest.settings(keys, Map.of());
    EventLog opened = EventLog.open(TestSession.get(), settings, Period.of(DAY, DAY, settings));
    opened.check();
    Dataset<Row> events = opened.events(opened.converters(), true);
    List<Row> rows = events.collectAsList();
    Map<Long, Long> read = new HashMap<>();
    rows.forEach(row -> read.merge(row.getAs(Events.FILE.name()), 1L, Long::sum));
    Map<Long, Long> counted = new HashMap<>();
    opened.rowsByFile().forEach((file, of) -> counted.put(file, of.rows()));
    if (!more.containsKey("format")) {
      assertEquals(counted, read, "rows by file");
    }
    return rows;
  }

  private static List<String> campaigns(List<Row> rows) {
    return rows.stream()
        .filter(row -> row.getDate(0).toLocalDate().equals(DAY))
        .map(row -> String.valueOf(row.<Object>getAs("campaign_id")))
        .distinct()
        .sorted()
        .toList();
  }

  /** The day's file once more, in folders below its day. */
  private Path copy(String to) throws IOException {
    Path target = today.getParent().resolve(to);
    Files.createDirectories(target.getParent());
    return Files.copy(today, target);
  }

  @Test
  void daysMayBeDividedInDifferentWays() throws IOException {
    copy("hour=10/part-0.parquet");
    copy("hour=11/minute=30/part-0.parquet");
    copy("Hour=12/part-0.parquet");
    copy("dt=2026-10-31/part-0.parquet");
    copy("dt=2026-10-31/hour=10/part-0.parquet");
    copy("_p=1/part-0.parquet");
    copy("delivery 7/part-0.parquet");
    copy("page=a%2Fb/part-0.parquet");
    List<Row> rows =
        read(
            Map.of("columns.campaign_id", "coalesce(hour, _p, page)", "columns.channel", "minute"));
    assertEquals(1 + 9 * 8, rows.size());
    assertEquals(List.of("1", "10", "11", "12", "a/b", "null"), campaigns(rows));
    assertEquals(8, rows.stream().filter(row -> "30".equals(row.getAs("channel"))).count());
  }

  @Test
  void whatReadersPassOverIsNotCounted() throws IOException {
    for (String name :
        List.of(
            "b.parquet._COPYING_",
            ".hidden.parquet",
            "_x.parquet",
            "_metadata",
            "_common_metadata",
            "_x/part-0.parquet",
            "_temporary/0/part-0.parquet",
            ".hidden/part-0.parquet",
            ".hidden/x=1/part-0.parquet",
            "hour=10._COPYING_/part-0.parquet")) {
      copy(name);
    }
    for (String marker : List.of("hour=10_$folder$", "hour=10/x_$folder$")) {
      Files.createDirectories(today.resolveSibling(marker).getParent());
      Files.createFile(today.resolveSibling(marker));
    }
    Files.createFile(log.events().resolve("dt=2026-10-31_$folder$"));
    assertEquals(9, read(Map.of()).size());
    for (String data : List.of("part.tmp", "hour=10/empty.parquet", "_p=1/empty")) {
      Path file = today.resolveSibling(data);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
      ThroughlineException refused = assertThrows(ThroughlineException.class, () -> read(Map.of()));
      assertTrue(refused.getMessage().contains(file + " has 0 bytes"), refused.getMessage());
      Files.delete(file);
    }
  }

  @Test
  void columnsOfFoldersStayText() throws IOException {
    log = LogFixture.in(temp.resolve("named"));
    log.write(LogFixture.standardRows().drop("campaign_id"));
    today = log.file(LogFixture.DAY);
    for (String id : List.of("007", "08", "1e3", "2026-01-01", "__HIVE_DEFAULT_PARTITION__", "")) {
      copy("campaign_id=" + id + "/part-0.parquet");
    }
    List<Row> rows = read(Map.of());
    assertEquals(List.of("007", "08", "1e3", "2026-01-01", "null"), campaigns(rows));
    assertEquals(1 + 7 * 8, rows.size());
  }

  @Test
  void whatFoldersSayWinsOverWhatFilesHold() throws IOException {
    Path source = Files.move(today, temp.resolve("source.parquet"));
    for (String inside :
        List.of(
            "'2020-01-01' AS dt",
            "DATE '2020-01-01' AS dt",
            "20200101 AS dt",
            "uuid() AS DT",
            "NULL AS dt")) {
      ParquetFiles.byDuckDb(
          today.resolveSibling("part-duckdb.parquet"),
          "SELECT *, " + inside + " FROM read_parquet('" + source + "')");
      List<Row> read = read(Map.of("columns.session_id", "string(dt)"));
      assertEquals(9, read.size(), inside);
      assertEquals(
          8, read.stream().filter(row -> "2026-10-31".equals(row.getAs("session_id"))).count());
    }
  }

  @Test
  void foldersThatContradictAreRefused() throws IOException {
    Path other = copy("dt=2026-10-30/part-0.parquet");
    refused(other + " lies in a folder dt=2026-10-30 within one of dt=2026-10-31. Move it");
    Files.delete(other);
    Path twice = copy("hour=1/HOUR=2/part-0.parquet");
    refused(twice + " lies in a folder HOUR=2 within one of HOUR=1");
    Files.delete(twice);
    // A campaign of the folder beside campaigns in files: which one is meant is not to be guessed.
    copy("campaign_id=c1/part-0.parquet");
    refused(
        log.file("2026-10-30")
            + " has a column campaign_id, which other files of the log have in the names of",
        "Deliver all days in the one way or in the other");
    // Where nobody asks for it, it does no harm.
    assertEquals(17, read(Map.of("columns.campaign_id", "'c'")).size());
  }

  private void refused(String... told) {
    ThroughlineException refused = assertThrows(ThroughlineException.class, () -> read(Map.of()));
    assertEquals(ErrorKind.INPUT, refused.kind());
    for (String text : told) {
      assertTrue(refused.getMessage().contains(text), refused.getMessage() + "\nlacks " + text);
    }
  }

  @Test
  void orcIsReadFromTheSameFolders() {
    Path orc = temp.resolve("orc");
    LogFixture.standardRows()
        .withColumn("hour", expr("hour(event_time)"))
        .write()
        .partitionBy("dt", "hour")
        .orc(orc.toString());
    List<Row> rows =
        read(Map.of("path", orc.toString(), "format", "orc", "columns.campaign_id", "hour"));
    assertEquals(List.of("10", "11", "8", "9"), campaigns(rows));
  }
}
