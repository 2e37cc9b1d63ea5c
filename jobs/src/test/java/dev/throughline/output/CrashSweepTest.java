package dev.throughline.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.errors.ThroughlineException;
import dev.throughline.reports.Reports;
import dev.throughline.testing.MemoryDisk;
import dev.throughline.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Publishing all tables of three days, crashed at every step that changes the disk: from taking the
 * lease to giving it back. Readers find every file whole, old or new, and the next run mends it.
 */
class CrashSweepTest {
  private static final Duration LENGTH = Duration.ofMinutes(10);
  private static final Audit AUDIT =
      new Audit(
          Versions.DAYS.stream().collect(Collectors.toMap(Function.identity(), day -> 1L)),
          List.of());

  private static final Configuration UNDISTURBED = new Configuration();
  private static final Configuration CRASHING_DISK =
      CrashingFiles.register(new Configuration(), true);
  private static final Configuration LIKE_HDFS = CrashingFiles.register(new Configuration(), false);

  private static Versions versions;
  private static @TempDir(factory = MemoryDisk.class) Path temp;

  private final TestClock clock = new TestClock();
  private final List<String> torn = new ArrayList<>();

  @BeforeAll
  static void run() throws IOException {
    versions = Versions.get();
  }

  @AfterEach
  void noCrash() {
    Crash.set(Crash.none());
  }

  @ParameterizedTest
  @CsvSource({"file,HALTED", "file,DONE_BUT_FAILED", "crash,HALTED", "crash,DONE_BUT_FAILED"})
  void readersFindEveryFileWholeWhereverItCrashes(String scheme, Crash.Kind kind)
      throws IOException {
    assertTrue(versions.differing() > 0.9 * versions.size(), "old and new can be told apart");
    Path old = temp.resolve(scheme + kind);
    Crash.set(Crash.none());
    night(scheme, old, "old", 0);
    Map<String, byte[]> before = read(old);
    Path whole = copy(before, "whole");
    Crash counted = Crash.set(Crash.none());
    night(scheme, whole, "new", 1);
    long steps = counted.steps();
    assertTrue(steps > 2L * versions.size(), steps + " steps for " + versions.size() + " files");
    Map<String, Integer> undisturbed = content(whole);

    int survived = 0;
    for (long at = 1; at <= steps; at++) {
      Path root = copy(before, scheme + kind + at);
      Crash crash = Crash.set(at, kind);
      String place = scheme + ", " + kind + " at step " + at + " of " + steps;
      boolean published = false;
      try {
        night(scheme, root, "new", 1);
        published = true;
        survived++;
      } catch (ThroughlineException | IOException e) {
        assertTrue(crash.happened(), () -> place + ": " + e);
      }
      Crash.set(Crash.none());
      look(root, place, published);
      clock.pass(LENGTH);
      night(scheme, root, "again", 1);
      assertSame(undisturbed, content(root), place);
      FileUtil.fullyDelete(root.toFile());
    }
    System.out.printf(
        "Crash sweep, %s, %s: %d crash points, %d torn reads; %d runs went on to the end%n",
        scheme, kind, steps, torn.size(), survived);
    assertEquals(List.of(), torn);
  }

  /** What a run does once its tables are staged, and before. */
  private void night(String scheme, Path root, String run, int version) throws IOException {
    Warehouse warehouse =
        new Warehouse(
            scheme + "://" + root,
            scheme.equals("file") ? CRASHING_DISK : LIKE_HDFS,
            new CrashingFiles.CrashingDisk());
    Holder holder = new Holder(run, "etl", "other-host", 1, "another machine", "1");
    try (Lease lease = Lease.take(warehouse, holder, LENGTH, clock)) {
      warehouse.removeLeftovers();
      // By Spark's tasks, so outside of this sweep.
      versions.stage(version, root.resolve("_staging").resolve(run));
      try (Staging staging = new Staging(null, warehouse, run, Versions.DAYS, lease::require)) {
        Reports.ALL.forEach(report -> staging.written(report.table(), AUDIT, false));
        Versions.KEPT.forEach(table -> staging.written(table, AUDIT, true));
        lease.confirm();
        Map<LocalDate, KeptDays.Note> notes = new TreeMap<>();
        Versions.DAYS.forEach(day -> notes.put(day, note(version)));
        Map<LocalDate, PublishedDays.Note> days = new TreeMap<>();
        Versions.DAYS.forEach(day -> days.put(day, published(version)));
        new PublishedDays(warehouse)
            .replace(days, () -> kept(warehouse).replace(notes, staging::publish));
        Manifest manifest = new Manifest();
        manifest.put("run_id", run);
        manifest.write(warehouse, run);
      }
    }
  }

  private static KeptDays.Note note(int version) {
    return new KeptDays.Note("version " + version, "input");
  }

  private static PublishedDays.Note published(int version) {
    return new PublishedDays.Note(
        "run",
        "2026-11-01T03:00:00Z",
        "digest",
        Reports.ALL.stream().map(report -> report.table().name()).collect(Collectors.toSet()),
        Map.of("version", Integer.toString(version)));
  }

  private static KeptDays kept(Warehouse warehouse) {
    return new KeptDays(null, warehouse, Versions.KEPT);
  }

  /** Reads all as readers do, and as the next run reads what is kept. */
  private void look(Path root, String place, boolean published) throws IOException {
    Set<String> tables =
        Reports.ALL.stream()
            .map(report -> report.table().name())
            .collect(Collectors.toCollection(TreeSet::new));
    expect(tables, visible(root), place);
    boolean done = published || Files.exists(root.resolve("_runs/new.json"));
    for (String file : versions.places()) {
      Path path = root.resolve(file);
      if (!file.startsWith("_")) {
        expect(Set.of(path.getFileName().toString()), visible(path.getParent()), place);
        byte[] bytes = Files.readAllBytes(path);
        if (!versions.is(1, file, bytes) && (done || !versions.is(0, file, bytes))) {
          torn.add(place + ": " + file + " is neither old nor new, or old after the manifest");
        }
      }
    }
    Warehouse warehouse = new Warehouse(root.toString(), UNDISTURBED);
    for (LocalDate day : Versions.DAYS) {
      for (PublishedDays.Note note : new PublishedDays(warehouse).notes(day)) {
        int version = Integer.parseInt(note.inputs().get("version"));
        for (String file : versions.places()) {
          if (!file.startsWith("_") && file.contains("day=" + day)) {
            if (!versions.is(version, file, bytes(root.resolve(file)))) {
              torn.add(place + ": " + file + " is not what the note of its day says");
            }
          }
        }
      }
    }
    kept(warehouse)
        .notes(Versions.DAYS)
        .forEach(
            (day, note) -> {
              int version = note.equals(note(1)) ? 1 : 0;
              for (String file : versions.places()) {
                if (file.startsWith("_kept/") && file.contains("day=" + day)) {
                  if (!versions.is(version, file, bytes(root.resolve(file)))) {
                    torn.add(place + ": " + file + " is not what its note says");
                  }
                }
              }
            });
  }

  private void expect(Set<String> expected, Set<String> found, String place) {
    if (!expected.equals(found)) {
      torn.add(place + ": " + found + " where readers look for " + expected);
    }
  }

  private static Set<String> visible(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("_") && !name.startsWith("."))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static void assertSame(
      Map<String, Integer> expected, Map<String, Integer> found, String place) {
    Set<Map.Entry<String, Integer>> differing = new HashSet<>(expected.entrySet());
    differing.addAll(found.entrySet());
    differing.removeIf(
        file ->
            file.getValue().equals(expected.get(file.getKey()))
                && file.getValue().equals(found.get(file.getKey())));
    assertEquals(Set.of(), differing, place + ", and run again");
  }

  /** Everything in a warehouse but the names of runs: also what was left lying about. */
  private static Map<String, Integer> content(Path root) throws IOException {
    Map<String, Integer> content = new TreeMap<>();
    read(root)
        .forEach(
            (name, bytes) -> {
              boolean named = name.matches("(_runs|_lease)/[^.][^/]*");
              content.put(
                  named ? name.substring(0, name.indexOf('/')) : name,
                  named ? 0 : Arrays.hashCode(bytes));
            });
    return content;
  }

  private static Map<String, byte[]> read(Path root) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      paths
          .filter(Files::isRegularFile)
          .forEach(file -> files.put(root.relativize(file).toString(), bytes(file)));
    }
    return files;
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Path copy(Map<String, byte[]> files, String name) throws IOException {
    Path root = temp.resolve(name);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path target = root.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.write(target, file.getValue());
    }
    return root;
  }
}
