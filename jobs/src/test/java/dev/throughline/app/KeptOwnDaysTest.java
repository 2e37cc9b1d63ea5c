package dev.throughline.app;

import static dev.throughline.app.KeptRuns.assertSame;
import static dev.throughline.app.KeptRuns.copy;
import static dev.throughline.app.KeptRuns.kept;
import static dev.throughline.app.KeptRuns.partitions;
import static dev.throughline.app.KeptRuns.rows;
import static dev.throughline.app.KeptRuns.succeed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.model.Need;
import dev.throughline.reference.RandomNights;
import dev.throughline.reports.Report;
import dev.throughline.reports.Reports;
import dev.throughline.testing.PipelineRun;
import dev.throughline.testing.Plans;
import dev.throughline.testing.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.LeftSemi$;
import org.apache.spark.sql.execution.MapPartitionsExec;
import org.apache.spark.sql.execution.joins.HashJoin;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs over days that earlier runs kept, by other models than these had. */
class KeptOwnDaysTest {
  private static final LocalDate LAST = LocalDate.parse("2026-11-03");
  private static final LocalDate FIRST = LAST.minusDays(1);
  private static final String OTHER_MODELS = "[first_touch, time_decay, markov_2, shapley]";
  private static final List<Report> OF_WHAT_IS_KEPT =
      Reports.ALL.stream()
          .filter(report -> report.needs().stream().noneMatch(Need::ofLog))
          .toList();

  private static @TempDir Path folder;
  private static Scenario log;
  private static PipelineRun fromTheLog;

  @BeforeAll
  static void runs() {
    log = RandomNights.in(folder);
    succeed(log.runInto("before", LAST.minusDays(3).toString(), LAST.toString()));
    log.set("throughline.attribution.models", OTHER_MODELS)
        .set("throughline.output.keep-touches", "false");
    fromTheLog = succeed(log.runInto("log", FIRST.toString(), LAST.toString()));
    assertTrue(rows(fromTheLog, "removal_effects", LAST).size() > 5);
    log.set("throughline.output.keep-touches", "true");
  }

  private static PipelineRun again(Path in, String... reports) {
    return succeed(
        log.runInto(
            in.getFileName().toString(),
            FIRST.toString(),
            LAST.toString(),
            "--reports",
            String.join(",", reports)));
  }

  private static String[] names(List<Report> reports) {
    return reports.stream().map(report -> report.table().name()).toArray(String[]::new);
  }

  private static Path copyOfBefore(String name) {
    return copy(folder.resolve("before"), name);
  }

  @Test
  void reportsOfWhatIsKeptReadNothingOfTheLogAndAreTheSame() {
    Path in = copyOfBefore("kept");
    Map<Path, byte[]> keptBefore = files(in.resolve("_kept"));
    PipelineRun[] run = new PipelineRun[1];
    Plans plans = Plans.during(() -> run[0] = again(in, names(OF_WHAT_IS_KEPT)));
    assertEquals(List.of(), partitions(plans));
    assertTrue(kept(run[0]).containsAll(List.of(FIRST, LAST)), kept(run[0]).toString());
    assertTrue(run[0].stdout().contains("Not read       2 of 2 days"), run[0].stdout());
    for (LocalDate day : List.of(FIRST, LAST)) {
      assertSame(OF_WHAT_IS_KEPT, day, fromTheLog, run[0]);
    }
    assertEquals(
        fromTheLog.manifest().getObject("conversions"), run[0].manifest().getObject("conversions"));
    assertSameFiles(keptBefore, files(in.resolve("_kept")));
  }

  @Test
  void whereOpenJourneysDoNotMatterOnlyThoseOfPeopleWhoConvertedAreFollowed() {
    Path in = copyOfBefore("converters");
    String[] reports = {"attribution", "campaign_funnel", "campaign_actions", "time_to_convert"};
    log.set("throughline.attribution.models", "[first_touch, time_decay]");
    try {
      PipelineRun[] run = new PipelineRun[1];
      Plans plans = Plans.during(() -> run[0] = again(in, reports));
      assertEquals(1, semiJoinsOfTheSweep(plans));
      for (LocalDate day : List.of(FIRST, LAST)) {
        List<Row> expected =
            rows(fromTheLog, "attribution", day).stream()
                .filter(row -> !row.<String>getAs("model").matches("markov_2|shapley"))
                .toList();
        assertTrue(expected.size() > 5);
        assertEquals(expected, rows(run[0], "attribution", day));
        for (String report : List.of(reports).subList(1, reports.length)) {
          assertSame(List.of(Reports.byName(report)), day, fromTheLog, run[0]);
        }
      }
    } finally {
      log.set("throughline.attribution.models", OTHER_MODELS);
    }
  }

  private static long semiJoinsOfTheSweep(Plans plans) {
    return plans.queries().stream()
        .filter(query -> query.stream().anyMatch(MapPartitionsExec.class::isInstance))
        .flatMap(List::stream)
        .filter(HashJoin.class::isInstance)
        .filter(join -> ((HashJoin) join).joinType().equals(LeftSemi$.MODULE$))
        .count();
  }

  @Test
  void aDayThatIsNotKeptIsReadBesideOneThatIs() throws IOException {
    Path in = copyOfBefore("one");
    Files.delete(in.resolve("_kept/days/" + LAST + ".json"));
    PipelineRun[] run = new PipelineRun[1];
    Plans plans = Plans.during(() -> run[0] = again(in, names(OF_WHAT_IS_KEPT)));
    // A day of New York lies in two partitions of UTC.
    assertEquals(List.of(LAST.toString(), LAST.plusDays(1).toString()), partitions(plans));
    assertTrue(kept(run[0]).contains(FIRST));
    assertTrue(run[0].stdout().contains("Not read       1 of 2 days"), run[0].stdout());
    assertFalse(kept(run[0]).contains(LAST));
    for (LocalDate day : List.of(FIRST, LAST)) {
      assertSame(OF_WHAT_IS_KEPT, day, fromTheLog, run[0]);
    }
  }

  @Test
  void oneReportThatNeedsTheLogHasTheDaysRead() {
    PipelineRun run = again(copyOfBefore("needs"), "attribution", "data_quality");
    assertTrue(kept(run).contains(FIRST.minusDays(1)));
    assertFalse(kept(run).contains(FIRST));
    assertSame(List.of(Reports.byName("data_quality")), LAST, fromTheLog, run);
  }

  @Test
  void whatIsKeptIsRebuiltAsItWas() throws IOException {
    Path in = copyOfBefore("rebuilt");
    Path kept = in.resolve("_kept");
    Map<Path, byte[]> before = files(kept);
    Path damaged = kept.resolve("touches/day=" + LAST + "/touches.parquet");
    byte[] bytes = Files.readAllBytes(damaged);
    // Of the same length, so that nobody notices until it is read.
    Arrays.fill(bytes, (byte) 7);
    Files.write(damaged, bytes);
    PipelineRun run =
        succeed(
            log.runInto(
                "rebuilt",
                LAST.minusDays(3).toString(),
                LAST.toString(),
                "--rebuild",
                "--reports",
                "attribution"));
    assertEquals(Set.of(), kept(run));
    assertSameFiles(before, files(kept));
  }

  private static Map<Path, byte[]> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .collect(
              Collectors.toMap(
                  folder::relativize, KeptOwnDaysTest::read, (a, b) -> a, TreeMap::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertSameFiles(Map<Path, byte[]> expected, Map<Path, byte[]> found) {
    Function<Map<Path, byte[]>, Map<Path, String>> digests =
        files ->
            files.entrySet().stream()
                .collect(
                    Collectors.toMap(
                        Map.Entry::getKey,
                        file -> file.getValue().length + " " + Arrays.hashCode(file.getValue()),
                        (a, b) -> a,
                        TreeMap::new));
    assertEquals(digests.apply(expected), digests.apply(found));
  }
}
