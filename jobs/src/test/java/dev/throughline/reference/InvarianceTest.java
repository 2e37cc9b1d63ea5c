package dev.throughline.reference;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.reports.Report;
import dev.throughline.reports.Reports;
import dev.throughline.testing.FrameAssert;
import dev.throughline.testing.PipelineRun;
import dev.throughline.testing.Scenario;
import dev.throughline.testing.TestSession;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must change no digit of any table. */
class InvarianceTest {
  private static final String FROM = "2026-10-30";
  private static final String TO = "2026-10-31";
  private static final String PARTITIONS = "spark.sql.shuffle.partitions";
  private static final NaiveRules RULES =
      new NaiveRules(
          ZoneId.of("America/New_York"),
          Duration.ofDays(3),
          Duration.ofDays(1),
          Duration.ofDays(1),
          5,
          20,
          Set.of("download"),
          "last_touch",
          NaiveRules.Campaigns.of(Map.of("c0030", "display")),
          RandomVariants.TIGHT.people(),
          new NaiveRules.Learning(
              RandomModels.allWith("ends", "recent_clicks"),
              RandomModels.CUSTOM,
              4,
              List.of("exposure"),
              8));

  private static final Map<String, List<Row>> EXPECTED = new HashMap<>();
  private static @TempDir Path folder;
  private static Scenario log;
  private static PipelineRun base;

  private static Scenario scenario(Path in) {
    Scenario scenario = RULES.configure(Scenario.in(in));
    for (int number = 0; number < 40; number++) {
      scenario.events(RandomLog.events(number, RULES, Instant.parse("2026-10-30T04:00:00Z"), 48));
    }
    return scenario;
  }

  @BeforeAll
  static void runOnce() {
    log = scenario(folder);
    base = log.runInto("base", FROM, TO);
    for (Report report : Reports.ALL) {
      String name = report.table().name();
      EXPECTED.put(name, comparable(base, name));
      assertTrue(EXPECTED.get(name).size() > 1, name + " is too small to tell");
    }
  }

  private static void assertSameTables(PipelineRun run) {
    for (Report report : Reports.ALL) {
      String name = report.table().name();
      assertEquals(EXPECTED.get(name), comparable(run, name), name);
    }
  }

  /** All but sketches, whose bytes may hold the same people in another order; estimates do not. */
  private static List<Row> comparable(PipelineRun run, String name) {
    Dataset<Row> table = run.table(name);
    String[] sketches =
        Stream.of(table.schema().fields())
            .filter(field -> field.dataType().equals(DataTypes.BinaryType))
            .map(StructField::name)
            .toArray(String[]::new);
    return table.orderBy(Reports.byName(name).table().keyColumns()).drop(sketches).collectAsList();
  }

  @Test
  void orderAndFilesOfTheLogPartitionsOfTheRunAndCompiledQueries(@TempDir Path other) {
    // Rows are dealt to seven files a day, so a person's events lie in many of them. Who sets how
    // queries are planned also has them compiled, which the first run of so few rows has not.
    Scenario scenario =
        scenario(other)
            .shuffled(7)
            .files(7)
            .set("throughline.spark.\"spark.sql.adaptive.enabled\"", "true");
    String partitions = TestSession.get().conf().get(PARTITIONS);
    TestSession.get().conf().set(PARTITIONS, "5");
    try {
      assertSameTables(scenario.run(FROM, TO));
    } finally {
      TestSession.get().conf().set(PARTITIONS, partitions);
    }
  }

  @Test
  void runningAgainOverPublishedTables() {
    assertSameTables(log.runInto("base", FROM, TO));
  }

  @Test
  void daysOneByOneOrAsARange() {
    PipelineRun first = log.runInto("days", FROM, FROM);
    assertEquals(0, first.exitCode(), first.stderr());
    assertSameTables(log.runInto("days", TO, TO));
  }

  @Test
  void theZoneOfTheMachine() {
    TimeZone before = TimeZone.getDefault();
    try {
      for (String zone : List.of("America/Los_Angeles", "Asia/Kolkata")) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        PipelineRun run = log.runInto(zone.replace('/', '-'), FROM, TO);
        TimeZone.setDefault(before);
        assertSameTables(run);
      }
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void additiveCreditAddsUpToTheConversionsExactly() {
    Dataset<Row> credited =
        base.table("attribution")
            .where("additive")
            .groupBy("day", "dimension", "action", "model")
            .agg(Map.of("credited_conversions", "sum", "credited_value", "sum"))
            .select(
                col("day"),
                col("dimension"),
                col("action"),
                col("model"),
                col("sum(credited_conversions)").cast("decimal(38,12)").as("conversions"),
                col("sum(credited_value)").cast("decimal(38,12)").as("value"));
    Dataset<Row> totals =
        base.table("attribution_reconciliation")
            .select(
                col("day"),
                col("dimension"),
                col("action"),
                col("model"),
                col("total_conversions").cast("decimal(38,12)").as("conversions"),
                col("total_value").cast("decimal(38,12)").as("value"));
    FrameAssert.assertSameRows(totals, credited);
  }
}
