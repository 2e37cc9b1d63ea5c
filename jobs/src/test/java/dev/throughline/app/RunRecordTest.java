package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.throughline.testing.LogFixture;
import dev.throughline.testing.LogFixture.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves behind beside its tables, and what commands that only look leave: nothing. */
class RunRecordTest {
  @TempDir Path temp;

  @Test
  void manifestsTellOfSuccessAndOfFailure() throws IOException {
    LogFixture log = LogFixture.standard(temp);
    log.write(LogFixture.rows("2026-10-31|e30|2026-10-31 12:00:00|hover||u1|c1|||"));
    Outcome outcome =
        log.run(
            "--reports",
            "data_quality,rejected_events",
            "--set",
            "throughline.audit.max-rejected-share=1");
    assertEquals(0, outcome.code(), outcome.all());
    Config published = manifest(log, "published");
    assertEquals("2026-10-31", published.getString("from"));
    assertEquals("2026-10-31", published.getString("to"));
    assertEquals("UTC", published.getString("time_zone"));
    assertTrue(published.getString("config_digest").matches("[0-9a-f]{64}"));
    assertEquals("3.5.9", published.getString("versions.spark").substring(0, 5));
    assertEquals(
        Map.of("fact", 8, "rejected", 1), published.getObject("input.rows_by_status").unwrapped());
    assertEquals(
        Map.of("2026-10-30", 1, "2026-10-31", 9),
        published.getObject("input.rows_by_partition").unwrapped());
    assertEquals(
        Map.of("unknown_event_type", 1), published.getObject("input.rejected").unwrapped());
    // 29 days that models learn from besides the day, and the look-back of the first of them.
    assertEquals(29 + 30 - 1, published.getStringList("input.absent_lookback_days").size());
    for (String table : List.of("data_quality", "rejected_events")) {
      assertEquals(1, published.getInt("tables." + table + ".rows.2026-10-31"));
      assertEquals(List.of(), published.getList("tables." + table + ".problems").unwrapped());
    }
    assertEquals(
        "0 published days before it, fewer than throughline.audit.min-days = 5",
        published.getString("audit.days.2026-10-31.why_not"));
    assertTrue(published.getDouble("seconds.publish") >= 0);
    assertTrue(published.getDouble("seconds.\"read and classify events\"") > 0);
    assertTrue(published.getString("started").compareTo(published.getString("finished")) < 0);
    assertTrue(outcome.out().contains("Manifest       file:") || outcome.out().contains("_runs/"));

    Map<String, String> tables = log.tables();
    Outcome failed =
        log.run(
            "--set",
            "throughline.currency=USD",
            "--set",
            "throughline.audit.max-rejected-share=1",
            "--reports",
            "data_quality");
    assertEquals(3, failed.code(), failed.all());
    assertEquals(tables, log.tables());
    Config failure = manifest(log, "failed");
    assertEquals("INPUT", failure.getString("error.kind"));
    assertTrue(failure.getString("error.message").contains("more than one currency: EUR, USD"));
    assertFalse(failure.getString("config_digest").equals(published.getString("config_digest")));
    assertTrue(
        LogFixture.tree(log.warehouse()).keySet().stream()
            .noneMatch(f -> f.endsWith(".crc") || f.contains("_staging") || f.contains("/.")),
        LogFixture.tree(log.warehouse()).keySet().toString());
  }

  private static Config manifest(LogFixture log, String status) throws IOException {
    try (var files = Files.list(log.warehouse().resolve("_runs"))) {
      List<Config> found =
          files
              .map(file -> ConfigFactory.parseFile(file.toFile()))
              .filter(manifest -> manifest.getString("status").equals(status))
              .toList();
      assertEquals(1, found.size(), status);
      return found.get(0);
    }
  }

  @Test
  void lookingLeavesNoTrace() {
    LogFixture log = LogFixture.standard(temp);
    Map<String, String> before = LogFixture.tree(temp);
    Outcome dry = log.run("--dry-run");
    assertEquals(0, dry.code(), dry.all());
    assertTrue(dry.out().contains("9 rows in 1 partitions") || dry.out().contains("8 rows in 1"));
    assertTrue(dry.out().contains(log.warehouse() + "/campaign_funnel/day=2026-10-31"), dry.out());
    assertTrue(dry.out().contains("gross clicks are net plus invalid"), dry.out());
    assertTrue(dry.out().endsWith("Dry run: nothing was written.\n"), dry.out());
    Outcome valid = log.command("validate");
    assertEquals(0, valid.code(), valid.all());
    assertTrue(valid.out().contains("Look-back      1 of 59 days are there"), valid.out());
    assertEquals(before, LogFixture.tree(temp));
    Outcome invalid =
        log.command("validate", "--set", "throughline.input.events.columns.value=price");
    assertEquals(3, invalid.code(), invalid.all());
    assertEquals(before, LogFixture.tree(temp));
  }
}
