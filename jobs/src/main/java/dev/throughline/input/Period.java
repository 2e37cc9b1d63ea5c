package dev.throughline.input;

import dev.throughline.config.Settings;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * The days of a run, and the partitions of the log that they need.
 *
 * @param from first reporting day
 * @param to last reporting day, inclusive
 * @param countedFrom first day of the longest period that ends with the first reporting day: from
 *     here on events are counted and conversions credited
 * @param required partitions that hold the run's own days; all must exist, all are read whole
 * @param late later partitions in which events of those days may still be filed; read whole where
 *     they exist
 * @param history earlier partitions, for periods and for the paths of people who did not convert;
 *     read whole where they exist
 * @param lookback partitions before these, read only for the journeys of people who convert; read
 *     where they exist
 */
public record Period(
    LocalDate from,
    LocalDate to,
    LocalDate countedFrom,
    List<LocalDate> required,
    List<LocalDate> late,
    List<LocalDate> history,
    List<LocalDate> lookback) {

  /**
   * Works out the partitions. Days are taken whole, so that a day's facts never depend on the run.
   */
  public static Period of(LocalDate from, LocalDate to, Settings settings) {
    LocalDate countedFrom = from.minusDays(Collections.max(settings.periods()) - 1L);
    LocalDate touchesFrom = firstTouchDay(from, settings);
    LocalDate wholeFrom = touchesFrom.isBefore(countedFrom) ? touchesFrom : countedFrom;
    List<LocalDate> required = partitions(from, to, settings);
    LocalDate firstRequired = required.get(0);
    LocalDate lastRequired = required.get(required.size() - 1);
    LocalDate firstWhole = partitions(wholeFrom, wholeFrom, settings).get(0);
    LocalDate first = partitions(firstTouchDay(countedFrom, settings), to, settings).get(0);
    return new Period(
        from,
        to,
        countedFrom,
        required,
        lastRequired
            .plusDays(1)
            .datesUntil(lastRequired.plusDays(1L + settings.events().lateDays()))
            .toList(),
        firstWhole.datesUntil(firstRequired).toList(),
        first.isBefore(firstWhole) ? first.datesUntil(firstWhole).toList() : List.of());
  }

  /** The first day on which a touch can earn credit for a conversion of the given day. */
  private static LocalDate firstTouchDay(LocalDate day, Settings settings) {
    return day.atStartOfDay(settings.zone())
        .toInstant()
        .minus(settings.attribution().clickLookback())
        .atZone(settings.zone())
        .toLocalDate();
  }

  /** The partitions that hold the reporting days. */
  public static List<LocalDate> partitions(LocalDate from, LocalDate to, Settings settings) {
    ZoneId filed = settings.events().partitionZone();
    Instant start = from.atStartOfDay(settings.zone()).toInstant();
    Instant end = to.plusDays(1).atStartOfDay(settings.zone()).toInstant();
    LocalDate first = start.atZone(filed).toLocalDate();
    LocalDate last = end.minusNanos(1).atZone(filed).toLocalDate();
    return first.datesUntil(last.plusDays(1)).toList();
  }

  /** The reporting days, in order. */
  public List<LocalDate> days() {
    return from.datesUntil(to.plusDays(1)).toList();
  }

  /** The partitions before those of the run's days, in order; absent ones are no error. */
  public List<LocalDate> earlier() {
    return Stream.concat(lookback.stream(), history.stream()).toList();
  }

  /** The first partition that is read whole. */
  LocalDate firstWhole() {
    return history.isEmpty() ? required.get(0) : history.get(0);
  }
}
