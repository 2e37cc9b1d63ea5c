package dev.throughline.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.testing.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleWriterTest {
  private static final SampleOptions SMALL =
      new SampleOptions(LocalDate.parse("2026-10-29"), LocalDate.parse("2026-10-31"), 60, 7, true);

  @TempDir Path temp;

  private final SparkSession spark = TestSession.get();

  @Test
  void writesWhatItGeneratesOneFileADay() throws IOException {
    Path out = temp.resolve("sample");
    write(out, false);
    Path events = out.resolve("events");
    assertEquals(
        SampleDigest.of(SampleGenerator.events(spark, SMALL)),
        SampleDigest.ofFolder(spark, events.toString()));
    for (String day : List.of("2026-10-29", "2026-10-30", "2026-10-31")) {
      try (var files = Files.list(events.resolve("dt=" + day))) {
        assertEquals(
            List.of("events-0.zstd.parquet"), files.map(f -> f.getFileName().toString()).toList());
      }
    }
    List<String> spend = Files.readAllLines(out.resolve("spend.csv"));
    assertTrue(spend.contains("2026-10-31,A,2000.00,EUR"));
    assertTrue(spend.contains("2026-10-31,B,1000.00,EUR"));
    List<String> keys =
        spend.stream().map(line -> line.split(",", 3)).map(SampleWriterTest::key).toList();
    assertEquals(new HashSet<>(keys).size(), keys.size());
    assertEquals(27, Files.readAllLines(out.resolve("campaigns.csv")).size());
  }

  @Test
  void refusesAFolderInUseAndReplacesOnlyItsOwnFiles() throws IOException {
    Path readme = temp.resolve("README.md");
    Files.writeString(readme, "mine");
    ThroughlineException refusal =
        assertThrows(ThroughlineException.class, () -> write(temp, false));
    assertEquals(ErrorKind.CONFIG, refusal.kind());
    assertTrue(refusal.getMessage().contains("--force"));
    write(temp, true);
    write(temp, true);
    assertEquals("mine", Files.readString(readme));
  }

  private void write(Path out, boolean overwrite) throws IOException {
    new SampleWriter(spark, out.toString()).write(SMALL, overwrite);
  }

  private static String key(String[] cells) {
    return cells[0] + "," + cells[1];
  }
}
