package dev.throughline.input;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.config.ConfigLoader;
import dev.throughline.config.Settings;
import dev.throughline.model.Journeys;
import dev.throughline.table.Field;
import dev.throughline.testing.LogFixture;
import dev.throughline.testing.TestSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same events, however a log is written, read as the same rows. */
class LogFormatsTest {
  private static final LocalDate DAY = LocalDate.parse(LogFixture.DAY);
  private static final SparkSession SPARK = TestSession.get();

  @TempDir private static Path temp;
  private static LogFixture standard;
  private static List<String> expected;

  @BeforeAll
  static void standard() {
    standard = LogFixture.standard(temp.resolve("standard"));
    expected = read(Map.of("path", standard.events().toString()));
    // The eight rows of the day, and the click of the day before by someone who converts.
    assertEquals(9, expected.size());
    assertTrue(
        expected.stream().anyMatch(row -> row.contains("1793442600123456")), expected.toString());
  }

  @Test
  void timestampsWithoutZone() {
    Dataset<Row> local =
        LogFixture.standardRows().withColumn("event_time", col("event_time").cast("timestamp_ntz"));
    Path log = write("ntz", local);
    assertEquals(expected, read(Map.of("path", log.toString())));
    Dataset<Row> tokyo =
        LogFixture.standardRows()
            .withColumn("event_time", expr("cast(event_time + interval 9 hours as timestamp_ntz)"));
    Path other = write("tokyo", tokyo);
    assertEquals(expected, read(Map.of("path", other.toString(), "timestamp-zone", "Asia/Tokyo")));
  }

  @Test
  void int96() {
    SparkSession legacy = SPARK.newSession();
    legacy.conf().set("spark.sql.parquet.outputTimestampType", "INT96");
    legacy.conf().set("spark.sql.session.timeZone", "UTC");
    Path log = temp.resolve("int96");
    legacy
        .read()
        .parquet(standard.events().toString())
        .coalesce(1)
        .write()
        .partitionBy("dt")
        .parquet(log.toString());
    assertTrue(schemaOf(log).contains("int96 event_time"), schemaOf(log));
    assertEquals(expected, read(Map.of("path", log.toString())));
  }

  @Test
  void writtenByDuckDb() throws Exception {
    Path local =
        write(
            "for-duckdb",
            LogFixture.standardRows()
                .withColumn("event_time", col("event_time").cast("timestamp_ntz")));
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      for (String type : List.of("TIMESTAMP", "TIMESTAMPTZ", "TIMESTAMP_NS")) {
        Path log = temp.resolve("duckdb-" + type);
        for (String day : List.of("2026-10-30", LogFixture.DAY)) {
          Files.createDirectories(log.resolve("dt=" + day));
          statement.execute(
              ("COPY (SELECT * EXCLUDE (dt) REPLACE (event_time::%s AS event_time)"
                      + " FROM read_parquet('%s/dt=%s/*.parquet', hive_partitioning = true))"
                      + " TO '%s/dt=%s/events.parquet' (FORMAT parquet)")
                  .formatted(type, local, day, log, day));
        }
        Map<String, String> keys = new HashMap<>(Map.of("path", log.toString()));
        if (type.equals("TIMESTAMP_NS")) {
          keys.put("columns.event_time", "timestamp_micros(event_time div 1000)");
        }
        assertEquals(expected, read(keys), type);
      }
    }
  }

  @Test
  void columnsMappedByExpressions() {
    Dataset<Row> foreign =
        LogFixture.standardRows()
            .selectExpr(
                "date_format(to_date(dt), 'yyyy-MM-dd') as day_of_log",
                "struct(event_id as uuid, upper(event_type) as kind) as e",
                "date_format(event_time, 'yyyy-MM-dd HH:mm:ss.SSSSSS') as text",
                "event_name",
                "map('user', user_id) as ids",
                "array(campaign_id, channel) as source",
                "cast(value * 100 as bigint) as cents",
                "lower(currency) as currency");
    Path log = temp.resolve("foreign");
    foreign.coalesce(1).write().partitionBy("day_of_log").parquet(log.toString());
    Map<String, String> keys =
        new HashMap<>(
            Map.of(
                "path", log.toString(),
                "partition.column", "day_of_log",
                "columns.event_id", "e.uuid",
                "columns.event_type", "lower(e.kind)",
                "columns.event_time", "to_timestamp(text)",
                "columns.user_id", "ids['user']",
                "columns.campaign_id", "source[0]",
                "columns.channel", "source[1]",
                "columns.value", "cents / 100",
                "columns.currency", "upper(currency)"));
    assertEquals(expected, read(keys));
  }

  /** As docs/semantics.md has it. Without the mapping all these events are in the future. */
  @Test
  void clocksOfDevicesCorrectedByWhenTheySent() {
    Dataset<Row> received =
        LogFixture.standardRows()
            .withColumn("received_time", expr("event_time + interval 5 seconds"));
    Dataset<Row> threeHoursAhead =
        received
            .withColumn("sent_time", expr("received_time + interval 3 hours"))
            .withColumn("event_time", expr("event_time + interval 3 hours"));
    Map<String, String> skewed = Map.of("path", write("skewed", threeHoursAhead).toString());
    Map<String, String> mapped = new HashMap<>(skewed);
    mapped.put(
        "columns.event_time",
        "timestamp_micros(unix_micros(event_time) + unix_micros(received_time) - unix_micros(sent_time))");
    List<String> right = read(Map.of("path", write("received", received).toString()));

    assertEquals(expected.size(), right.size());
    assertEquals(right, read(mapped));
    assertTrue(read(skewed).stream().noneMatch(right::contains));
  }

  @Test
  void tablesInPlaceOfAPath() {
    LogFixture.standardRows().createOrReplaceTempView("view_of_log");
    assertEquals(expected, read(Map.of("table", "view_of_log")));
    SPARK.sql(
        "create table saved_log using parquet partitioned by (dt) location '"
            + temp.resolve("saved")
            + "' as select * from view_of_log");
    try {
      assertEquals(expected, read(Map.of("table", "saved_log")));
    } finally {
      SPARK.sql("drop table saved_log");
    }
  }

  @Test
  void numbersStandForIdsAndIntegersForMoney() {
    Dataset<Row> numeric =
        LogFixture.standardRows()
            .withColumn("campaign_id", expr("cast(substring(campaign_id, 2) as int)"))
            .withColumn("value", expr("cast(value as int)"));
    Path log = write("numeric", numeric);
    assertEquals(
        expected,
        read(Map.of("path", log.toString(), "columns.campaign_id", "'c' || campaign_id")));
    assertTrue(
        read(Map.of("path", log.toString())).stream().anyMatch(row -> row.contains(",1,paid_s")));
  }

  @Test
  void optionalColumnsMayBeAbsent() {
    Path log =
        write(
            "minimal",
            LogFixture.standardRows().select("dt", "event_id", "event_time", "event_type"));
    List<String> rows = read(Map.of("path", log.toString()));
    assertEquals(9, rows.size());
  }

  @Test
  void olderFilesMayLackAColumn() {
    Dataset<Row> all = LogFixture.standardRows();
    Path log = temp.resolve("older");
    Dataset<Row> before = all.where("dt = '2026-10-30'").drop("channel", "value");
    Dataset<Row> today = all.where(col("dt").equalTo(LogFixture.DAY));
    for (Dataset<Row> part : List.of(before, today)) {
      part.coalesce(1).write().mode("append").partitionBy("dt").parquet(log.toString());
    }
    List<String> rows = read(Map.of("path", log.toString()));
    // What the older file lacks is NULL; all the rest is as it was.
    assertEquals(9, rows.size());
    assertEquals(8, rows.stream().filter(expected::contains).count());
    assertTrue(rows.stream().anyMatch(row -> row.contains("e01,null,u1,null,c1,null")), rows + "");
  }

  private static Path write(String name, Dataset<Row> rows) {
    Path log = temp.resolve(name);
    rows.coalesce(1).write().partitionBy("dt").parquet(log.toString());
    return log;
  }

  private static String schemaOf(Path log) {
    try (var files = Files.walk(log)) {
      Path file = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
      var input =
          org.apache.parquet.hadoop.util.HadoopInputFile.fromPath(
              new org.apache.hadoop.fs.Path(file.toString()),
              new org.apache.hadoop.conf.Configuration());
      try (var reader = org.apache.parquet.hadoop.ParquetFileReader.open(input)) {
        return reader.getFileMetaData().getSchema().toString();
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static Settings settings(Map<String, String> ofEvents, Map<String, String> more) {
    Map<String, String> keys = new HashMap<>(more);
    keys.put("throughline.output.path", "unused");
    ofEvents.forEach((key, value) -> keys.put("throughline.input.events." + key, value));
    return ConfigLoader.load(Optional.empty(), keys, Journeys.models());
  }

  /** Every row that a run of the day reads, as text, sorted. */
  private static List<String> read(Map<String, String> ofEvents) {
    Settings settings = settings(ofEvents, Map.of());
    EventLog log = EventLog.open(SPARK, settings, Period.of(DAY, DAY, settings));
    Dataset<Row> converters = log.converters();
    Column[] columns =
        Events.READ.stream()
            .filter(field -> !field.equals(Events.FILE))
            .map(Field::col)
            .toArray(Column[]::new);
    try {
      return log.events(converters, true).select(columns).collectAsList().stream()
          .map(Row::toString)
          .sorted()
          .toList();
    } finally {
      converters.unpersist();
    }
  }
}
