package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.testing.LogFixture;
import dev.throughline.testing.LogFixture.Outcome;
import dev.throughline.testing.TestSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The choice of an engine, as far as it can be seen without Comet. */
class EngineTest {
  @TempDir Path temp;

  @Test
  void whatIsMissingForCometIsSaidBeforeAnythingIsRead() {
    LogFixture log = LogFixture.standard(temp);
    for (String[] asked : new String[][] {{"--engine", "comet"}, {"--engine=comet"}}) {
      Outcome outcome = log.run(asked);
      assertEquals(ErrorKind.CONFIG.exitCode(), outcome.code(), outcome.all());
      assertTrue(outcome.err().contains("org.apache.spark.CometPlugin"), outcome.all());
      assertTrue(outcome.err().contains("docs/operations.md"), outcome.all());
    }
    assertTrue(Files.notExists(log.warehouse()), "nothing was written");
  }

  @Test
  void enginesAreSparkAndComet() {
    LogFixture log = LogFixture.standard(temp);
    Outcome spark = log.run("--engine", "spark", "--dry-run");
    assertEquals(0, spark.code(), spark.all());
    for (String name : new String[] {"velox", "COMET", ""}) {
      Outcome other = log.run("--engine", name);
      assertEquals(2, other.code(), other.all());
      assertTrue(other.err().contains("'" + name + "' is no engine; spark and comet are"));
    }
  }

  @Test
  void aSessionThatIsThereHasToHaveLoadedComet() {
    ThroughlineException refused =
        assertThrows(
            ThroughlineException.class,
            () -> Comet.requireLoaded(TestSession.get().sparkContext()));
    assertEquals(ErrorKind.CONFIG, refused.kind());
    assertTrue(refused.getMessage().contains("spark.plugins"), refused.getMessage());
  }

  @Test
  void settingsThatAnswersDependOnCannotBeChanged() {
    for (String key : Comet.PINNED.keySet()) {
      ThroughlineException refused =
          assertThrows(
              ThroughlineException.class, () -> Sessions.open(Map.of(key, "other")).close());
      assertEquals(ErrorKind.CONFIG, refused.kind());
      assertTrue(refused.getMessage().contains("right answers need"), refused.getMessage());
    }
  }
}
