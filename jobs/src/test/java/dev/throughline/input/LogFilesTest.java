package dev.throughline.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.CompressionCodec;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as other tools write them: healthy ones give their rows, others are refused in words. */
class LogFilesTest {
  private static final LocalDate DAY = LocalDate.parse(LogFixture.DAY);
  private static final String BEFORE = "2026-10-30";
  @TempDir private static Path shared;
  private static String today;
  private static String before;
  private static List<String> expected;
  @TempDir Path temp;

  @BeforeAll
  static void standard() {
    LogFixture standard = LogFixture.standard(shared);
    today = "SELECT %s FROM read_parquet('" + standard.file(LogFixture.DAY) + "')";
    before = "SELECT %s FROM read_parquet('" + standard.file(BEFORE) + "')";
    expected = rows(standard.events(), Map.of());
    assertEquals(9, expected.size());
  }

  /** A log by DuckDB, each day with the columns that are given. */
  private Path log(String columnsBefore, String columnsToday, String... options) {
    Path log = temp.resolve("log-" + System.nanoTime());
    ParquetFiles.byDuckDb(file(log, BEFORE), before.formatted(columnsBefore), options);
    ParquetFiles.byDuckDb(file(log, LogFixture.DAY), today.formatted(columnsToday), options);
    return log;
  }

  private static Path file(Path log, String day) {
    return log.resolve("dt=" + day).resolve("part-0.parquet");
  }

  private static EventLog open(Path log, Map<String, String> more) {
    Map<String, String> keys = new HashMap<>(more);
    keys.put("path", log.toString());
    Settings settings = LogFormatsTest.settings(keys, Map.of());
    return EventLog.open(TestSession.get(), settings, Period.of(DAY, DAY, settings));
  }

  /** Every row that a run reads, after the checks that a run makes. */
  private static List<Row> read(Path log, Map<String, String> more) {
    EventLog opened = open(log, more);
    opened.check();
    Dataset<Row> events = opened.events(opened.converters(), true);
    List<Row> rows = events.collectAsList();
    Map<Long, Long> read = new HashMap<>();
    rows.forEach(row -> read.merge(row.getAs(Events.FILE.name()), 1L, Long::sum));
    Map<Long, Long> counted = new HashMap<>();
    opened.rowsByFile().forEach((file, of) -> counted.put(file, of.rows()));
    counted.values().removeIf(count -> count == 0);
    assertEquals(counted, read, "rows by file");
    return rows;
  }

  private static List<String> rows(Path log, Map<String, String> more) {
    List<String> rows = new ArrayList<>();
    for (Row row : read(log, more)) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        if (i != Events.READ.indexOf(Events.FILE)) {
          cells.add(String.valueOf(row.get(i)));
        }
      }
      rows.add(String.join(",", cells));
    }
    return rows.stream().sorted().toList();
  }

  private static List<String> values(Path log, String column, Map<String, String> more) {
    return read(log, more).stream()
        .map(row -> String.valueOf(row.<Object>getAs(column)))
        .sorted()
        .distinct()
        .toList();
  }

  private static String refused(Path log, Map<String, String> more, String... told) {
    EventLog opened = open(log, more);
    ThroughlineException error =
        assertThrows(
            ThroughlineException.class,
            () -> {
              opened.requireColumns();
              opened.check();
            });
    assertEquals(ErrorKind.INPUT, error.kind());
    for (String text : told) {
      assertTrue(error.getMessage().contains(text), error.getMessage() + "\nlacks " + text);
    }
    return error.getMessage();
  }

  @Test
  void rowGroupsWithoutRowsAreNoDamage() {
    Path log = log("*", "*");
    for (int at : List.of(0, 1, 3)) {
      for (long offset : List.of(0L, 4L, 1L << 40)) {
        Path file = file(log, at == 1 ? BEFORE : LogFixture.DAY);
        ParquetFiles.addEmptyRowGroup(file, Math.min(at, 1), offset);
      }
    }
    // In the middle, and files of nothing else.
    Path middle = log.resolve("dt=2026-10-31/part-1.parquet");
    ParquetFiles.byDuckDb(
        middle,
        today.formatted("* REPLACE (event_id || 'x' AS event_id)")
            + " CROSS JOIN range(4000) WHERE event_id = 'e02'",
        "ROW_GROUP_SIZE 2048");
    ParquetFiles.addEmptyRowGroup(middle, 1, 4);
    ParquetFiles.byDuckDb(
        log.resolve("dt=2026-10-31/part-2.parquet"), today.formatted("*") + " WHERE false");
    ParquetFiles.addEmptyRowGroup(copy(middle, "part-3.parquet"), 2, 0);
    assertEquals(9 + 2 * 4000, rows(log, Map.of()).size());
  }

  private static Path copy(Path file, String name) {
    try {
      return Files.copy(file, file.resolveSibling(name));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void columnsThatNobodyMapsMayHaveAnyType() {
    String odd =
        "*, uuid() AS request_id, TIME '10:00' AS at, INTERVAL 1 DAY AS took, [uuid()] AS ids,"
            + " {'person': user_id, 'id': uuid(), 'deep': {'at': TIME '10:00', 'n': 1}} AS extra,"
            + " {'id': uuid()} AS only_ids, MAP {'a': uuid()} AS named, 1::UBIGINT AS big,"
            + " TIMETZ '10:00' AS local, 'x'::BLOB AS bytes";
    Path log = log(odd, odd);
    assertEquals(expected, rows(log, Map.of()));
    // What is beside them in a column can be read.
    assertEquals(expected, rows(log, Map.of("columns.user_id", "extra.person")));
    assertEquals(9, read(log, Map.of("columns.session_id", "extra.deep.n")).size());
    for (String column : List.of("request_id", "at", "took", "ids", "only_ids", "named")) {
      String error =
          refused(
              log,
              Map.of("columns.session_id", "string(" + column + ")"),
              "The file file:" + log,
              "its column " + column + " is ",
              "a type that Spark does not read: write it as another type");
      assertFalse(error.contains("Deliver it again"), error);
    }
  }

  @Test
  void aFileThatParquetCannotParseIsNotCalledDamaged() {
    Path log = log("*", "*, NULL::INTEGER AS half");
    ParquetFiles.makeNull(file(log, LogFixture.DAY), "half");
    assertEquals(expected, rows(log, Map.of()));
    ParquetFiles.makeUnknown(file(log, LogFixture.DAY));
    String error =
        refused(
            log,
            Map.of(),
            file(log, LogFixture.DAY)
                + " cannot be read: its column half is of a type that is newer",
            "write it again without the column");
    assertFalse(error.contains("Deliver it again"), error);
  }

  @Test
  void aColumnOfTypeNullIsNullOnWhateverDay() {
    for (String column : List.of("user_id", "value", "event_time", "event_name")) {
      String without = "* REPLACE (NULL::INTEGER AS " + column + ")";
      for (String day : List.of(BEFORE, LogFixture.DAY)) {
        boolean newest = day.equals(LogFixture.DAY);
        Path log = log(newest ? "*" : without, newest ? without : "*");
        // As DuckDB and others write it, then as pyarrow and pandas do.
        List<String> untyped = rows(log, Map.of());
        ParquetFiles.makeNull(file(log, day), column);
        assertEquals(untyped, rows(log, Map.of()), column + " on " + day);
        assertTrue(untyped.size() <= 9 && !untyped.isEmpty(), untyped.toString());
      }
    }
    // Of every optional column, on every day, in other sets of columns on each.
    String all =
        "* REPLACE (NULL::INTEGER AS value, NULL::INTEGER AS currency), NULL::INTEGER AS consent,"
            + " NULL::INTEGER AS viewable, NULL::INTEGER AS received_time";
    String some = "*, NULL::INTEGER AS consent, NULL::INTEGER AS cost";
    Path log = log(some, all);
    for (String column : List.of("value", "currency", "consent", "viewable", "received_time")) {
      ParquetFiles.makeNull(file(log, LogFixture.DAY), column);
    }
    ParquetFiles.makeNull(file(log, BEFORE), "consent");
    ParquetFiles.makeNull(file(log, BEFORE), "cost");
    assertEquals(9, read(log, Map.of()).size());
    assertEquals(List.of("null"), values(log, "value", Map.of()));
  }

  @Test
  void aColumnWithValuesIsNotTakenForNull() {
    Path log = log("*", "* REPLACE (7 AS campaign_id)");
    ParquetFiles.makeNull(file(log, LogFixture.DAY), "campaign_id");
    refused(log, Map.of(), "its column campaign_id is of type null and has values");
  }

  @Test
  void decimalsInBytesAndNumbersInStreamsAreRead() {
    Path log = log("*", "*");
    ParquetFiles.byExample(
        log.resolve("dt=2026-10-31/binary.parquet"),
        "message m { required binary event_id (UTF8); required int64 event_time (TIMESTAMP_MICROS);"
            + " required binary event_type (UTF8); optional binary event_name (UTF8);"
            + " optional binary user_id (UTF8); optional binary value (DECIMAL(12,2)); }",
        row ->
            row.append("event_id", "b1")
                .append("event_time", 1_793_448_000_000_000L)
                .append("event_type", "conversion")
                .append("event_name", "purchase")
                .append("user_id", "u9")
                .append(
                    "value",
                    org.apache.parquet.io.api.Binary.fromConstantByteArray(
                        new byte[] {0x01, (byte) 0xF4})));
    assertEquals(
        List.of("20.000000", "5.000000", "50.000000", "null"), values(log, "value", Map.of()));
    Path split =
        log(
            "* REPLACE (value::DOUBLE AS value)", "* REPLACE (value::DOUBLE AS value)",
            "PARQUET_VERSION V2", "DICTIONARY_SIZE_LIMIT 1");
    assertEquals(expected, rows(split, Map.of()));
  }

  @Test
  void codecsThatAreLackingAreToldBeforeAnythingIsRead() {
    Path log = log("*, 'x' AS extra", "*, 'x' AS extra");
    for (CompressionCodec codec : List.of(CompressionCodec.BROTLI, CompressionCodec.LZO)) {
      compressed(log, "extra", codec);
      assertEquals(expected, rows(log, Map.of()));
      refused(
          log,
          Map.of("columns.session_id", "extra"),
          "its column extra is compressed by " + codec + ", which this Spark does not unpack");
    }
  }

  private static void compressed(Path log, String column, CompressionCodec codec) {
    ParquetFiles.rewrite(
        file(log, LogFixture.DAY),
        footer ->
            footer.getRow_groups().get(0).getColumns().stream()
                .map(chunk -> chunk.getMeta_data())
                .filter(data -> data.getPath_in_schema().contains(column))
                .forEach(data -> data.setCodec(codec)));
  }

  @Test
  void columnsThatDifferByCaseAreToldBoth() {
    Path log = temp.resolve("case");
    ParquetFiles.byExample(
        file(log, LogFixture.DAY),
        "message m { required binary event_id (UTF8); required int64 event_time (TIMESTAMP_MICROS);"
            + " required binary event_type (UTF8); optional binary campaign_id (UTF8);"
            + " optional int32 Campaign_ID; optional int32 other; optional int32 OTHER; }",
        row ->
            row.append("event_id", "b1")
                .append("event_time", 1_793_448_000_000_000L)
                .append("event_type", "click")
                .append("campaign_id", "c1")
                .append("Campaign_ID", 7)
                .append("other", 7));
    refused(
        log,
        Map.of(),
        "its column campaign_id is there twice, as campaign_id and Campaign_ID, which differ only",
        file(log, LogFixture.DAY).toString());
    assertEquals(1, read(log, Map.of("columns.campaign_id", "'c'")).size());
  }
}
