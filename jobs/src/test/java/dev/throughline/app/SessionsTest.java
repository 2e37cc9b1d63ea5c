package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.testing.TestSession;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** Settings that right answers depend on, and sessions that others hold. */
class SessionsTest {

  @Test
  void aSettingThatWouldHideCorruptFilesIsRefused() {
    Map<String, String> hiding = Map.of("spark.sql.files.ignoreCorruptFiles", "true");
    ThroughlineException refused =
        assertThrows(ThroughlineException.class, () -> Sessions.open(hiding));
    assertEquals(ErrorKind.CONFIG, refused.kind());
    assertTrue(
        refused.getMessage().contains("spark.sql.files.ignoreCorruptFiles"), refused.getMessage());
  }

  @Test
  void aSessionThatWasThereBeforeIsKept() {
    SparkSession before = TestSession.get();
    try (Sessions session = Sessions.open(Map.of("spark.sql.files.ignoreCorruptFiles", "FALSE"))) {
      assertEquals("UTC", session.spark().conf().get("spark.sql.session.timeZone"));
    }
    assertFalse(before.sparkContext().isStopped());
  }
}
