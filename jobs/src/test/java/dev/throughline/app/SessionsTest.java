package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.testing.LogFixture;
import dev.throughline.testing.LogFixture.Outcome;
import dev.throughline.testing.TestSession;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings that right answers depend on, and sessions that others hold. */
class SessionsTest {

  @Test
  void settingsThatWouldHideDamageOrMoveTimesAreRefused() {
    Map<String, String> contradictions =
        Map.of(
            "spark.sql.files.ignoreCorruptFiles", "true",
            "spark.sql.files.ignoreMissingFiles", "true",
            "spark.hadoop.parquet.page.verify-checksum.enabled", "false",
            "spark.sql.parquet.filterPushdown", "true",
            "spark.sql.parquet.int96RebaseModeInRead", "LEGACY",
            "spark.sql.parquet.datetimeRebaseModeInRead", "LEGACY",
            "spark.sql.parquet.int96TimestampConversion", "true",
            "spark.sql.parquet.inferTimestampNTZ.enabled", "false",
            "spark.sql.legacy.parquet.nanosAsLong", "false");
    contradictions.forEach(
        (key, value) -> {
          ThroughlineException refused =
              assertThrows(
                  ThroughlineException.class, () -> Sessions.open(Map.of(key, value)), key);
          assertEquals(ErrorKind.CONFIG, refused.kind());
          assertTrue(refused.getMessage().contains(key), refused.getMessage());
        });
  }

  @Test
  void optionsOfATableThatWouldHideDamageAreRefused(@TempDir Path folder) {
    LogFixture log = LogFixture.standard(folder);
    Map<String, String> contradictions =
        Map.of(
            "ignoreCorruptFiles", "true",
            "ignoreMissingFiles", "true",
            "parquet.page.verify-checksum.enabled", "false",
            "int96RebaseMode", "LEGACY",
            "datetimeRebaseMode", "LEGACY");
    contradictions.forEach(
        (option, value) -> {
          TestSession.get()
              .read()
              .option(option, value)
              .parquet(log.events().toString())
              .createOrReplaceTempView("log_with_option");
          Outcome refused =
              log.command("validate", "--set", "throughline.input.events.table=log_with_option");
          assertEquals(3, refused.code(), refused.all());
          assertTrue(
              refused.err().contains("has the option " + option.toLowerCase(Locale.ROOT)),
              refused.all());
        });
  }

  @Test
  void cachedRowsAreNotCompressedUnlessTheUserSaysSo() {
    TestSession.get();
    String key = "spark.sql.inMemoryColumnarStorage.compressed";
    try (Sessions session = Sessions.open(Map.of(key, "true"))) {
      assertEquals("true", session.spark().conf().get(key));
    }
    try (Sessions session = Sessions.open(Map.of())) {
      assertEquals("false", session.spark().conf().get(key));
    }
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
