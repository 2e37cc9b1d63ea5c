package dev.throughline.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.reports.Reports;
import dev.throughline.table.Table;
import dev.throughline.testing.TestClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Publishing and the lease, on a namenode and a datanode of HDFS. */
class HdfsTest {
  private static final Duration LENGTH = Duration.ofMinutes(10);
  private static final List<LocalDate> DAYS =
      List.of(LocalDate.parse("2026-10-30"), LocalDate.parse("2026-10-31"));
  private static final List<Table> PUBLISHED =
      Reports.ALL.subList(0, 2).stream().map(report -> report.table()).toList();
  private static final List<Table> KEPT = Versions.KEPT.subList(0, 1);
  private static final int ROUNDS = 20;
  private static final int TAKERS = 4;
  private static final int REPLACEMENTS = 200;

  private static @TempDir java.nio.file.Path disk;
  private static MiniDFSCluster cluster;
  private static FileSystem files;

  private final TestClock clock = new TestClock();

  @BeforeAll
  static void start() throws IOException {
    Configuration hadoop = new Configuration();
    hadoop.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, disk.toString());
    // A file is closed when its block was reported; by default the client asks again after 400 ms.
    hadoop.set("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "5");
    cluster = new MiniDFSCluster.Builder(hadoop).numDataNodes(1).build();
    cluster.waitActive();
    files = cluster.getFileSystem();
  }

  @AfterAll
  static void stop() throws IOException {
    cluster.shutdown(true);
  }

  private static Configuration hadoop() {
    return new Configuration(files.getConf());
  }

  private static Path root(String name) {
    return new Path(files.getUri() + "/" + name);
  }

  @ParameterizedTest
  @EnumSource(Crash.Kind.class)
  void readersFindEveryFileWholeWhereverItCrashes(Crash.Kind kind) throws IOException {
    Configuration crashing = CrashingHdfs.register(hadoop());
    Path counting = root("counting-" + kind);
    publishOld(counting);
    Crash.set(Crash.none());
    night(crashing, counting, "new");
    long steps = Crash.stepsSoFar();
    Map<String, String> undisturbed = content(counting);
    int torn = 0;
    for (long at = 1; at <= steps; at++) {
      Path root = root(kind + "-" + at);
      publishOld(root);
      Crash crash = Crash.set(at, kind);
      boolean published = false;
      try {
        night(crashing, root, "new");
        published = true;
      } catch (ThroughlineException | IOException e) {
        assertTrue(crash.happened(), e::toString);
      }
      Crash.set(Crash.none());
      torn += torn(root, published);
      clock.pass(LENGTH);
      night(crashing, root, "new");
      assertEquals(undisturbed, content(root), kind + " at step " + at + ", and run again");
    }
    System.out.printf("HDFS, %s: %d crash points, %d torn reads%n", kind, steps, torn);
    assertEquals(0, torn);
    assertTrue(steps > 2L * DAYS.size() * (PUBLISHED.size() + KEPT.size()), steps + " steps");
  }

  /** How many of what readers look for are neither old nor new, or that nobody looks for. */
  private static int torn(Path root, boolean published) throws IOException {
    int torn = 0;
    for (Table table : PUBLISHED) {
      for (LocalDate day : DAYS) {
        Path file = warehouse(hadoop(), root).published(table.name(), day);
        FileStatus[] visible =
            files.listStatus(
                file.getParent(),
                path -> !path.getName().startsWith(".") && !path.getName().startsWith("_"));
        String text = visible.length == 1 ? read(files, visible[0].getPath()) : "";
        boolean isNew = text.equals(text("new", table, day));
        torn += isNew || (!published && text.equals(text("old", table, day))) ? 0 : 1;
      }
    }
    return torn;
  }

  /** What a run does once its tables are staged. */
  private void night(Configuration crashing, Path root, String version) throws IOException {
    Warehouse warehouse = warehouse(crashing, root);
    Holder holder = new Holder(version, "etl", "other-host", 1, "another machine", "1");
    Audit audit =
        new Audit(
            DAYS.stream().collect(Collectors.toMap(Function.identity(), day -> 1L)), List.of());
    try (Lease lease = Lease.take(warehouse, holder, LENGTH, clock)) {
      warehouse.removeLeftovers();
      for (Table table : Stream.concat(PUBLISHED.stream(), KEPT.stream()).toList()) {
        for (LocalDate day : DAYS) {
          Path folder = new Path(warehouse.staging(version), table.name() + "/day=" + day);
          write(new Path(folder, "part.parquet"), text(version, table, day));
        }
      }
      try (Staging staging = new Staging(null, warehouse, version, DAYS, lease::require)) {
        PUBLISHED.forEach(table -> staging.written(table, audit, false));
        KEPT.forEach(table -> staging.written(table, audit, true));
        lease.confirm();
        Map<LocalDate, KeptDays.Note> kept = new TreeMap<>();
        Map<LocalDate, PublishedDays.Note> days = new TreeMap<>();
        for (LocalDate day : DAYS) {
          kept.put(day, new KeptDays.Note(version, "input", List.of()));
          days.put(
              day,
              new PublishedDays.Note(
                  version,
                  "2026-11-01T03:00:00Z",
                  "digest",
                  PUBLISHED.stream().map(Table::name).collect(Collectors.toSet()),
                  Map.of("input", version)));
        }
        new PublishedDays(warehouse)
            .replace(
                days, () -> new KeptDays(null, warehouse, KEPT).replace(kept, staging::publish));
        Manifest manifest = new Manifest();
        manifest.put("run_id", version);
        manifest.write(warehouse, version);
      }
    }
  }

  private static Warehouse warehouse(Configuration hadoop, Path root) {
    return new Warehouse(root.toString(), hadoop);
  }

  private static String text(String version, Table table, LocalDate day) {
    return (version + " " + table.name() + " of " + day + "\n").repeat(100);
  }

  /** What was published before. */
  private static void publishOld(Path root) throws IOException {
    for (LocalDate day : DAYS) {
      for (Table table : PUBLISHED) {
        write(warehouse(hadoop(), root).published(table.name(), day), text("old", table, day));
      }
    }
  }

  private static void write(Path file, String text) throws IOException {
    try (OutputStream out = files.create(file, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String read(FileSystem from, Path file) throws IOException {
    try (InputStream in = from.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Everything below a folder but the numbers of leases. */
  private static Map<String, String> content(Path root) throws IOException {
    Map<String, String> content = new TreeMap<>();
    RemoteIterator<LocatedFileStatus> found = files.listFiles(root, true);
    while (found.hasNext()) {
      Path file = found.next().getPath();
      String name = file.toString().substring(root.toString().length());
      content.put(
          name.replaceAll("_lease/\\d+", "_lease/N"),
          name.contains("_lease") ? "" : read(files, file));
    }
    return content;
  }

  @Test
  void ofSeveralWhoWantTheLeaseOneHasIt() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(TAKERS);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        Path root = root("lease-" + round);
        CyclicBarrier barrier = new CyclicBarrier(TAKERS);
        List<Callable<Integer>> takes = new ArrayList<>();
        for (int taker = 0; taker < TAKERS; taker++) {
          Holder holder = new Holder("run-" + taker, "etl", "host-" + taker, 1, "machine", "1");
          Configuration own = hadoop();
          own.set("fs.hdfs.impl.disable.cache", "true");
          takes.add(
              () -> {
                barrier.await();
                try {
                  Lease.take(warehouse(own, root), holder, LENGTH, clock).confirm();
                  return 1;
                } catch (ThroughlineException refusal) {
                  assertEquals(ErrorKind.LEASE, refusal.kind(), refusal::getMessage);
                  return 0;
                }
              });
        }
        int winners = 0;
        for (Future<Integer> taken : threads.invokeAll(takes)) {
          winners += taken.get();
        }
        assertEquals(1, winners, "round " + round);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aReaderSeesOneFileAtEveryMoment() throws Exception {
    Warehouse warehouse = warehouse(hadoop(), root("replaced"));
    Path target = warehouse.published("table", DAYS.get(0));
    String old = "0123456789".repeat(5_000);
    String other = "abcdefghij".repeat(7_000);
    write(target, old);
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try {
      Future<long[]> reads =
          reader.submit(
              () -> {
                long[] counts = new long[3];
                FileSystem own = FileSystem.newInstance(target.toUri(), hadoop());
                while (!done.get()) {
                  String text = read(own, target);
                  counts[text.equals(old) ? 0 : text.equals(other) ? 1 : 2]++;
                }
                own.close();
                return counts;
              });
      for (int i = 0; i < REPLACEMENTS; i++) {
        Path staged = new Path(warehouse.staging("run"), "part-" + i);
        write(staged, i % 2 == 0 ? other : old);
        Replace.file(warehouse, staged, target);
      }
      done.set(true);
      long[] counts = reads.get();
      System.out.printf(
          "HDFS, %d replacements: %d and %d whole reads, %d torn%n",
          REPLACEMENTS, counts[0], counts[1], counts[2]);
      assertEquals(0, counts[2]);
      assertTrue(counts[0] > 0 && counts[1] > 0, "both were read");
    } finally {
      reader.shutdownNow();
    }
  }
}
