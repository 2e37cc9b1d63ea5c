package dev.throughline.app;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sequence;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.errors.ErrorKind;
import dev.throughline.model.Journeys;
import dev.throughline.testing.Deliveries;
import dev.throughline.testing.Event;
import dev.throughline.testing.PipelineRun;
import dev.throughline.testing.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights of which rows with too few people are folded: what comes late, and what is unlike. */
class FoldedNightsTest {
  private static final List<String> TABLES = List.of("attribution", "campaign_funnel");
  private static final String[] REPORTS = {"--reports", String.join(",", TABLES)};
  private static final LocalDate FIRST = LocalDate.parse("2026-10-01");
  private static final int DAYS = 8;

  private @TempDir Path folder;

  private static String day(int number) {
    return FIRST.plusDays(number - 1L).toString();
  }

  /** Each day three people of one campaign, and one of another that no other day has. */
  private Scenario log() {
    Scenario log =
        Scenario.in(folder)
            .set("throughline.privacy.min-people", "2")
            .set("throughline.audit.days", "7")
            .set("throughline.attribution.click-lookback", "3d")
            .set("throughline.attribution.models", "[last_touch, linear]")
            .set("throughline.periods", "[1]");
    for (int number = 1; number <= DAYS; number++) {
      for (int person = 0; person < 4; person++) {
        String user = "u" + number + person;
        String campaign = person == 3 ? "only-" + number : "all";
        log.events(
            Event.event().user(user).click().campaign(campaign).at(day(number) + " 09:00"),
            Event.event().user(user).conversion("purchase").value("5").at(day(number) + " 10:00"));
      }
    }
    return log;
  }

  private static List<Row> rows(PipelineRun run, String table, int day) {
    return run.rows(table).stream()
        .filter(row -> row.getDate(0).toString().equals(day(day)))
        .toList();
  }

  private static Set<String> keys(PipelineRun run, String key) {
    assertEquals(0, run.exitCode(), run.stderr());
    return run.manifest().getObject(key).keySet();
  }

  @Test
  void lateDataConvergesAndWhatIsUnlikeIsRefused() throws IOException {
    Scenario log = log();
    PipelineRun whole = log.runInto("whole", day(1), day(DAYS), REPORTS);
    assertEquals(0, whole.exitCode(), whole.stderr());
    Deliveries files = log.deliveries();
    Dataset<Row> all = files.rows(day(7)).localCheckpoint();
    String only = "user_id = 'u73'";
    files.replace(all.where("NOT (" + only + ")"), day(7), "early.parquet");
    assertEquals(0, log.runInto("late", day(1), day(6), REPORTS).exitCode());
    PipelineRun run = log.night("late", day(7), REPORTS);
    assertEquals(Set.of(), keys(run, "restated"));
    // Nobody is too few where they are not there.
    assertFalse(rows(run, "attribution", 7).toString().contains(Journeys.TOO_FEW));

    files.deliver(all.where(only), day(7), "late.parquet");
    run = log.night("late", day(8), REPORTS);
    assertEquals(Set.of(day(7)), keys(run, "restated"));
    assertTrue(rows(run, "campaign_funnel", 7).toString().contains(Journeys.TOO_FEW));
    for (String table : TABLES) {
      assertEquals(whole.rows(table), run.rows(table), table);
      assertFalse(run.rows(table).toString().contains("only-"), table);
    }

    Dataset<Row> fortyfold =
        files
            .rows(day(8))
            .withColumn("n", explode(sequence(lit(1), lit(40))))
            .withColumn("event_id", concat(col("event_id"), lit("-"), col("n")))
            .drop("n");
    files.deliver(fortyfold, day(8), "more.parquet");
    List<Row> live = run.rows("campaign_funnel");
    PipelineRun unlike = log.night("late", day(8), REPORTS);
    assertEquals(ErrorKind.DRIFT.exitCode(), unlike.exitCode(), unlike.stderr());
    assertEquals(live, run.rows("campaign_funnel"));
  }
}
