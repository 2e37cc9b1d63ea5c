package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.metrics.CampaignPeriods;
import dev.throughline.reports.Report;
import dev.throughline.reports.Reports;
import dev.throughline.table.Field;
import dev.throughline.table.Rule;
import dev.throughline.table.Table;
import dev.throughline.testing.LogFixture;
import dev.throughline.testing.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every report: one loop over the registry. */
class RegistryTest {
  /** Tables that say of a day without events that there were none. */
  private static final Set<String> COUNTING_NOTHING = Set.of("data_quality", "event_lateness");

  private static final Path REPOSITORY = Path.of("..");

  @Test
  void everyReportIsDeclaredInFull() {
    Set<String> names = new HashSet<>();
    for (Report report : Reports.ALL) {
      Table table = report.table();
      String name = table.name();
      assertTrue(names.add(name), name + " is there twice");
      assertTrue(name.matches("[a-z_]+"), name);
      assertFalse(table.doc().isBlank(), name);
      assertFalse(table.grain().isBlank(), name);
      assertEquals("day", table.fields().get(0).name(), name);
      assertEquals("day", table.key().get(0).name(), name);
      assertTrue(table.fields().size() > table.key().size(), name + " is more than its key");
      assertFalse(table.rules().isEmpty(), name + " has a rule");
      for (Field field : table.fields()) {
        assertFalse(field.doc().isBlank(), name + "." + field.name());
        assertTrue(field.name().matches("[a-z][a-z0-9_]*"), name + "." + field.name());
      }
      assertEquals(
          table.rules().size(), table.rules().stream().map(Rule::name).distinct().count(), name);
      assertTrue(Files.exists(expected(name)), "no " + expected(name));
    }
  }

  @Test
  void everyExpectedTableBelongsToAReport() throws IOException {
    List<String> names =
        Reports.ALL.stream().map(report -> report.table().name() + ".csv").toList();
    try (Stream<Path> files = Files.list(expected("x").getParent())) {
      for (Path file : files.toList()) {
        assertTrue(names.contains(file.getFileName().toString()), file + " is of no report");
      }
    }
  }

  @Test
  void docsAreThoseOfTheContracts() throws IOException {
    LogFixture.Outcome outcome = LogFixture.execute("reports", "--markdown");
    assertEquals(0, outcome.code(), outcome.all());
    assertEquals(
        outcome.out(),
        Files.readString(REPOSITORY.resolve("docs/reports.md")),
        "docs/reports.md is stale: scripts/throughline reports --markdown > docs/reports.md");
    for (Report report : Reports.ALL) {
      assertTrue(outcome.out().contains("\n## " + report.table().name() + "\n"));
    }
  }

  @Test
  void aDayWithoutEventsGivesEveryTableItsSchema(@TempDir Path temp) {
    LogFixture log = LogFixture.in(temp);
    log.write(LogFixture.standardRows().where("dt = '2026-10-30'"));
    log.markEmpty(LogFixture.DAY);
    LogFixture.Outcome outcome = log.run();
    assertEquals(0, outcome.code(), outcome.all());
    for (Report report : Reports.ALL) {
      Table table = report.table();
      Path file =
          log.warehouse().resolve(table.name() + "/day=2026-10-31/" + table.name() + ".parquet");
      Dataset<Row> rows = TestSession.get().read().parquet(file.toString());
      // The day is the name of the folder.
      assertEquals(
          table.fields().stream().skip(1).map(f -> f.name() + " " + f.type().sql()).toList(),
          Stream.of(rows.schema().fields()).map(RegistryTest::column).toList(),
          table.name());
      boolean periods = table.fields().contains(CampaignPeriods.PERIOD);
      // Longer periods that end with the day hold the days before it.
      List<Row> found = (periods ? rows.filter("period = 1") : rows).collectAsList();
      if (!COUNTING_NOTHING.contains(table.name())) {
        assertEquals(List.of(), found, table.name());
        continue;
      }
      assertEquals(1, found.size());
      for (int i = 0; i < found.get(0).size(); i++) {
        Long nothing = table.fields().get(i + 1).nullable() ? null : Long.valueOf(0);
        assertEquals(nothing, found.get(0).get(i), rows.schema().fieldNames()[i]);
      }
    }
    assertTrue(outcome.out().contains("no campaign brought a conversion"), outcome.all());
  }

  private static String column(StructField field) {
    return field.name() + " " + field.dataType().sql();
  }

  private static Path expected(String table) {
    return REPOSITORY.resolve("data-samples/expected/" + table + ".csv");
  }
}
