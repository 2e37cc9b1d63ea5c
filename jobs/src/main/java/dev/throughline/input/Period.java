package dev.throughline.input;

import dev.throughline.config.Settings;
import dev.throughline.config.Settings.PeopleRules;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The days of a run, and the partitions of the log that they need.
 *
 * @param from first reporting day
 * @param to last reporting day, inclusive
 * @param countedFrom first day of the longest period that ends with the first reporting day: from
 *     here on events are counted and conversions credited
 * @param learnedFrom first day of those that models learn from for the first reporting day; the
 *     first reporting day where no model learns
 * @param required partitions that hold the run's own days; all must exist, all are read whole
 * @param late later partitions in which events of those days may still be filed; read whole where
 *     they exist
 * @param history earlier partitions, for periods, return visits and the paths of people who did not
 *     convert; read whole where they exist
 * @param lookback partitions before these, read only for the journeys of people who convert; read
 *     where they exist
 */
public record Period(
    LocalDate from,
    LocalDate to,
    LocalDate countedFrom,
    LocalDate learnedFrom,
    List<LocalDate> required,
    List<LocalDate> late,
    List<LocalDate> history,
    List<LocalDate> lookback) {

  /**
   * Works out the partitions. Days are taken whole, so that a day's facts never depend on the run.
   */
  public static Period of(LocalDate from, LocalDate to, Settings settings) {
    LocalDate countedFrom = from.minusDays(Collections.max(settings.periods()) - 1L);
    LocalDate learnedFrom =
        settings.attribution().anyLearned()
            ? from.minusDays(settings.attribution().trainingDays() - 1L)
            : from;
    LocalDate wholeFrom =
        Collections.min(
            List.of(
                countedFrom,
                learnedFrom,
                reached(from, settings.attribution().clickLookback(), settings),
                reached(from, PeopleRules.RETURN_WINDOW, settings)));
    List<LocalDate> required = partitions(from, to, settings);
    LocalDate firstRequired = required.get(0);
    LocalDate lastRequired = required.get(required.size() - 1);
    LocalDate firstWhole = partitions(wholeFrom, wholeFrom, settings).get(0);
    LocalDate creditedFrom = Collections.min(List.of(countedFrom, learnedFrom));
    LocalDate firstTouch = reached(creditedFrom, settings.attribution().clickLookback(), settings);
    LocalDate first = partitions(firstTouch, to, settings).get(0);
    return new Period(
        from,
        to,
        countedFrom,
        learnedFrom,
        required,
        lastRequired
            .plusDays(1)
            .datesUntil(lastRequired.plusDays(1L + settings.events().lateDays()))
            .toList(),
        firstWhole.datesUntil(firstRequired).toList(),
        first.isBefore(firstWhole) ? first.datesUntil(firstWhole).toList() : List.of());
  }

  /**
   * The same, of which only the partitions are read that hold days that are not kept.
   *
   * @param kept days of the run and before it that need not be read
   */
  public Period readingWithout(Set<LocalDate> kept, Settings settings) {
    Set<LocalDate> needed = new HashSet<>();
    for (LocalDate day : Stream.concat(daysBefore().stream(), days().stream()).toList()) {
      if (!kept.contains(day)) {
        needed.addAll(filed(day, settings));
      }
    }
    return new Period(
        from,
        to,
        countedFrom,
        learnedFrom,
        required.stream().filter(needed::contains).toList(),
        late.stream().filter(needed::contains).toList(),
        history.stream().filter(needed::contains).toList(),
        lookback.stream().filter(needed::contains).toList());
  }

  /** The partitions in which events of a reporting day may be filed. */
  public static List<LocalDate> filed(LocalDate day, Settings settings) {
    List<LocalDate> own = partitions(day, day, settings);
    LocalDate last = own.get(own.size() - 1).plusDays(settings.events().lateDays());
    return own.get(0).datesUntil(last.plusDays(1)).toList();
  }

  /** The days before the run that the tables look back on. */
  public List<LocalDate> daysBefore() {
    return earlier().isEmpty() ? List.of() : earlier().get(0).datesUntil(from).toList();
  }

  /**
   * The reporting days before the run of which every event is read, and not people's only who
   * convert.
   */
  public List<LocalDate> wholeDaysBefore(Settings settings) {
    Set<LocalDate> whole = new HashSet<>(wholePartitions());
    return daysBefore().stream().filter(day -> whole.containsAll(filed(day, settings))).toList();
  }

  /** The day on which that lies which is so long before a day begins. */
  private static LocalDate reached(LocalDate day, Duration back, Settings settings) {
    return day.atStartOfDay(settings.zone())
        .toInstant()
        .minus(back)
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

  /** All partitions, in order. */
  public List<LocalDate> partitions() {
    return Stream.of(lookback, history, required, late).flatMap(List::stream).toList();
  }

  /** The partitions that are read whole. */
  List<LocalDate> wholePartitions() {
    return Stream.of(history, required, late).flatMap(List::stream).toList();
  }
}
