package dev.throughline.app;

import static dev.throughline.testing.Event.event;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.testing.PipelineRun;
import dev.throughline.testing.Scenario;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How late events are is told by the day under which they were filed. */
class EventLatenessTest {
  private static final String DAY = "2026-10-31";

  @Test
  void latenessIsToldAndWhatCameTooLate(@TempDir Path folder) {
    PipelineRun run =
        Scenario.in(folder)
            .set("throughline.input.events.partition.late-days", "5")
            .set("throughline.restate-days", "2")
            .events(
                event().at(DAY + " 09:00:00").received(DAY + " 09:00:10"),
                event().at(DAY + " 09:00:00").received(DAY + " 09:00:20.999"),
                event().at(DAY + " 09:00:00").received(DAY + " 09:00:30"),
                event().at(DAY + " 09:10:00").received(DAY + " 09:00:00"),
                // A duplicate, which came a second time and later.
                event().id("x").at(DAY + " 08:00:00").received(DAY + " 08:00:10"),
                event().id("x").at(DAY + " 08:00:00").received(DAY + " 23:00:00"),
                // One day late, two days late by where it is filed, three and four days late.
                event().at("2026-10-30 23:59:50").received(DAY + " 00:00:00").dt(DAY),
                event().at("2026-10-29 12:00:00").dt(DAY),
                event().at("2026-10-28 09:00:00").received(DAY + " 09:00:00").dt(DAY),
                event().at("2026-10-27 09:00:00").dt(DAY),
                // Too late for late-days; and filed before it happened.
                event().at("2026-10-25 23:59:59").dt(DAY),
                event().at("2026-11-01 00:00:00").dt(DAY))
            .run("2026-10-30", DAY);
    List<Row> rows = run.rows("event_lateness");
    // Filed on the day before: nothing, for what happened then came on this day.
    assertEquals(
        Arrays.asList(0L, 0L, 0L, null, null, null, null, 0L, 0L, null, 0L),
        cells(rows.get(0)).subList(1, 12));
    // Whole seconds: -600, 10, 10, 10, 20, 30, 259200.
    assertEquals(
        Arrays.asList(9L, 7L, 1L, 10.0, 103_698.0, 243_649.8, 259_200.0, 4L, 2L, 2 / 9.0, 1L),
        cells(rows.get(1)).subList(1, 12));
    assertTrue(
        run.stderr()
            .contains(
                "2 of the 9 events that were filed on 2026-10-31 came more than 2 days after their"
                    + " day"),
        run.stderr());
  }

  private static List<Object> cells(Row row) {
    return scala.collection.JavaConverters.seqAsJavaList(row.toSeq());
  }
}
