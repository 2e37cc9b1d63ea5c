package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.reports.Report;
import dev.throughline.reports.Reports;
import dev.throughline.table.Table;
import dev.throughline.testing.Script;
import dev.throughline.testing.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comet publishes what Spark publishes, and fails where Spark fails. Needs the profile "comet". */
@Tag("comet")
class CometIT {
  private static final Pattern SHARE =
      Pattern.compile("(?m)^Native operators {2}(\\d+) % \\(([\\d,]+) of [\\d,]+\\)$");

  @TempDir static Path folder;

  @Test
  void everyTableIsThatOfSpark() throws Exception {
    Path spark = folder.resolve("spark");
    Script.Ended alone = run("spark", "2026-10-31", "throughline.output.path=" + spark);
    assertEquals(0, alone.code(), alone.output());
    assertFalse(alone.output().contains("Native operators"), alone.output());

    Path comet = folder.resolve("comet");
    Script.Ended ended = run("comet", "2026-10-31", "throughline.output.path=" + comet);
    assertEquals(0, ended.code(), ended.output());
    for (Report report : Reports.ALL) {
      List<Row> expected = rows(spark, report.table());
      List<Row> found = rows(comet, report.table());
      assertFalse(expected.isEmpty(), report.table().name());
      assertEquals(expected.size(), found.size(), report.table().name());
      for (int i = 0; i < expected.size(); i++) {
        assertEqual(expected.get(i), found.get(i));
      }
    }
    Matcher share = SHARE.matcher(ended.output());
    assertTrue(share.find(), ended.output());
    assertTrue(Integer.parseInt(share.group(1)) >= 10, "some of the work is native");
    String manifest = manifest(comet);
    assertTrue(manifest.contains("\"engine\" : \"comet\""), manifest);
    assertTrue(manifest.contains("\"native\" : " + share.group(2).replace(",", "")), manifest);
  }

  /** Not all of Comet's readers would notice. */
  @Test
  void aDamagedFileIsFoundByItsChecksum() throws Exception {
    Path damaged = FailedRunTest.damagedLog(folder.resolve("damaged"));
    Path nowhere = folder.resolve("nowhere");
    Script.Ended ended =
        run(
            "comet",
            FailedRunTest.DAY,
            "throughline.input.events.path=" + damaged.getParent().getParent(),
            "throughline.output.path=" + nowhere);
    assertEquals(3, ended.code(), ended.output());
    assertTrue(ended.output().contains(damaged.getFileName() + " cannot be read"), ended.output());
    assertFalse(Files.exists(nowhere.resolve("campaign_funnel")), "nothing was published");
  }

  @Test
  void whatCometNeedsIsNotToBeSetOtherwise() throws Exception {
    Script.Ended ended =
        run(
            "comet",
            "2026-10-31",
            "throughline.output.path=" + folder.resolve("refused"),
            "throughline.spark={\"spark.memory.offHeap.enabled\"=\"false\"}");
    assertEquals(2, ended.code(), ended.output());
    assertTrue(ended.output().contains("but --engine comet needs true"), ended.output());
  }

  private static List<Row> rows(Path warehouse, Table table) {
    return TestSession.get()
        .read()
        .parquet(warehouse.resolve(table.name()).toString())
        .drop("people_sketch")
        .orderBy(table.keyColumns())
        .collectAsList();
  }

  /** Sums of doubles over campaigns depend on the order of rows; nothing else may differ. */
  private static void assertEqual(Row expected, Row found) {
    assertEquals(expected.schema(), found.schema());
    for (int i = 0; i < expected.size(); i++) {
      if (expected.get(i) instanceof Double number && found.get(i) instanceof Double other) {
        assertEquals(number, other, 1e-9 * Math.max(1, Math.abs(number)), found::toString);
      } else {
        assertEquals(expected.get(i), found.get(i), found::toString);
      }
    }
  }

  private static Script.Ended run(String engine, String day, String... settings)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("run", "--date", day, "--engine", engine));
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    return Script.run("throughline", arguments, folder);
  }

  private static String manifest(Path warehouse) throws IOException {
    try (Stream<Path> runs = Files.list(warehouse.resolve("_runs"))) {
      return Files.readString(runs.findFirst().orElseThrow());
    }
  }
}
