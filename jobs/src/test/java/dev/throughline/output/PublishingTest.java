package dev.throughline.output;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.table.Field;
import dev.throughline.table.Rule;
import dev.throughline.table.Table;
import dev.throughline.testing.LogFixture;
import dev.throughline.testing.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Staging, audit and publishing of a small table. */
class PublishingTest {
  private static final SparkSession SPARK = TestSession.get();
  private static final LocalDate FIRST = LocalDate.parse("2026-10-30");
  private static final LocalDate SECOND = LocalDate.parse("2026-10-31");
  private static final Field DAY = Field.required("day", DateType, "The day.");
  private static final Field ID = Field.required("id", StringType, "The thing.");
  private static final Field AMOUNT = Field.optional("amount", LongType, "How many.");
  private static final Table TABLE =
      new Table(
          "things",
          "Things of the day.",
          "One row for each thing.",
          List.of(DAY, ID, AMOUNT),
          List.of(DAY, ID),
          List.of(new Rule("an amount is positive", AMOUNT.col().gt(0))));

  @TempDir Path warehouse;

  @Test
  void everyDayHasOneFileAndNothingElseIsLeft() throws IOException {
    publish("r1", List.of(FIRST, SECOND), "2026-10-30|b|2", "2026-10-30|a|1", "2026-10-31|c|3");
    assertEquals(
        Set.of(
            "",
            "things",
            "things/day=2026-10-30",
            "things/day=2026-10-30/things.parquet",
            "things/day=2026-10-31",
            "things/day=2026-10-31/things.parquet"),
        LogFixture.tree(warehouse).keySet());
    assertEquals(List.of("[a,1,2026-10-30]", "[b,2,2026-10-30]", "[c,3,2026-10-31]"), published());
    // Another run of the first day replaces it alone; a day without rows is emptied.
    Map<String, String> before = LogFixture.tree(warehouse);
    publish("r2", List.of(FIRST));
    Map<String, String> after = LogFixture.tree(warehouse);
    assertEquals(before.keySet(), after.keySet());
    assertEquals(
        before.get("things/day=2026-10-31/things.parquet"),
        after.get("things/day=2026-10-31/things.parquet"));
    assertEquals(List.of("[c,3,2026-10-31]"), published());
  }

  @Test
  void brokenContractsPublishNothing() {
    publish("r1", List.of(SECOND), "2026-10-31|old|1");
    Map<String, String> before = LogFixture.tree(warehouse);
    broken("id is NULL in 1 of 2 rows", "2026-10-31||1", "2026-10-31|b|1");
    broken(
        "the rule \"an amount is positive\" is broken in 1 of 2 rows",
        "2026-10-31|a|0",
        "2026-10-31|b|1");
    broken("the rule \"an amount is positive\" is broken in 1 of 1 rows", "2026-10-31|a|");
    broken(
        "the key (day, id) repeats in 1 of 3 rows",
        "2026-10-31|a|1",
        "2026-10-31|b|1",
        "2026-10-31|a|2");
    broken("things has rows of 2026-10-30, no day of this run", "2026-10-30|a|1", "2026-10-31|b|1");
    broken("day null: day is NULL in 1 of 1 rows", "|a|1");
    try (Staging staging = staging("r9", List.of(SECOND))) {
      ThroughlineException refusal =
          assertThrows(
              ThroughlineException.class,
              () -> staging.write(TABLE, rows("2026-10-31|a|1").withColumnRenamed("id", "name")));
      assertEquals(ErrorKind.CONTRACT, refusal.kind());
      assertTrue(refusal.getMessage().contains("but its contract is"), refusal.getMessage());
    }
    assertEquals(before, LogFixture.tree(warehouse));
  }

  @Test
  void whatIsKeptOfSeveralDaysHasAKeyToo() {
    Field name = Field.optional("name", StringType, "Its name.");
    Field kind = Field.optional("kind", StringType, "Its kind.");
    Table table =
        new Table(
            "named",
            "Things by name and kind.",
            "One row for each name and kind.",
            List.of(DAY, name, kind),
            List.of(DAY, name, kind),
            List.of());
    String[] different = {"2026-10-30|a|", "2026-10-30||a", "2026-10-31|a|", "2026-10-31|a|a"};
    String[] same = {"2026-10-30|a|", "2026-10-30||a", "2026-10-30||a", "|a|", "|a|"};
    List<LocalDate> days = List.of(FIRST, SECOND);
    try (Staging staging = staging("kept", days)) {
      staging.writeKept(table, cells(DAY, name, kind, different), days);
      assertEquals(List.of(), staging.audit(table).problems());
      assertEquals(Map.of(FIRST, 2L, SECOND, 2L), staging.audit(table).rows());
    }
    try (Staging staging = staging("repeated", days)) {
      staging.writeKept(table, cells(DAY, name, kind, same), days);
      assertEquals(
          List.of(
              "named, day null: day is NULL in 2 of 2 rows",
              "named, day 2026-10-30: the key (day, name, kind) repeats in 1 of 3 rows"),
          staging.audit(table).problems());
      assertThrows(ThroughlineException.class, staging::publish);
    }
  }

  private void broken(String expected, String... rows) {
    try (Staging staging = staging("broken", List.of(SECOND))) {
      Audit audit = staging.write(TABLE, rows(rows));
      assertFalse(audit.problems().isEmpty(), expected);
      ThroughlineException refusal = assertThrows(ThroughlineException.class, staging::publish);
      assertEquals(ErrorKind.CONTRACT, refusal.kind());
      assertTrue(refusal.getMessage().contains(expected), refusal.getMessage());
      assertTrue(refusal.getMessage().contains("Nothing was published"), refusal.getMessage());
    }
  }

  @Test
  void aReaderSeesTheOldFileOrTheNewOneWhole() throws Exception {
    String[] one = {"2026-10-31|a|1", "2026-10-31|b|1"};
    String[] two = {"2026-10-31|a|2", "2026-10-31|b|2", "2026-10-31|c|2"};
    publish("start", List.of(SECOND), one);
    Path folder = warehouse.resolve("things/day=2026-10-31");
    Set<String> seen = ConcurrentHashMap.newKeySet();
    Set<String> contents = ConcurrentHashMap.newKeySet();
    Set<String> versions = ConcurrentHashMap.newKeySet();
    AtomicBoolean done = new AtomicBoolean();
    Callable<Integer> poll =
        () -> {
          int reads = 0;
          while (!done.get()) {
            try (var files = Files.list(folder)) {
              List<Path> found = files.toList();
              seen.add(found.stream().map(f -> f.getFileName().toString()).toList().toString());
              contents.add(content(folder.resolve("things.parquet")));
              reads++;
            } catch (IOException e) {
              seen.add("a torn read: " + e);
            }
          }
          return reads;
        };
    // Two versions, staged once; each turn puts a copy of one in place.
    Warehouse target = warehouse();
    Path staged = Files.createDirectories(warehouse.resolve("_staging/versions"));
    Files.copy(folder.resolve("things.parquet"), staged.resolve("0"));
    publish("next", List.of(SECOND), two);
    Files.copy(folder.resolve("things.parquet"), staged.resolve("1"));
    versions.addAll(List.of(content(staged.resolve("0")), content(staged.resolve("1"))));
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> polling = reader.submit(poll);
      for (int i = 0; i < 50; i++) {
        Path copy = staged.resolve("copy");
        Files.copy(staged.resolve(String.valueOf(i % 2)), copy);
        Replace.file(target, hadoop(copy), target.published("things", SECOND));
        if (i % 10 == 9) {
          publish("run-" + i, List.of(SECOND), i % 20 == 9 ? one : two);
          versions.add(content(folder.resolve("things.parquet")));
        }
      }
      done.set(true);
      assertTrue(polling.get() > 50, "the reader polled while files were replaced");
    } finally {
      done.set(true);
      reader.shutdownNow();
    }
    assertEquals(Set.of("[things.parquet]"), seen);
    assertTrue(versions.containsAll(contents), "old or new, never a part of one: " + contents);
    assertTrue(contents.size() >= 2, "both versions were seen: " + contents);
  }

  private static String content(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return bytes.length + ":" + Arrays.hashCode(bytes);
  }

  @Test
  void aStaleChecksumFileGoesBeforeTheMove() throws IOException {
    publish("r1", List.of(SECOND), "2026-10-31|a|1");
    Path file = warehouse.resolve("things/day=2026-10-31/things.parquet");
    Path stale = file.resolveSibling(".things.parquet.crc");
    Files.write(stale, new byte[] {'c', 'r', 'c', 0, 0, 0, 2, 0, 1, 2, 3, 4});
    publish("r2", List.of(SECOND), "2026-10-31|b|2");
    assertFalse(Files.exists(stale));
    assertEquals(List.of("[b,2,2026-10-31]"), published());
  }

  @Test
  void strangersInAPublishedFolderStopPublishing() throws IOException {
    publish("r1", List.of(SECOND), "2026-10-31|a|1");
    Path stranger = warehouse.resolve("things/day=2026-10-31/backup.parquet");
    Files.copy(stranger.resolveSibling("things.parquet"), stranger);
    Map<String, String> before = LogFixture.tree(warehouse);
    ThroughlineException refusal =
        assertThrows(
            ThroughlineException.class, () -> publish("r2", List.of(SECOND), "2026-10-31|b|2"));
    assertEquals(ErrorKind.PUBLISH, refusal.kind());
    assertTrue(
        refusal
            .getMessage()
            .startsWith("Nothing was published: file:" + stranger + " is no file of Throughline's"),
        refusal.getMessage());
    assertEquals(before, LogFixture.tree(warehouse));
  }

  @Test
  void whatCannotBePutInPlaceIsSaid() throws IOException {
    Files.writeString(warehouse.resolve("things"), "a file where the table's folder belongs");
    ThroughlineException failure =
        assertThrows(
            ThroughlineException.class, () -> publish("r1", List.of(SECOND), "2026-10-31|a|1"));
    assertEquals(ErrorKind.PUBLISH, failure.kind());
    assertTrue(failure.getMessage().startsWith("Publishing to " + warehouse + " failed: "));
  }

  private void publish(String runId, List<LocalDate> days, String... rows) {
    try (Staging staging = staging(runId, days)) {
      Audit audit = staging.write(TABLE, rows(rows));
      assertEquals(List.of(), audit.problems());
      staging.publish();
    }
  }

  Staging staging(String runId, List<LocalDate> days) {
    return new Staging(SPARK, warehouse(), runId, days, () -> {});
  }

  private Warehouse warehouse() {
    return new Warehouse(warehouse.toString(), SPARK.sessionState().newHadoopConf());
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }

  private static Dataset<Row> rows(String... lines) {
    return cells(DAY, ID, AMOUNT, lines);
  }

  private static Dataset<Row> cells(Field first, Field second, Field third, String... lines) {
    return SPARK
        .createDataset(List.of(lines), org.apache.spark.sql.Encoders.STRING())
        .select(functions.split(functions.col("value"), "\\|").as("c"))
        .select(first.as(cell(0)), second.as(cell(1)), third.as(cell(2)));
  }

  private static org.apache.spark.sql.Column cell(int i) {
    org.apache.spark.sql.Column cell = functions.col("c").getItem(i);
    return functions.when(cell.notEqual(""), cell);
  }

  private List<String> published() {
    return SPARK.read().parquet(warehouse.resolve("things").toString()).collectAsList().stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }
}
