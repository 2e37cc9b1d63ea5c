package dev.throughline.app;

import static dev.throughline.testing.Event.event;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.config.ConfigLoader;
import dev.throughline.config.Settings;
import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.input.EventLog;
import dev.throughline.input.Events;
import dev.throughline.input.Period;
import dev.throughline.model.Journeys;
import dev.throughline.table.Field;
import dev.throughline.testing.Event;
import dev.throughline.testing.LogFixture;
import dev.throughline.testing.MemoryDisk;
import dev.throughline.testing.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log whose files are damaged anywhere, one damage at a time, and read as a run reads it: it ends
 * with an error, or with the rows of the whole files.
 */
class DamagedFilesTest {
  private static final int DAMAGES = Integer.getInteger("throughline.test.damages", 200);
  private static final int THREADS = 2;
  private static final long SEED = 20261031;
  private static final LocalDate DAY = LocalDate.parse(LogFixture.DAY);
  private static final int FILE = Events.READ.indexOf(Events.FILE);
  private static final SparkSession SPARK = TestSession.get();

  @TempDir(factory = MemoryDisk.class)
  private static Path temp;

  @BeforeAll
  static void write() throws IOException {
    Path log = temp.resolve("events");
    List<Row> rows = new ArrayList<>();
    Random random = new Random(SEED);
    for (LocalDate day : List.of(DAY.minusDays(1), DAY)) {
      for (int i = 0; i < 240; i++) {
        rows.add(random(day, i, random).row(""));
      }
    }
    SPARK
        .createDataFrame(rows, Event.SCHEMA)
        .repartition(2)
        .write()
        .partitionBy("dt")
        .option("parquet.block.size", 4096)
        .option("parquet.block.size.row.check.min", 40)
        .option("parquet.page.row.count.limit", 20)
        .option("parquet.page.size.row.check.min", 10)
        .parquet(log.toString());
    for (Path file : files(log, ".crc")) {
      Files.delete(file);
    }
    assertEquals(4, files(log, ".parquet").size());
    for (Path file : files(log, ".parquet")) {
      try (ParquetFileReader reader =
          ParquetFileReader.open(
              org.apache.parquet.hadoop.util.HadoopInputFile.fromPath(
                  new org.apache.hadoop.fs.Path(file.toString()),
                  SPARK.sessionState().newHadoopConf()))) {
        assertTrue(reader.getRowGroups().size() > 1, "row groups of " + file);
        assertTrue(reader.readNextRowGroup().getRowCount() > 20, "a row group has several pages");
      }
    }
    SPARK.sparkContext().setLogLevel("OFF");
  }

  @AfterAll
  static void speakAgain() {
    SPARK.sparkContext().setLogLevel("ERROR");
  }

  private static Event random(LocalDate day, int number, Random random) {
    Event event =
        event()
            .at(day + " 10:00")
            .with("event_id", day + "-" + number)
            .with("dt", day.toString())
            .user("u" + random.nextInt(30))
            .with("session_id", random.nextInt(3) == 0 ? null : "s" + random.nextInt(40))
            .with("viewable", random.nextInt(3) == 0 ? null : random.nextBoolean())
            .with("consent", random.nextInt(9) == 0 ? null : true)
            .with("user_agent", random.nextInt(4) == 0 ? "agent " + random.nextInt() : null)
            .seconds(random.nextInt(5) * 0.5);
    return random.nextInt(4) == 0
        ? event.conversion("purchase").value(random.nextInt(100) + ".25").with("currency", "EUR")
        : event.click().with("cost", new java.math.BigDecimal("0.0" + random.nextInt(9) + "0000"));
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  @Test
  void aDamageIsAnErrorOrHarmless() throws Exception {
    List<String> whole = read(temp.resolve("events"));
    assertEquals(480, whole.size());
    Map<String, Integer> counts = new ConcurrentSkipListMap<>();
    Queue<String> silent = new ConcurrentLinkedQueue<>();
    Queue<String> unnamed = new ConcurrentLinkedQueue<>();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> work = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        Path log = copy(temp.resolve("events"), temp.resolve("copy-" + thread));
        int first = thread;
        work.add(
            threads.submit(
                () -> {
                  for (int seed = first; seed < DAMAGES; seed += THREADS) {
                    damaged(log, new Random(SEED + seed), whole, counts, silent, unnamed);
                  }
                  return null;
                }));
      }
      for (Future<?> done : work) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    System.out.println("Damaged files: " + DAMAGES + " damages, " + counts);
    System.out.println("Errors that name no file: " + unnamed.size());
    unnamed.forEach(System.out::println);
    assertEquals(List.of(), List.copyOf(silent));
    assertTrue(unnamed.size() <= DAMAGES / 20, unnamed.size() + " errors say not which file");
    Set<String> found =
        Set.of("cut: error", "flipped: error", "flipped: harmless", "zeroed: error");
    assertTrue(counts.keySet().containsAll(found), counts.toString());
  }

  private static void damaged(
      Path log,
      Random random,
      List<String> whole,
      Map<String, Integer> counts,
      Queue<String> silent,
      Queue<String> unnamed)
      throws IOException {
    List<Path> files = files(log, ".parquet");
    Path file = files.get(random.nextInt(files.size()));
    byte[] bytes = Files.readAllBytes(file);
    byte[] damaged = bytes.clone();
    String what = damage(random.nextInt(10), damaged, random);
    int length = what.equals("cut") ? random.nextInt(bytes.length) : bytes.length;
    Files.write(file, Arrays.copyOf(damaged, length));
    String where = what + ", " + bytes.length + " bytes of " + file.getFileName() + ": ";
    String outcome = "harmless";
    try {
      List<String> rows = read(log);
      if (!rows.equals(whole)) {
        outcome = "silent";
        List<String> other = new ArrayList<>(rows);
        other.removeAll(whole);
        silent.add(where + rows.size() + " rows, not whole: " + other);
      }
    } catch (Exception | OutOfMemoryError e) {
      ThroughlineException told = Failures.explain(e);
      outcome = told.kind() == ErrorKind.INPUT ? "error" : "error of another kind";
      if (!told.getMessage().contains(file.getFileName().toString())) {
        unnamed.add(where + told.getMessage());
      }
    } finally {
      Files.write(file, bytes);
    }
    counts.merge(what.replaceAll(" .*", "") + ": " + outcome, 1, Integer::sum);
  }

  private static Path copy(Path log, Path to) throws IOException {
    for (Path file : files(log, ".parquet")) {
      Path target = to.resolve(log.relativize(file).toString());
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
    return to;
  }

  private static String damage(int kind, byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    if (kind == 0) {
      return "cut";
    }
    if (kind == 1) {
      int end = Math.min(bytes.length, at + 1 + random.nextInt(64));
      Arrays.fill(bytes, at, end, (byte) 0);
      return "zeroed " + at + " to " + end;
    }
    int bit = random.nextInt(8);
    bytes[at] ^= (byte) (1 << bit);
    return "flipped bit " + bit + " of byte " + at;
  }

  /** The same row of a copy of the log is of another file. */
  private static String withoutFile(Row row) {
    return IntStream.range(0, row.size())
        .filter(column -> column != FILE)
        .mapToObj(column -> String.valueOf(row.get(column)))
        .collect(Collectors.joining(","));
  }

  /** Every row that a run of the day reads, as text, sorted, after the checks that a run makes. */
  private static List<String> read(Path folder) {
    Settings settings =
        ConfigLoader.load(
            Optional.empty(),
            Map.of(
                "throughline.output.path", "unused",
                "throughline.periods", "[1]",
                "throughline.attribution.models", "[last_touch]",
                "throughline.input.events.path", folder.toString()),
            Journeys.models());
    EventLog log = EventLog.open(SPARK, settings, Period.of(DAY, DAY, settings));
    try {
      log.check();
      Dataset<Row> found = log.converters();
      Dataset<Row> converters = SPARK.createDataFrame(found.collectAsList(), found.schema());
      Column[] columns = Events.READ.stream().map(Field::col).toArray(Column[]::new);
      List<Row> rows = log.events(converters, true).select(columns).collectAsList();
      Map<LocalDate, Long> byPartition = new TreeMap<>();
      Map<Long, Long> byFile = new HashMap<>();
      for (Row row : rows) {
        byPartition.merge(row.getDate(0).toLocalDate(), 1L, Long::sum);
        byFile.merge(row.getLong(FILE), 1L, Long::sum);
      }
      Conservation.ofFiles(byFile, log.rowsByFile());
      Conservation.ofPartitions(byPartition, log.rowsByPartition());
      return rows.stream().map(DamagedFilesTest::withoutFile).sorted().toList();
    } catch (Exception e) {
      if (Failures.inUnnamedPages(e)) {
        log.requireWholePages();
      }
      throw e;
    }
  }
}
