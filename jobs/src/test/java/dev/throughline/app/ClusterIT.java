package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.reports.Report;
import dev.throughline.reports.Reports;
import dev.throughline.sample.SampleOptions;
import dev.throughline.sample.SampleWriter;
import dev.throughline.testing.Script;
import dev.throughline.testing.TestSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar on a real cluster of two processes gives what it gives in local mode. */
class ClusterIT {
  private static final String FROM = "2026-10-27";
  private static final String TO = "2026-10-28";

  @TempDir static Path folder;

  @BeforeAll
  static void writeLog() throws IOException {
    SampleOptions options =
        new SampleOptions(LocalDate.parse("2026-10-25"), LocalDate.parse(TO), 1_000, 7, false);
    new SampleWriter(TestSession.get(), folder.resolve("log").toString()).write(options, false);
  }

  @Test
  void everyTableIsEqualToThatOfLocalMode() throws Exception {
    Path local = folder.resolve("local");
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    int code = Throughline.execute(out, out, arguments(FROM, TO, local).toArray(String[]::new));
    assertEquals(0, code, said::toString);

    Path cluster = folder.resolve("cluster");
    Script.Ended ended = onCluster(arguments(FROM, TO, cluster));
    assertEquals(0, ended.code(), ended.output());
    assertTrue(ended.output().contains("published in"), ended.output());
    for (Report report : Reports.ALL) {
      String table = report.table().name();
      assertEquals(rows(local, table), rows(cluster, table), table);
    }
    assertFalse(rows(cluster, "attribution").isEmpty(), "the log has conversions");
  }

  @Test
  void theExitCodeOfAFailureIsPassedOn() throws Exception {
    Path nowhere = folder.resolve("nowhere");
    Script.Ended ended = onCluster(arguments("2026-10-29", "2026-10-29", nowhere));
    assertEquals(3, ended.code(), ended.output());
    assertTrue(ended.output().contains("has no dt=2026-10-29"), ended.output());
    assertFalse(Files.exists(nowhere.resolve("campaign_funnel")), "nothing was published");
  }

  private static List<String> arguments(String from, String to, Path output) {
    List<String> arguments = new ArrayList<>(List.of("run", "--from", from, "--to", to));
    List<String> settings =
        List.of(
            "input.events.path=" + folder.resolve("log/events"),
            "input.campaigns.path=" + folder.resolve("log/campaigns.csv"),
            "input.spend.path=" + folder.resolve("log/spend.csv"),
            "output.path=" + output,
            "attribution.click-lookback=2d");
    for (String setting : settings) {
      arguments.add("--set");
      arguments.add("throughline." + setting);
    }
    return arguments;
  }

  private static Script.Ended onCluster(List<String> arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("--conf", "spark.sql.shuffle.partitions=3"));
    all.addAll(arguments);
    return Script.run("cluster", all, folder);
  }

  private static List<String> rows(Path warehouse, String table) {
    // But for sketches, whose bytes may hold the same people in another order.
    return TestSession.get()
        .read()
        .parquet(warehouse.resolve(table).toString())
        .drop("people_sketch")
        .collectAsList()
        .stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }
}
