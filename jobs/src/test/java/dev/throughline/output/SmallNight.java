package dev.throughline.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.reports.Reports;
import dev.throughline.table.Table;
import dev.throughline.testing.TestClock;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * What a file system is put through: a night of two tables, one that is kept, notes, lease and
 * manifest of two days, crashed wherever it can be; takers of one lease; a reader of a file that is
 * replaced.
 */
final class SmallNight {
  /** What a reader finds where it looks for a file. */
  enum Seen {
    OLD,
    NEW,
    NONE,
    OTHER,
    /** An error, since the file was replaced while it was being opened or read. */
    REPLACED
  }

  /** What was counted in a sweep: crash points, runs that went on, and what readers found. */
  record Sweep(long points, long survived, Map<Seen, Long> seen) {
    long torn() {
      return seen.getOrDefault(Seen.NONE, 0L) + seen.getOrDefault(Seen.OTHER, 0L);
    }
  }

  static final List<LocalDate> DAYS =
      List.of(LocalDate.parse("2026-10-30"), LocalDate.parse("2026-10-31"));

  static final Duration LENGTH = Duration.ofMinutes(10);
  private static final List<Table> PUBLISHED =
      Reports.ALL.subList(0, 2).stream().map(report -> report.table()).toList();
  private static final List<Table> KEPT = Versions.KEPT.subList(0, 1);
  private static final Audit AUDIT =
      new Audit(DAYS.stream().collect(Collectors.toMap(Function.identity(), day -> 1L)), List.of());

  private final TestClock clock = new TestClock();
  private final FileSystem files;
  private final Path below;

  /**
   * @param files which nothing disturbs
   * @param below where warehouses are made
   */
  SmallNight(FileSystem files, Path below) {
    this.files = files;
    this.below = below;
  }

  Path root(String name) {
    return new Path(below, name);
  }

  private Configuration hadoop() {
    return files.getConf();
  }

  Warehouse warehouse(Path root) {
    return new Warehouse(root.toString(), hadoop());
  }

  /**
   * Crashes a night at its steps, looks as readers do, and runs it again.
   *
   * @param every 1 for every step
   * @param crashing a configuration of the same file system, whose changes meet a {@link Crash}
   */
  Sweep sweep(Crash.Kind kind, int every, Configuration crashing) throws IOException {
    Path counting = root("counting-" + kind);
    publishOld(counting);
    Crash.set(Crash.none());
    night(crashing, counting, "new");
    long steps = Crash.stepsSoFar();
    assertTrue(steps > 2L * DAYS.size() * (PUBLISHED.size() + KEPT.size()), steps + " steps");
    Map<String, String> undisturbed = content(counting);
    Map<Seen, Long> seen = new EnumMap<>(Seen.class);
    long points = 0;
    long survived = 0;
    for (long at = 1; at <= steps; at += every) {
      points++;
      Path root = root(kind + "-" + at);
      publishOld(root);
      Crash crash = Crash.set(at, kind);
      boolean published = false;
      try {
        night(crashing, root, "new");
        published = true;
        survived++;
      } catch (ThroughlineException | IOException e) {
        assertTrue(crash.happened(), e::toString);
      }
      Crash.set(Crash.none());
      look(root, published, seen);
      clock.pass(LENGTH);
      night(hadoop(), root, "new");
      assertEquals(undisturbed, content(root), kind + " at step " + at + ", and run again");
      files.delete(root, true);
    }
    return new Sweep(points, survived, seen);
  }

  /** Counts what readers find of each table and day; what is old where all is new is another. */
  private void look(Path root, boolean published, Map<Seen, Long> seen) throws IOException {
    for (Table table : PUBLISHED) {
      for (LocalDate day : DAYS) {
        Seen found = look(warehouse(root).published(table.name(), day).getParent(), table, day);
        seen.merge(published && found == Seen.OLD ? Seen.OTHER : found, 1L, Long::sum);
      }
    }
  }

  private Seen look(Path folder, Table table, LocalDate day) throws IOException {
    try {
      FileStatus[] visible =
          files.listStatus(
              folder, path -> !path.getName().startsWith(".") && !path.getName().startsWith("_"));
      if (visible.length != 1) {
        return visible.length == 0 ? Seen.NONE : Seen.OTHER;
      }
      String text = read(files, visible[0].getPath());
      return text.equals(text("new", table, day))
          ? Seen.NEW
          : text.equals(text("old", table, day)) ? Seen.OLD : Seen.OTHER;
    } catch (FileNotFoundException e) {
      return Seen.NONE;
    }
  }

  /** What a run does once its tables are staged. */
  private void night(Configuration hadoop, Path root, String version) throws IOException {
    Warehouse warehouse = new Warehouse(root.toString(), hadoop);
    Holder holder = new Holder(version, "etl", "other-host", 1, "another machine", "1");
    try (Lease lease = Lease.take(warehouse, holder, LENGTH, clock)) {
      warehouse.removeLeftovers();
      for (Table table : Stream.concat(PUBLISHED.stream(), KEPT.stream()).toList()) {
        for (LocalDate day : DAYS) {
          Path folder = new Path(warehouse.staging(version), table.name() + "/day=" + day);
          write(new Path(folder, "part.parquet"), text(version, table, day));
        }
      }
      try (Staging staging = new Staging(null, warehouse, version, DAYS, lease::require)) {
        PUBLISHED.forEach(table -> staging.written(table, AUDIT, false));
        KEPT.forEach(table -> staging.written(table, AUDIT, true));
        lease.confirm();
        Map<LocalDate, KeptDays.Note> kept = new TreeMap<>();
        Map<LocalDate, PublishedDays.Note> days = new TreeMap<>();
        for (LocalDate day : DAYS) {
          kept.put(day, new KeptDays.Note(version, "input"));
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

  private static String text(String version, Table table, LocalDate day) {
    return (version + " " + table.name() + " of " + day + "\n").repeat(100);
  }

  /** What was published before. */
  private void publishOld(Path root) throws IOException {
    for (LocalDate day : DAYS) {
      for (Table table : PUBLISHED) {
        write(warehouse(root).published(table.name(), day), text("old", table, day));
      }
    }
  }

  void write(Path file, String text) throws IOException {
    try (OutputStream out = files.create(file, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  static String read(FileSystem from, Path file) throws IOException {
    try (InputStream in = from.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Everything below a folder but the numbers of leases. */
  private Map<String, String> content(Path root) throws IOException {
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

  /**
   * How many of several at a barrier had the lease, round by round.
   *
   * @param own a configuration for each, with a file system that it shares with none
   */
  List<Integer> winners(int rounds, int takers, Supplier<Configuration> own) throws Exception {
    List<Integer> winners = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(takers);
    List<Configuration> configurations = Stream.generate(own).limit(takers).toList();
    try {
      for (int round = 0; round < rounds; round++) {
        Path root = root("lease-" + round);
        CyclicBarrier barrier = new CyclicBarrier(takers);
        List<Callable<Boolean>> takes = new ArrayList<>();
        for (int taker = 0; taker < takers; taker++) {
          Holder holder = new Holder("run-" + taker, "etl", "host-" + taker, 1, "machine", "1");
          Warehouse warehouse = new Warehouse(root.toString(), configurations.get(taker));
          takes.add(() -> takes(warehouse, holder, barrier));
        }
        int won = 0;
        for (Future<Boolean> taken : threads.invokeAll(takes)) {
          won += taken.get() ? 1 : 0;
        }
        winners.add(won);
      }
      return winners;
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean takes(Warehouse warehouse, Holder holder, CyclicBarrier barrier)
      throws Exception {
    warehouse.files();
    barrier.await();
    try {
      Lease.take(warehouse, holder, LENGTH, clock).confirm();
      return true;
    } catch (ThroughlineException refusal) {
      assertEquals(ErrorKind.LEASE, refusal.kind(), refusal::getMessage);
      return false;
    }
  }
}
