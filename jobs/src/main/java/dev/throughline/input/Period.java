package dev.throughline.input;

import dev.throughline.config.Settings;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * The days of a run, and the partitions of the log that they need.
 *
 * @param from first reporting day
 * @param to last reporting day, inclusive
 * @param required partitions that hold the run's own days; all must exist, all are read whole
 * @param late later partitions in which events of those days may still be filed; read whole where
 *     they exist
 * @param lookback earlier partitions, read only for the journeys of people who convert; read where
 *     they exist
 */
public record Period(
    LocalDate from,
    LocalDate to,
    List<LocalDate> required,
    List<LocalDate> late,
    List<LocalDate> lookback) {

  /**
   * Works out the partitions. Days are taken whole, so that a day's facts never depend on the run.
   */
  public static Period of(LocalDate from, LocalDate to, Settings settings) {
    ZoneId zone = settings.zone();
    ZoneId filed = settings.events().partitionZone();
    Instant start = from.atStartOfDay(zone).toInstant();
    Instant end = to.plusDays(1).atStartOfDay(zone).toInstant();
    LocalDate firstTouchDay =
        start.minus(settings.attribution().clickLookback()).atZone(zone).toLocalDate();
    LocalDate oldest = firstTouchDay.atStartOfDay(zone).toInstant().atZone(filed).toLocalDate();
    LocalDate first = start.atZone(filed).toLocalDate();
    LocalDate last = end.minusNanos(1).atZone(filed).toLocalDate();
    return new Period(
        from,
        to,
        first.datesUntil(last.plusDays(1)).toList(),
        last.plusDays(1).datesUntil(last.plusDays(1 + settings.events().lateDays())).toList(),
        oldest.datesUntil(first).toList());
  }

  /** The reporting days, in order. */
  public List<LocalDate> days() {
    return from.datesUntil(to.plusDays(1)).toList();
  }
}
