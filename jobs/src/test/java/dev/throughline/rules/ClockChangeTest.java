package dev.throughline.rules;

import static dev.throughline.testing.Event.event;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.testing.Event;
import dev.throughline.testing.PipelineRun;
import dev.throughline.testing.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reporting days of New York that are 23 and 25 hours long, in a log filed by days of UTC. */
class ClockChangeTest {
  private static final String ZONE = "America/New_York";
  private static final Duration HOUR = Duration.ofHours(1);

  private static Event impression(String local) {
    return event().impression().at(local, ZONE);
  }

  private static Scenario scenario(Path folder) {
    return Scenario.in(folder)
        .set("throughline.time-zone", ZONE)
        .set("throughline.input.events.partition.zone", "UTC");
  }

  /** Net impressions of c1, by day. */
  private static String impressions(PipelineRun run) {
    TreeMap<String, Object> days = new TreeMap<>();
    for (Row row : run.rowsOfDays("campaign_funnel")) {
      if (row.getAs("campaign_id").equals("c1")) {
        days.put(row.getAs("day").toString(), row.getAs("impressions"));
      }
    }
    return days.toString();
  }

  private static String column(PipelineRun run, String table, String where, String column) {
    return run.table(table).where(where).select(column).collectAsList().stream()
        .map(row -> String.valueOf(row.get(0)))
        .toList()
        .toString();
  }

  private static String credit(PipelineRun run, String action) {
    TreeMap<String, Object> members = new TreeMap<>();
    for (Row row :
        run.table("attribution")
            .where("model = 'linear' and dimension = 'campaign' and action = '" + action + "'")
            .collectAsList()) {
      members.put(row.getAs("member"), row.getDecimal(6).stripTrailingZeros().toPlainString());
    }
    return members.toString();
  }

  @Test
  void theDayThatGainsAnHourHoldsTwentyFiveHours(@TempDir Path folder) {
    Event firstHalfPastOne = impression("2026-11-01 01:30:00");
    Scenario scenario =
        scenario(folder)
            .events(
                impression("2026-10-31 23:59:59.999"),
                impression("2026-11-01 00:00:00"),
                firstHalfPastOne,
                firstHalfPastOne.copy().plus(HOUR),
                impression("2026-11-01 23:59:59.999"),
                impression("2026-11-02 00:00:00"))
            // Twenty minutes after the click, though the wall clock shows an earlier time.
            .events(
                event().user("p").campaign("p1").click().at("2026-11-01 00:50:00", ZONE).plus(HOUR),
                event().user("p").pageView().at("2026-11-01 01:10:00", ZONE).plus(HOUR))
            // A window of one day is 24 hours: it ends an hour before this day.
            .events(
                event().user("w").campaign("w1").impression().at("2026-11-01 00:00:00", ZONE),
                event().user("w").campaign("w1").click().at("2026-11-01 23:00:00", ZONE),
                event().user("x").campaign("x1").impression().at("2026-11-01 00:00:00", ZONE),
                event().user("x").campaign("x1").click().at("2026-11-01 23:00:00.001", ZONE))
            // A view look-back of one day is 24 hours, which the wall clock shows as 23.
            .events(
                event().user("v").campaign("v1").impression().at("2026-10-31 13:00:00", ZONE),
                event().user("v").campaign("v2").impression().at("2026-10-31 12:59:59.999", ZONE),
                event().user("v").conversion("fall").at("2026-11-01 12:00:00", ZONE));
    PipelineRun run = scenario.run("2026-10-31", "2026-11-02");
    assertEquals("{2026-10-31=1, 2026-11-01=4, 2026-11-02=1}", impressions(run));
    assertEquals("{v1=1}", credit(run, "fall"));
    assertEquals("[1]", column(run, "post_click_behaviour", "campaign_id = 'p1'", "landed_clicks"));
    String clicked = "day = '2026-11-01' and step_name = 'click' and campaign_id = ";
    assertEquals("[1]", column(run, "funnel_drop_off", clicked + "'w1'", "entered"));
    assertEquals("[0]", column(run, "funnel_drop_off", clicked + "'x1'", "entered"));
  }

  @Test
  void theDayThatLosesAnHourHoldsTwentyThreeHours(@TempDir Path folder) {
    Scenario scenario =
        scenario(folder)
            .events(
                impression("2026-03-07 23:59:59.999"),
                impression("2026-03-08 00:00:00"),
                impression("2026-03-08 01:59:59.999"),
                impression("2026-03-08 03:00:00"),
                impression("2026-03-08 23:59:59.999"),
                impression("2026-03-09 00:00:00"))
            .events(
                event().user("v").campaign("v1").impression().at("2026-03-07 11:00:00", ZONE),
                event().user("v").campaign("v2").impression().at("2026-03-07 10:59:59.999", ZONE),
                event().user("v").conversion("spring").at("2026-03-08 12:00:00", ZONE));
    PipelineRun run = scenario.run("2026-03-08");
    assertEquals("{2026-03-08=4}", impressions(run));
    assertEquals("{v1=1}", credit(run, "spring"));
  }
}
