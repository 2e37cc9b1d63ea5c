package dev.throughline.app;

import static dev.throughline.app.KeptRuns.assertSame;
import static dev.throughline.app.KeptRuns.succeed;
import static dev.throughline.testing.Event.event;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.reports.Report;
import dev.throughline.reports.Reports;
import dev.throughline.testing.PipelineRun;
import dev.throughline.testing.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nights that follow only the people who converted leave the nights after them the touches of
 * everybody.
 */
class RestrictedNightsTest {
  private static final LocalDate FIRST = LocalDate.parse("2026-10-01");
  private static final List<Report> CREDIT = List.of(Reports.byName("attribution"));

  private @TempDir Path folder;

  /** A click on the first day, a purchase on the seventh, and somebody else's pages between. */
  private Scenario log() {
    Scenario log =
        Scenario.in(folder)
            .set("throughline.attribution.models", "[first_touch, last_touch, linear]")
            .set("throughline.attribution.resamples", "0")
            .events(event().user("late").click().campaign("c01").at("2026-10-01 10:00"));
    for (int day = 2; day <= 6; day++) {
      log.events(event().user("reader").pageView().at("2026-10-0" + day + " 10:00"));
    }
    return log.events(
        event().user("late").conversion("purchase").value("10").at("2026-10-07 10:00"),
        event().user("reader").pageView().at("2026-10-08 10:00"));
  }

  private static LocalDate day(int number) {
    return FIRST.plusDays(number - 1L);
  }

  private static PipelineRun run(Scenario log, int from, int to, String... more) {
    return succeed(log.runInto("nights", day(from).toString(), day(to).toString(), more));
  }

  private static String snapshot(PipelineRun night) {
    return night.manifest().getString("input.touches_carried_to");
  }

  private static PipelineRun fromScratch(Scenario log, String... more) {
    return succeed(log.runInto("scratch", day(7).toString(), day(7).toString(), more));
  }

  private static void assertCredit(PipelineRun night) {
    assertEquals(
        1,
        night
            .table("attribution")
            .where("day = '2026-10-07' AND model = 'last_touch' AND member = 'c01'")
            .where("action = 'purchase' AND credited_conversions = 1")
            .count());
  }

  @Test
  void creditIsThatOfARunFromScratch() throws IOException {
    Scenario log = log();
    String[] credit = {"--reports", "attribution"};
    run(log, 1, 5, credit);
    run(log, 6, 6, credit);
    PipelineRun night = run(log, 7, 7, credit);
    assertEquals("2026-10-06", snapshot(night));
    assertSame(CREDIT, day(7), fromScratch(log, credit), night);
    assertCredit(night);
    assertWhatAnEarlierVersionLeftIsRebuilt(log, night.output());
  }

  /** As if the nights so far were of the version that wrote snapshots without some touches. */
  private static void assertWhatAnEarlierVersionLeftIsRebuilt(Scenario log, Path tables)
      throws IOException {
    Path snapshots = tables.resolve("_kept/carried_days");
    replace(snapshots.resolve(day(6) + ".json"), "snapshot 2; ", "");
    replace(
        tables.resolve("_days").resolve(day(7) + ".json"), "\"touch_snapshots\" : 2", "\"a\" : 2");
    PipelineRun night = succeed(log.night("nights", day(8).toString(), "--reports", "attribution"));
    assertTrue(
        night.stderr().contains("snapshots of touches up to [" + day(6) + "]"), night.stderr());
    assertEquals(
        "published from a snapshot that may lack touches",
        night.manifest().getString("restated.\"" + day(7) + "\""));
    assertEquals("", snapshot(night));
    assertFalse(Files.exists(snapshots.resolve(day(6) + ".json")));
    assertCredit(night);
  }

  private static void replace(Path file, String was, String is) throws IOException {
    String text = Files.readString(file);
    assertTrue(text.contains(was), text);
    Files.writeString(file, text.replace(was, is));
  }

  /** A night of all tables, which learns chains, over what a restricted one left. */
  @Test
  void aNightOfAllTablesMayFollow() {
    Scenario log = log().set("throughline.restate-days", "0");
    run(log, 1, 5, "--reports", "attribution");
    run(log, 6, 6, "--reports", "attribution");
    log.set("throughline.attribution.models", "[last_touch, linear, markov_1, shapley]");
    PipelineRun night = run(log, 7, 7);
    assertEquals("2026-10-06", snapshot(night));
    assertSame(day(7), fromScratch(log), night);
    assertCredit(night);
  }
}
