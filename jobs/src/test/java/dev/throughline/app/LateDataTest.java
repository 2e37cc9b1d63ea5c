package dev.throughline.app;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sequence;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.testing.Event;
import dev.throughline.testing.PipelineRun;
import dev.throughline.testing.Scenario;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever comes late, the tables become those of a run that had everything from the beginning. */
class LateDataTest {
  private static final List<String> TABLES =
      List.of("attribution", "campaign_funnel", "data_quality");
  private static final String[] REPORTS = {"--reports", String.join(",", TABLES)};
  private static final LocalDate FIRST = LocalDate.parse("2026-10-01");
  private static final int DAYS = 14;

  private @TempDir Path folder;
  private Scenario log;
  private PipelineRun whole;

  @BeforeEach
  void log() {
    List<Event> events = new ArrayList<>();
    for (int day = 1; day <= DAYS; day++) {
      String date = day(day);
      events.add(
          Event.event().user("u" + day % 3).click().campaign("c" + day % 2).at(date + " 09:00"));
      events.add(Event.event().user("u" + day % 2).impression().campaign("c3").at(date + " 10:00"));
      events.add(
          Event.event()
              .user("u" + (day + 1) % 3)
              .conversion("purchase")
              .value(day + ".5")
              .at(date + " 09:30"));
    }
    log =
        Scenario.in(folder)
            .events(events)
            .spend(day(12) + ",c1,10,EUR")
            .set("throughline.attribution.click-lookback", "3d")
            .set("throughline.attribution.models", "[last_touch, linear]")
            .set("throughline.periods", "[1, 10]")
            .set("throughline.output.keep-touches", "true");
  }

  private static String day(int number) {
    return FIRST.plusDays(number - 1L).toString();
  }

  private static PipelineRun succeed(PipelineRun run) {
    assertEquals(0, run.exitCode(), run.stderr());
    return run;
  }

  private PipelineRun night(String output, int number) {
    return log.night(output, day(number), REPORTS);
  }

  private static Set<String> restated(PipelineRun run) {
    return new TreeSet<>(succeed(run).manifest().getObject("restated").keySet());
  }

  private static Set<String> days(int... numbers) {
    Set<String> days = new TreeSet<>();
    for (int number : numbers) {
      days.add(day(number));
    }
    return days;
  }

  private static List<Row> rows(PipelineRun run, String table, Set<String> days) {
    return run.rows(table).stream()
        .filter(row -> days.contains(row.getDate(0).toString()))
        .toList();
  }

  private void assertConverged(PipelineRun run, int... numbers) {
    for (String table : TABLES) {
      assertEquals(rows(whole, table, days(numbers)), rows(run, table, days(numbers)), table);
    }
  }

  @Test
  void daysThatComeOneThreeAndTenDaysLateConverge() throws IOException {
    whole = succeed(log.runInto("whole", day(1), day(DAYS), REPORTS));
    String out = "late";
    log.deliveries().hold(day(2));
    log.deliveries().hold(day(5));
    Path file = log.deliveries().file(day(4));
    Path later = folder.resolve("later.parquet");
    Files.move(file, later);
    Files.createFile(log.deliveries().partition(day(4)).resolve("_SUCCESS"));
    assertEquals(Set.of(), restated(night(out, 1)));
    assertEquals(3, night(out, 2).exitCode());
    log.deliveries().deliver(day(2));
    assertEquals(days(2), restated(night(out, 3)), "a day late");
    assertEquals(Set.of(), restated(night(out, 4)), "nothing changed");
    assertEquals(3, night(out, 5).exitCode());
    assertEquals(Set.of(), restated(night(out, 6)), "day 5 is missing still");
    assertEquals(Set.of(), restated(night(out, 7)));
    log.deliveries().deliver(day(5));
    PipelineRun run = night(out, 8);
    assertEquals(days(5, 6, 7), restated(run), "three days late");
    assertNotEquals(
        rows(whole, "campaign_funnel", days(5)),
        rows(run, "campaign_funnel", days(5)),
        "day 4 is empty");
    assertConverged(run, 1, 2, 3);

    Files.move(later, file);
    run = night(out, 14);
    assertEquals(days(11, 12, 13), restated(run), "days that no run has published");
    assertConverged(run, 1, 2, 3, 11, 12, 13, 14);
    assertHistory(run);
    String command = "run --from " + day(4) + " --to " + day(8);
    assertTrue(run.stderr().contains(command), run.stderr());
    run = succeed(log.runInto(out, day(4), day(8), REPORTS));
    assertConverged(run, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14);
  }

  @Test
  void whatChangedIsRestatedAndWhatIsGoneIsNot() throws IOException {
    String out = "changed";
    night(out, 12);
    assertEquals(Set.of(), restated(night(out, 13)), "nothing changed");
    log.spend(day(12) + ",c1,25,EUR");
    PipelineRun run = night(out, 14);
    assertEquals(days(12, 13), restated(run), "spend of day 12, which is in the period of day 13");
    assertEquals(1, spent(run, 12, "25"), "the new spend");
    assertTrue(credited(run, 13));

    withoutConversions(13);
    log.deliveries().hold(day(9));
    run = night(out, 14);
    assertEquals(Set.of(), restated(run), "a day that these rest on is gone");
    assertTrue(run.stderr().contains("dt=" + day(9) + " is gone"), run.stderr());
    assertTrue(credited(run, 13));

    log.deliveries().deliver(day(9));
    run = night(out, 14);
    assertEquals(days(13), restated(run), "its file is another");
    assertFalse(credited(run, 13), "the credit of a conversion that vanished");
    Dataset<Row> history = run.history().where("day = DATE '" + day(13) + "'");
    assertEquals(
        1.0,
        history.orderBy(col("credit_moved").desc()).head().<Double>getAs("credit_moved"),
        1e-9);
  }

  /** A night that an audit refused is made up for later, but does not hold up the nights after. */
  @Test
  void aRestatedDayThatIsRefusedKeepsWhatItHas() {
    String out = "refused";
    log.events(
        Event.event().with("event_type", "hover").at(day(13) + " 12:00"),
        Event.event().with("event_type", "hover").at(day(13) + " 13:00"));
    log.set("throughline.audit.max-rejected-share", "0.3");
    succeed(night(out, 12));
    assertEquals(3, night(out, 13).exitCode(), "2 of 5 rows are rejected");
    PipelineRun run = succeed(night(out, 14));
    String warning = day(13) + " is not restated and keeps what it has: 2 of 5 rows (40.0 %)";
    assertTrue(run.stderr().contains(warning), run.stderr());
    assertEquals(Set.of(day(13)), run.manifest().getObject("left_out").keySet());
    assertEquals(
        days(12, 14),
        new TreeSet<>(
            run.rows("data_quality").stream().map(row -> row.getDate(0).toString()).toList()));

    log.set("throughline.audit.max-rejected-share", "1");
    assertEquals(days(13), restated(night(out, 14)), "not published yet");
  }

  /** The comparison with the days before refuses as little of the night. */
  @Test
  void aRestatedDayThatIsUnlikeThoseBeforeItKeepsWhatItHas() throws IOException {
    String out = "unlike";
    log.set("throughline.audit.days", "7");
    succeed(log.runInto(out, day(3), day(8), REPORTS));
    Dataset<Row> fortyfold =
        log.deliveries()
            .rows(day(8))
            .withColumn("n", explode(sequence(lit(1), lit(40))))
            .withColumn("event_id", concat(col("event_id"), lit("-"), col("n")))
            .drop("n");
    log.deliveries().deliver(fortyfold, day(8), "more.parquet");
    PipelineRun run = succeed(night(out, 9));
    String warning = day(8) + " is not restated and keeps what it has: " + day(8) + ": ";
    assertTrue(run.stderr().contains(warning), run.stderr());
    assertEquals(Set.of(day(8)), run.manifest().getObject("left_out").keySet());
    assertEquals(
        List.of(3L, 3L),
        rows(run, "data_quality", days(8, 9)).stream().map(row -> row.getAs("rows_in")).toList());
  }

  private static long spent(PipelineRun run, int day, String spend) {
    return run.rowsOfDays("campaign_funnel").stream()
        .filter(row -> row.getDate(0).toString().equals(day(day)))
        .map(row -> row.<BigDecimal>getAs("spend"))
        .filter(spent -> spent != null && spent.compareTo(new BigDecimal(spend)) == 0)
        .count();
  }

  private static boolean credited(PipelineRun run, int day) {
    return !rows(run, "attribution", days(day)).isEmpty();
  }

  /** The day's file is delivered once more, and holds no conversion now. */
  private void withoutConversions(int number) throws IOException {
    Dataset<Row> rows = log.deliveries().rows(day(number)).where("event_type <> 'conversion'");
    log.deliveries().replace(rows, day(number), "corrected.parquet");
  }

  /** Day 5 came with day 8: its view earned the conversion of day 6, its click that of day 7. */
  private static void assertHistory(PipelineRun run) {
    Dataset<Row> history = run.history().where("table_name = 'attribution'");
    assertEquals(List.of(false), flags(history, 5), "published once");
    for (int day : new int[] {6, 7}) {
      assertEquals(List.of(false, true), flags(history, day));
      Row moved = history.where("restated AND day = DATE '" + day(day) + "'").head();
      assertEquals(1.0, moved.<Double>getAs("credit_moved"), 1e-9, moved.toString());
      assertTrue(moved.<Long>getAs("rows_added") > 0, moved.toString());
      assertTrue(moved.<Long>getAs("rows_removed") > 0, moved.toString());
    }
  }

  private static List<Boolean> flags(Dataset<Row> history, int day) {
    return history
        .where("day = DATE '" + day(day) + "'")
        .orderBy("started")
        .collectAsList()
        .stream()
        .map(row -> row.<Boolean>getAs("restated"))
        .toList();
  }
}
