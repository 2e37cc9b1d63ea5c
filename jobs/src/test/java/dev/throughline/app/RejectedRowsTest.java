package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.throughline.app.InputCounts.DayRows;
import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.testing.LogFixture;
import dev.throughline.testing.LogFixture.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days of which too many rows are no events. */
class RejectedRowsTest {
  private static final LocalDate DAY = LocalDate.parse("2026-10-31");

  private static DayRows rows(long facts, Map<String, Long> rejected) {
    long sum = rejected.values().stream().mapToLong(Long::longValue).sum();
    return new DayRows(Map.of("fact", facts, "rejected", sum), rejected);
  }

  @Test
  void theMostFrequentReasonsAreNamedFirst() {
    Map<LocalDate, DayRows> days = new TreeMap<>();
    days.put(DAY.minusDays(1), rows(1_000, Map.of("negative_value", 50L)));
    days.put(
        DAY,
        rows(
            94,
            Map.of(
                "unknown_event_type", 1L,
                "negative_value", 2L,
                "missing_event_name", 3L,
                "missing_event_id", 1L,
                "missing_event_time", 1L)));
    ThroughlineException refusal = RejectedRows.refusal(RejectedRows.tooMany(days, 0.05), 0.05);
    assertEquals(ErrorKind.INPUT, refusal.kind());
    assertTrue(
        refusal
            .getMessage()
            .contains(
                "\n  - 2026-10-31: 8 of 102 rows (7.8 %): missing_event_name 3, negative_value 2,"
                    + " missing_event_id 1, and 2 more reasons\n"),
        refusal.getMessage());
    assertFalse(refusal.getMessage().contains("2026-10-30"), refusal.getMessage());
    assertEquals(Map.of(), RejectedRows.tooMany(days, 1));
    assertEquals(
        Map.of(), RejectedRows.tooMany(Map.of(DAY, rows(95, Map.of("negative_value", 5L))), 0.05));
  }

  @Test
  void theRunEndsBeforeTheWorkBegins(@TempDir Path temp) throws IOException {
    LogFixture log = LogFixture.standard(temp);
    log.write(
        LogFixture.rows(
            "2026-10-31|e30|2026-10-31 12:00:00|hover||u1|c1|||",
            "2026-10-31|e31|2026-10-31 12:00:00|hover||u2|c1|||",
            "2026-10-31|e32|2026-10-31 12:00:00|conversion|buy|u2|||-1|EUR"));
    Outcome refused = log.run("--reports", "rejected_events", "--accept-drift");
    assertEquals(3, refused.code(), refused.all());
    assertTrue(
        refused
            .err()
            .contains("2026-10-31: 3 of 11 rows (27.3 %): unknown_event_type 2, negative_value 1"),
        refused.err());
    assertTrue(refused.err().contains("throughline.audit.max-rejected-share = 0.05"));
    assertFalse(refused.err().contains("follow people"), refused.err());
    assertEquals(Map.of(), log.tables());
    Outcome shown =
        log.run("--reports", "rejected_events", "--set", "throughline.audit.max-rejected-share=1");
    assertEquals(0, shown.code(), shown.all());
    assertEquals(2 + 1, log.published("rejected_events").size());
    Outcome ofWhatWasKept = log.run("--reports", "attribution");
    assertEquals(3, ofWhatWasKept.code(), ofWhatWasKept.all());
    assertTrue(
        ofWhatWasKept
            .err()
            .contains("2026-10-31: 3 of 11 rows (27.3 %): unknown_event_type 2, negative_value 1"),
        ofWhatWasKept.err());
    assertTrue(ofWhatWasKept.err().contains("read and classify events: 0 rows"), "from its note");
    try (Stream<Path> manifests = Files.list(log.warehouse().resolve("_runs"))) {
      assertTrue(
          manifests
              .map(file -> ConfigFactory.parseFile(file.toFile()))
              .filter(manifest -> manifest.hasPath("audit"))
              .allMatch(
                  manifest ->
                      manifest
                          .getString("audit.days.2026-10-31.why_not")
                          .equals("the run has neither data_quality nor campaign_funnel")));
    }
  }
}
