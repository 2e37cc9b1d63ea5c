package dev.throughline.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.config.Settings;
import dev.throughline.testing.LogFixture;
import dev.throughline.testing.ParquetFiles;
import dev.throughline.testing.TestSession;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A time that nothing can be computed with is one rejected row, of whatever type and zone. */
class TimesTest {
  private static final LocalDate DAY = LocalDate.parse(LogFixture.DAY);
  private static final List<String> ZONES = List.of("UTC", "Europe/Berlin", "America/New_York");

  @TempDir Path temp;

  private Path log(String time, String received) {
    LogFixture standard = LogFixture.standard(temp.resolve("standard-" + System.nanoTime()));
    Path log = temp.resolve("log-" + System.nanoTime());
    ParquetFiles.byDuckDb(
        log.resolve("dt=2026-10-31/part-0.parquet"),
        "SELECT * REPLACE (%s AS event_time), %s AS received_time FROM read_parquet('%s')"
            .formatted(time, received, standard.file(LogFixture.DAY)));
    return log;
  }

  private static Map<String, Long> reasons(Path log, String zone, Map<String, String> columns) {
    Map<String, String> keys = new HashMap<>();
    keys.put("path", log.toString());
    keys.put("timestamp-zone", zone);
    keys.put("partition.zone", "UTC");
    columns.forEach((column, expression) -> keys.put("columns." + column, expression));
    Settings settings = LogFormatsTest.settings(keys, Map.of("throughline.time-zone", zone));
    Period asUtc = Period.of(DAY, DAY, LogFormatsTest.settings(keys, Map.of()));
    EventLog opened = EventLog.open(TestSession.get(), settings, asUtc);
    opened.check();
    Map<String, Long> counts = new TreeMap<>();
    for (Row row : opened.events(opened.converters(), true).collectAsList()) {
      String reason = row.getAs(Events.REJECT_REASON.name());
      counts.merge(reason == null ? "none" : reason, 1L, Long::sum);
    }
    return counts;
  }

  private static final String ABSURD =
      "CASE event_id WHEN 'e02' THEN %1$s WHEN 'e03' THEN %2$s ELSE %3$s END";

  @Test
  void absurdTimesOfEveryTypeAreRejectedRows() {
    for (String type : List.of("TIMESTAMP", "TIMESTAMPTZ", "TIMESTAMP_MS")) {
      String time =
          ABSURD.formatted(
              "'infinity'::" + type, "'-infinity'::" + type, "event_time::TIMESTAMP::" + type);
      String received = "NULL::TIMESTAMP";
      Path log = log(time, received);
      Path late = log("event_time", time);
      for (String zone : ZONES) {
        Map<String, Long> found = reasons(log, zone, Map.of());
        long fit = found.values().stream().mapToLong(Long::longValue).sum();
        assertEquals(8, fit, found.toString());
        assertEquals(2, found.get("event_time_does_not_fit"), type + " " + zone + " " + found);
        Map<String, Long> ofReceived = reasons(late, zone, Map.of());
        assertEquals(2, ofReceived.get("received_time_does_not_fit"), zone + ofReceived);
      }
    }
  }

  @Test
  void numbersAndTextsThatAreNoTimesAreRejectedRows() {
    String number =
        ABSURD.formatted(
            Long.MAX_VALUE + "", Long.MIN_VALUE / 10 + "", "epoch_ms(event_time::TIMESTAMP)");
    Path numbers = log(number, "epoch_ms(event_time::TIMESTAMP)");
    Map<String, String> millis =
        Map.of(
            "event_time", "timestamp_millis(event_time)",
            "received_time", "timestamp_millis(received_time)");
    for (String zone : ZONES) {
      assertEquals(
          Map.of("event_time_does_not_fit", 2L, "none", 6L), reasons(numbers, zone, millis), zone);
    }
    Map<String, String> shifted =
        Map.of(
            "event_time", "to_utc_timestamp(timestamp_millis(event_time), 'Asia/Tokyo')",
            "received_time", "timestamp_seconds(received_time * 1000)");
    assertEquals(
        Map.of("event_time_does_not_fit", 2L, "received_time_does_not_fit", 6L),
        reasons(numbers, "UTC", shifted));
    // A fraction that the pattern does not have: Spark would ask which of its parsers is meant.
    String text =
        ABSURD.formatted(
            "'2026-10-31 10:00:02.5'", "'yesterday'", "strftime(event_time, '%Y-%m-%d %H:%M:%S')");
    Path texts = log(text, "NULL::TIMESTAMP");
    assertEquals(
        Map.of("missing_event_time", 2L, "none", 6L),
        reasons(
            texts, "UTC", Map.of("event_time", "to_timestamp(event_time, 'yyyy-MM-dd HH:mm:ss')")));
  }
}
