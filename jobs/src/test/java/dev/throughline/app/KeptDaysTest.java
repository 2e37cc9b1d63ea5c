package dev.throughline.app;

import static dev.throughline.app.KeptRuns.assertSame;
import static dev.throughline.app.KeptRuns.copy;
import static dev.throughline.app.KeptRuns.kept;
import static dev.throughline.app.KeptRuns.rows;
import static dev.throughline.app.KeptRuns.succeed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.throughline.reference.RandomNights;
import dev.throughline.testing.PipelineRun;
import dev.throughline.testing.Plans;
import dev.throughline.testing.Scenario;
import dev.throughline.testing.TestSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.execution.MapPartitionsExec;
import org.apache.spark.sql.execution.SortExec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.JavaConverters;

/**
 * Nights that need not read what earlier nights kept publish what a run of the whole log does, to
 * the last bit but for sketches.
 */
class KeptDaysTest {
  private static final LocalDate LAST = LocalDate.parse("2026-11-03");
  private static final String NIGHTS = "nights";

  private static @TempDir Path folder;
  private static Scenario log;
  private static PipelineRun whole;

  /** Two days at once, then a night; over a clock change, in a zone not that of the partitions. */
  @BeforeEach
  void nights() {
    if (log == null) {
      // So short that most views are too old to be carried on.
      log = RandomNights.in(folder).set("throughline.attribution.view-lookback", "30m");
      succeed(log.runInto(NIGHTS, LAST.minusDays(3).toString(), LAST.minusDays(2).toString()));
      succeed(log.runInto(NIGHTS, LAST.minusDays(1).toString(), LAST.minusDays(1).toString()));
      copy(folder.resolve(NIGHTS), "nights-before");
    }
  }

  /** The last night, over what the nights before it left in a folder. */
  private static PipelineRun lastNight(String in) {
    return succeed(log.runInto(in, LAST.toString(), LAST.toString()));
  }

  /** The last night without anything kept, of the log as it was at first. */
  private static PipelineRun fromTheWholeLog() {
    if (whole == null) {
      whole = fromTheLog("whole");
      assertTrue(rows(whole, "attribution", LAST).size() > 5);
    }
    return whole;
  }

  private static PipelineRun fromTheLog(String output) {
    log.set("throughline.output.keep-touches", "false");
    try {
      PipelineRun run = succeed(log.runInto(output, LAST.toString(), LAST.toString()));
      assertEquals(Set.of(), kept(run));
      return run;
    } finally {
      log.set("throughline.output.keep-touches", "true");
    }
  }

  /** The day up to which the latest run read carried touches; empty for none. */
  private static String carriedTo(PipelineRun run) {
    return run.manifest().getString("input.touches_carried_to");
  }

  @Test
  void aNightReadsItsOwnDayAndPublishesTheSame() {
    String in = copy(folder.resolve(NIGHTS), "kept").getFileName().toString();
    PipelineRun[] run = new PipelineRun[1];
    Plans plans = Plans.during(() -> run[0] = lastNight(in));
    // A day of New York lies in two partitions of UTC.
    assertEquals(List.of(LAST.toString(), LAST.plusDays(1).toString()), KeptRuns.partitions(plans));
    assertTrue(kept(run[0]).contains(LAST.minusDays(1)));
    assertEquals(LAST.minusDays(2).toString(), carriedTo(run[0]));
    assertTouchesAreSortedWithFewColumns(plans);
    assertSame(LAST, fromTheWholeLog(), run[0]);
  }

  /** There are many times as many kept touches as rows of a night, so their width is its cost. */
  private static void assertTouchesAreSortedWithFewColumns(Plans plans) {
    List<SortExec> sorts =
        plans.queries().stream()
            .filter(query -> query.stream().anyMatch(MapPartitionsExec.class::isInstance))
            .flatMap(List::stream)
            .filter(SortExec.class::isInstance)
            .map(SortExec.class::cast)
            .toList();
    assertEquals(1, sorts.size());
    List<String> columns =
        JavaConverters.seqAsJavaList(sorts.get(0).output()).stream().map(Attribute::name).toList();
    assertEquals(14, columns.size(), columns.toString());
    assertTrue(columns.contains("packed"), columns.toString());
  }

  /** What was carried stands for the touches of all days before, and holds fewer. */
  @Test
  void touchesThatAreTooOldAreNotCarriedOn() throws IOException {
    Path kept = copy(folder.resolve(NIGHTS), "carried").resolve("_kept");
    String to = "/day=" + LAST.minusDays(2);
    assertEquals(Set.of(LAST.minusDays(2) + ".json"), names(kept.resolve("carried_days")));
    long touches = count(kept + "/touches", "day <= DATE '" + LAST.minusDays(2) + "'");
    long carried = count(kept + "/carried_touches", "true");
    assertTrue(carried > 100 && carried < touches - 50, carried + " of " + touches);
    Path file = kept.resolve("carried_touches" + to + "/carried_touches.parquet");
    Files.write(file, new byte[] {1, 2, 3});
    PipelineRun run = lastNight("carried");
    assertEquals("", carriedTo(run));
    assertSame(LAST, fromTheWholeLog(), run);
    // What was damaged is carried anew, for the nights after.
    assertTrue(names(kept.resolve("carried_days")).contains(LAST + ".json"));
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  private static long count(String table, String where) {
    return TestSession.get().read().parquet(table).where(where).count();
  }

  @Test
  void theLogHasChainsToLearn() {
    assertTrue(rows(fromTheWholeLog(), "removal_effects", LAST).size() > 5);
  }

  @Test
  void nightsThatLearnNoChainsPublishTheSame() {
    String in = copy(folder.resolve(NIGHTS), "without-chains").getFileName().toString();
    log.set("throughline.attribution.models", "[last_touch, linear, shapley]");
    try {
      PipelineRun run = lastNight(in);
      assertTrue(kept(run).contains(LAST.minusDays(1)));
      assertSame(LAST, fromTheLog("without-chains-whole"), run);
    } finally {
      log.set("throughline.attribution.models", RandomNights.MODELS);
    }
  }

  @Test
  void aDayWhoseLogChangedIsReadAgain() throws IOException {
    LocalDate late = LAST.minusDays(2);
    String in = copy(folder.resolve(NIGHTS), "late").getFileName().toString();
    Path partition = log.log().resolve("dt=" + late);
    Path file;
    try (Stream<Path> files = Files.list(partition)) {
      file =
          files.filter(f -> f.toString().endsWith(".parquet")).sorted().findFirst().orElseThrow();
    }
    Path away = folder.resolve("away.parquet");
    Files.move(file, away);
    try {
      PipelineRun run = lastNight(in);
      Set<LocalDate> kept = kept(run);
      assertTrue(kept.contains(LAST.minusDays(4)), kept.toString());
      assertEquals(false, kept.contains(late), kept.toString());
      assertEquals("", carriedTo(run));
      assertSame(LAST, fromTheLog("changed"), run);
    } finally {
      Files.move(away, file);
    }
  }

  @Test
  void whatIsDamagedOrIncompleteIsNotUsed() throws IOException {
    Path tables = copy(folder.resolve(NIGHTS), "damaged");
    Path kept = tables.resolve("_kept");
    Files.delete(
        kept.resolve("campaign_events/day=" + LAST.minusDays(1) + "/campaign_events.parquet"));
    Path note = kept.resolve("days/" + LAST.minusDays(2) + ".json");
    Files.write(note, "{ \"stamp\" : ".getBytes(StandardCharsets.UTF_8));
    Path touches = kept.resolve("touches/day=" + LAST.minusDays(3) + "/touches.parquet");
    Files.write(touches, new byte[] {1, 2, 3});
    PipelineRun run = lastNight("damaged");
    Set<LocalDate> used = kept(run);
    for (int before = 1; before <= 3; before++) {
      assertEquals(false, used.contains(LAST.minusDays(before)), used.toString());
    }
    assertSame(LAST, fromTheWholeLog(), run);
    // The damage is mended by what was read again.
    assertTrue(Files.size(touches) > 3);
    assertTrue(ConfigFactory.parseFile(note.toFile()).hasPath("input"));
  }

  @Test
  void anotherConfigurationReadsTheLog() {
    String in = copy(folder.resolve(NIGHTS), "configured").getFileName().toString();
    log.set("throughline.invalid-traffic.events-per-hour", "7");
    try {
      PipelineRun run = lastNight(in);
      assertEquals(Set.of(), kept(run));
      assertSame(LAST, fromTheLog("other"), run);
    } finally {
      log.set("throughline.invalid-traffic.events-per-hour", RandomNights.EVENTS_PER_HOUR);
    }
  }
}
