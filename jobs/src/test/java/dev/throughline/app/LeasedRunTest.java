package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.throughline.testing.LogFixture;
import dev.throughline.testing.LogFixture.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on a path that another run holds, has left, or takes away from them. */
class LeasedRunTest {
  @TempDir Path temp;

  private static void lease(Path warehouse, int number, Instant until) {
    String json =
        """
        {"run": "other", "user": "etl", "host": "elsewhere", "pid": 4711, "processes": "p",
         "started": "1", "token": "t", "since": "2026-11-01T00:00:00Z",
         "heartbeat": "2026-11-01T00:01:00Z", "until": "UNTIL", "released": false}
        """;
    try {
      Path folder = Files.createDirectories(warehouse.resolve("_lease"));
      Files.writeString(folder.resolve(number + ".json"), json.replace("UNTIL", until.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aRunWaitsForTheLeaseAndClearsUpAfterTheDead() throws IOException {
    LogFixture log = LogFixture.standard(temp);
    Path staged = log.warehouse().resolve("_staging/other/touches");
    Files.writeString(Files.createDirectories(staged).resolve("part.parquet"), "of people");
    Instant until = Instant.now().plus(Duration.ofHours(1));
    lease(log.warehouse(), 1, until);
    Map<String, String> before = LogFixture.tree(log.warehouse());
    Outcome refused = log.run("--reports", "data_quality");
    assertEquals(6, refused.code(), refused.all());
    assertTrue(
        refused.err().contains(": run other of etl on elsewhere, process 4711 has held it since"),
        refused.all());
    assertTrue(refused.err().contains("holds it until " + until), refused.all());
    // These take no lease, and need none.
    assertEquals(0, log.run("--dry-run", "--reports", "data_quality").code());
    assertEquals(0, log.command("validate").code());
    assertEquals(before, LogFixture.tree(log.warehouse()), "what a live run staged stays");

    lease(log.warehouse(), 1, Instant.now().minusSeconds(1));
    Outcome next = log.run("--reports", "data_quality");
    assertEquals(0, next.code(), next.all());
    assertTrue(next.err().contains("removed what killed runs left: other"), next.all());
    assertFalse(Files.exists(log.warehouse().resolve("_staging")));
    Config lease = ConfigFactory.parseFile(log.warehouse().resolve("_lease/2.json").toFile());
    assertTrue(lease.getBoolean("released"), lease.toString());
  }

  @Test
  void aRunWhoseLeaseIsTakenPublishesNothing() {
    LogFixture log = LogFixture.standard(temp);
    Outcome lost =
        log.run(
            line -> {
              if (line.endsWith("write and audit data_quality …")) {
                lease(log.warehouse(), 9, Instant.now().plus(Duration.ofHours(1)));
              }
            },
            "--reports",
            "data_quality");
    assertEquals(6, lost.code(), lost.all());
    assertTrue(lost.err().contains("has lost its lease of"), lost.all());
    assertTrue(lost.err().contains("run other of etl on elsewhere"), lost.all());
    assertEquals(Map.of(), log.tables());
    assertFalse(Files.exists(log.warehouse().resolve("_kept")));
    assertFalse(Files.exists(log.warehouse().resolve("_staging")));
    assertTrue(Files.exists(log.warehouse().resolve("_lease/9.json")), "the other's lease stays");
  }
}
