package dev.throughline.app;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.input.FileRows;
import dev.throughline.testing.LogFixture;
import dev.throughline.testing.LogFixture.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.MetadataBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of the log that are lost, read twice, or told to be of another file. */
class ConservationTest {
  private static final LocalDate DAY = LocalDate.parse(LogFixture.DAY);
  private static final Map<Long, FileRows> FOOTERS =
      Map.of(
          11L, new FileRows(List.of("dt=2026-10-31/a.parquet"), 5),
          12L, new FileRows(List.of("dt=2026-10-31/b.parquet"), 3),
          -9L, new FileRows(List.of("dt=2026-10-31/c.parquet", "dt=2026-10-31/d.parquet"), 7));

  @TempDir Path temp;

  private static String refused(Map<Long, Long> classified) {
    ThroughlineException refused =
        assertThrows(ThroughlineException.class, () -> Conservation.ofFiles(classified, FOOTERS));
    assertEquals(ErrorKind.CONTRACT, refused.kind());
    return refused.getMessage();
  }

  @Test
  void rowsLostInOneFileAndDoubledInAnotherAreSeen() {
    Conservation.ofFiles(Map.of(11L, 5L, 12L, 3L, -9L, 7L), FOOTERS);
    // By partition it is all the same.
    Conservation.ofPartitions(Map.of(DAY, 15L), Map.of(DAY, 15L));
    String moved = refused(Map.of(11L, 2L, 12L, 6L, -9L, 7L));
    assertTrue(
        moved.startsWith(
            "The file dt=2026-10-31/a.parquet of the event log holds 5 rows by its footer, but 2"
                + " were classified; so it is with 1 more. Nothing was published."),
        moved);
    String lost = refused(Map.of(11L, 5L, -9L, 7L));
    assertTrue(
        lost.contains(
            "b.parquet of the event log holds 3 rows by its footer, but 0 were classified. N"),
        lost);
    String together = refused(Map.of(11L, 5L, 12L, 3L, -9L, 8L));
    assertTrue(
        together.startsWith(
            "The files dt=2026-10-31/c.parquet and dt=2026-10-31/d.parquet of the event log hold 7"
                + " rows by their footers, but 8 were classified."),
        together);
    String unknown = refused(Map.of(11L, 5L, 12L, 3L, -9L, 7L, 13L, 4L));
    assertTrue(unknown.startsWith("4 rows were classified of files that the event log"), unknown);
  }

  @Test
  void aPartitionThatDiffersIsNamed() {
    ThroughlineException refused =
        assertThrows(
            ThroughlineException.class,
            () -> Conservation.ofPartitions(Map.of(DAY, 15L), Map.of(DAY, 16L)));
    assertEquals(ErrorKind.CONTRACT, refused.kind());
    assertTrue(
        refused
            .getMessage()
            .startsWith("The partition 2026-10-31 of the log holds 16 rows, but 15"),
        refused.getMessage());
  }

  /** Spark tells paths with escapes, and the log's own columns may have the name that it uses. */
  @Test
  void filesAreKnownByHostileNames() throws IOException {
    LogFixture log = LogFixture.in(temp.resolve("a b%20c=d:e#f+g&ü'"));
    String[] names = {"x y.parquet", "x%20y.parquet", "k=v%3D#1+ü.parquet", "x+y.parquet"};
    for (int i = 0; i < names.length; i++) {
      log.write(
          LogFixture.standardRows()
              .where("dt = '" + LogFixture.DAY + "'")
              .where("int(substr(event_id, 2)) % 4 = " + i)
              .withColumn("_metadata", lit("ours")));
      rename(log, names[i]);
    }
    Set<String> written = new TreeSet<>(List.of(names));
    assertEquals(written, names(log));
    Outcome outcome = log.run("--reports", "data_quality");
    assertEquals(0, outcome.code(), outcome.all());
    assertEquals(1, log.published("data_quality").size());
  }

  private static Set<String> names(LogFixture log) throws IOException {
    try (var files = Files.list(log.events().resolve("dt=" + LogFixture.DAY))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".parquet"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** Gives the file that was just written another name. */
  private static Path rename(LogFixture log, String name) throws IOException {
    for (String written : names(log)) {
      if (written.startsWith("part-")) {
        Path file = log.events().resolve("dt=" + LogFixture.DAY).resolve(written);
        Files.delete(file.resolveSibling("." + written + ".crc"));
        return Files.move(file, file.resolveSibling(name));
      }
    }
    throw new AssertionError("nothing was written");
  }

  /**
   * Two files of one partition and one length change places when their footers have been read: of
   * one two rows are lost, of the other two are too many, and the partition has as many as ever.
   */
  @Test
  void filesThatChangePlacesAreNamed() throws IOException {
    LogFixture log = LogFixture.in(temp);
    Path three = file(log, "three.parquet", "event_id in ('e02', 'e03', 'e07')", 0);
    Path five = file(log, "five.parquet", "event_id not in ('e02', 'e03', 'e07')", 0);
    int pad = 0;
    while (Files.size(three) != Files.size(five)) {
      pad += (int) (Files.size(five) - Files.size(three));
      assertTrue(pad > 0, "more rows take more room");
      Files.delete(three);
      three = file(log, "three.parquet", "event_id in ('e02', 'e03', 'e07')", pad);
    }
    Path first = five;
    Path second = three;
    Outcome outcome =
        log.run(
            line -> {
              if (line.endsWith("read and classify events …")) {
                swap(first, second);
              }
            },
            "--reports",
            "data_quality");
    assertEquals(4, outcome.code(), outcome.all());
    String told =
        "The file file:%s of the event log holds 5 rows by its footer, but 3 were classified; so"
            .formatted(first);
    assertTrue(outcome.err().contains(told), outcome.all());
    assertEquals(Map.of(), log.tables());
  }

  private static Path file(LogFixture log, String name, String rows, int pad) throws IOException {
    Column padded =
        col("event_id")
            .as("event_id", new MetadataBuilder().putString("pad", "x".repeat(pad)).build());
    log.write(
        LogFixture.standardRows()
            .where("dt = '" + LogFixture.DAY + "'")
            .where(rows)
            .withColumn("event_id", padded));
    return rename(log, name);
  }

  private static void swap(Path one, Path other) {
    try {
      Path between = one.resolveSibling("_between");
      Files.move(one, between);
      Files.move(other, one);
      Files.move(between, other);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
