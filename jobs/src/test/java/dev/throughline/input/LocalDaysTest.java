package dev.throughline.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.testing.TestSession;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Days of instants, against the calendar of java.time. */
class LocalDaysTest {
  /**
   * Edges of days, before 1970 too, and of clock changes; between them any instant of 1900–2200.
   */
  private static List<Long> instants(ZoneId zone) {
    List<Long> micros = new ArrayList<>(List.of(0L, -1L, 86_399_999_999L, 86_400_000_000L));
    for (String day : List.of("1969-12-31", "2026-03-29", "2026-10-25", "2026-11-01")) {
      long midnight = micros(LocalDate.parse(day).atStartOfDay(zone).toInstant());
      long change = micros(Instant.parse(day + "T01:00:00Z"));
      Stream.of(midnight, change).forEach(at -> micros.addAll(List.of(at - 1, at, at + 1)));
    }
    Random random = new Random(7);
    long from = micros(Instant.parse("1900-01-01T00:00:00Z"));
    long to = micros(Instant.parse("2200-01-01T00:00:00Z"));
    random.longs(2_000, from, to).forEach(micros::add);
    return micros;
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000;
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Auckland"})
  void theDayIsThatOfTheCalendar(String name) {
    ZoneId zone = ZoneId.of(name);
    List<Long> micros = instants(zone);
    Dataset<Row> rows =
        TestSession.get()
            .createDataset(micros, Encoders.LONG())
            .select(
                functions.col("value"),
                LocalDays.in(zone, functions.timestamp_micros(functions.col("value"))).as("day"));
    int seen = 0;
    for (Row row : rows.collectAsList()) {
      long at = row.getLong(0);
      Instant instant =
          Instant.ofEpochSecond(
              Math.floorDiv(at, 1_000_000L), Math.floorMod(at, 1_000_000L) * 1_000);
      assertEquals(
          instant.atZone(zone).toLocalDate(), row.getDate(1).toLocalDate(), instant.toString());
      seen++;
    }
    assertTrue(seen > 2_000 && seen == micros.size(), seen + " instants");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Europe/Berlin"})
  void noInstantHasNoDay(String name) {
    Row row =
        TestSession.get()
            .range(1)
            .select(LocalDays.in(ZoneId.of(name), functions.lit(null).cast("timestamp")))
            .head();
    assertTrue(row.isNullAt(0));
  }
}
