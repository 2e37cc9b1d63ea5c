package dev.throughline.app;

import static dev.throughline.testing.Event.event;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.testing.PipelineRun;
import dev.throughline.testing.Plans;
import dev.throughline.testing.Scenario;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.MetadataAttribute$;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.MapPartitionsExec;
import org.apache.spark.sql.execution.SortExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.window.WindowExec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.JavaConverters;

/** What a run of all tables makes Spark do with the events: every plan that it executed. */
class RunPlanTest {
  /**
   * From event rows or their cache to smaller results: the number that docs/architecture.md states.
   */
  private static final int SHUFFLES = 7;

  private static Plans plans;
  private static Path log;

  @BeforeAll
  static void run(@TempDir Path folder) {
    Scenario scenario =
        Scenario.in(folder)
            // As logs that are not small are planned.
            .set("throughline.spark.\"" + Spread.ADAPTIVE + "\"", "true")
            .events(
                event().impression().at("2026-10-30 09:00"),
                event().impression().at("2026-10-31 09:00"),
                event().click().at("2026-10-31 09:05"),
                event().pageView().at("2026-10-31 09:06").seconds(20),
                event().conversion("purchase").at("2026-10-31 09:30").value("10"));
    log = scenario.log();
    plans = Plans.during(() -> succeed(scenario.run("2026-10-31")));
  }

  private static void succeed(PipelineRun run) {
    assertEquals(0, run.exitCode(), run.stderr());
  }

  private static List<FileSourceScanExec> scansOfTheLog(List<SparkPlan> nodes) {
    return nodes.stream()
        .filter(FileSourceScanExec.class::isInstance)
        .map(FileSourceScanExec.class::cast)
        .filter(scan -> scan.relation().location().rootPaths().mkString().contains(log.toString()))
        .toList();
  }

  /** What Spark is to tell about files beside their rows. */
  private static List<String> metadata(FileSourceScanExec scan) {
    return JavaConverters.seqAsJavaList(scan.output()).stream()
        .filter(column -> MetadataAttribute$.MODULE$.isValid(column.metadata()))
        .map(Attribute::name)
        .toList();
  }

  @Test
  void theLogIsReadOnceBesideThreeColumns() {
    List<SparkPlan> all = plans.nodes();
    int whole = 0;
    int tellingFiles = 0;
    for (FileSourceScanExec scan : scansOfTheLog(all)) {
      List<String> columns = List.of(scan.requiredSchema().fieldNames());
      if (columns.contains("event_id")) {
        whole++;
        assertTrue(columns.size() > 15, columns.toString());
        List<String> files = metadata(scan);
        assertTrue(List.of(List.of("file_path"), List.of()).contains(files), files.toString());
        tellingFiles += files.size();
      } else {
        // Who converts. The rows of each partition are counted by footers, without Spark.
        assertEquals(List.of("event_type", "user_id", "consent"), columns);
        assertEquals(List.of(), metadata(scan));
      }
    }
    // The partitions that are read whole, and those of which only converting people are kept.
    assertEquals(2, whole);
    assertEquals(1, tellingFiles, "only rows that are counted by file say which it is");
    assertEquals(1, plans.caches().size(), "facts are cached, and nothing else");
  }

  @Test
  void eventsAreShuffledOnceAndSummedAFewTimes() {
    List<SparkPlan> facts = plans.caches().get(0);
    assertEquals(1, Plans.shuffles(facts).size(), "one exchange of events, by visitor");
    int sums = 0;
    for (List<SparkPlan> query : plans.queries()) {
      boolean readsFacts =
          query.stream().anyMatch(node -> node.nodeName().startsWith("InMemoryTableScan"));
      if (readsFacts) {
        sums += Plans.shuffles(query).size();
      }
    }
    System.out.println("shuffles of results drawn from the cached facts: " + sums);
    assertEquals(SHUFFLES, sums, "see docs/architecture.md");
  }

  @Test
  void eventsAreSortedOnce() {
    assertEquals(1, sorts(plans.caches().get(0)), "for the windows");
    List<List<SparkPlan>> sweeps =
        plans.queries().stream()
            .filter(query -> query.stream().anyMatch(MapPartitionsExec.class::isInstance))
            .toList();
    assertEquals(1, sweeps.size());
    assertEquals(0, sorts(sweeps.get(0)), "the sweep takes them in the order of the windows");
  }

  private static long sorts(List<SparkPlan> plan) {
    return plan.stream().filter(SortExec.class::isInstance).count();
  }

  @Test
  void windowsCarryWhatNoRuleLooksAtAsOneStruct() {
    List<WindowExec> windows =
        plans.caches().get(0).stream()
            .filter(WindowExec.class::isInstance)
            .map(WindowExec.class::cast)
            .toList();
    // Status, and the activity limit.
    assertEquals(2, windows.size());
    for (WindowExec window : windows) {
      List<String> columns =
          JavaConverters.seqAsJavaList(window.child().output()).stream()
              .map(Attribute::name)
              .toList();
      assertTrue(columns.contains("packed"), columns.toString());
      assertFalse(columns.stream().anyMatch(name -> name.contains("currency")), columns.toString());
      assertFalse(columns.contains("file"), columns.toString());
    }
  }
}
