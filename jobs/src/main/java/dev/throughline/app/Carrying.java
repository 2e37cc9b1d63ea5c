package dev.throughline.app;

import dev.throughline.config.Settings;
import dev.throughline.input.Events;
import dev.throughline.input.Period;
import dev.throughline.model.Journeys;
import dev.throughline.output.DayStore;
import dev.throughline.output.DayWriter;
import dev.throughline.output.KeptDays.Note;
import dev.throughline.table.Table;
import java.sql.Date;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The touches that are carried from run to run: of all days up to one, only those that journeys of
 * later days can hold, so that a night need not go through all touches of the days before it. They
 * count for what they are only while each of these days is what it was when they were written.
 */
final class Carrying {
  static final Table TABLE = Journeys.carriedTable();

  /**
   * Touches are carried on when so many days have passed: to write them costs a night more than to
   * read all touches of a few days beside them. A run of more days is a backfill, which no night
   * follows on; nor does one follow on a run over days of its own that were kept.
   */
  private static final int EVERY_DAYS = 4;

  /**
   * The beginning of the stamp of a whole snapshot. Those of the format before may lack the touches
   * of people who had not converted by then.
   */
  private static final String WHOLE = "snapshot 2; ";

  private final DayStore store;
  private final Settings settings;
  private final String stamp;
  private final LocalDate from;
  private final LocalDate asOf;
  private final Optional<LocalDate> base;
  private final NavigableMap<LocalDate, String> carried;

  /**
   * The days of the log that a run has to do with, by the fingerprints of their files.
   *
   * @param before all that the run looks back on and that the log has anything of; empty if nothing
   *     is kept
   * @param kept those of them that need not be read, and days of the run
   * @param read those that the run reads whole and keeps, its own among them
   */
  record Days(
      NavigableMap<LocalDate, String> before, Set<LocalDate> kept, Map<LocalDate, String> read) {}

  /**
   * Finds what was carried to the last day before the run up to which nothing has changed, and what
   * the run can carry on.
   *
   * @param stamp what kept days depend on besides the log
   */
  Carrying(DayStore store, String stamp, Period period, Days days, Settings settings) {
    this.store = store;
    this.settings = settings;
    this.stamp =
        WHOLE
            + String.join(
                "; ", stamp, settings.attribution().viewLookback().toString(), reach(settings));
    NavigableMap<LocalDate, String> before = days.before();
    from = before.isEmpty() ? period.from() : before.firstKey();
    base =
        before.isEmpty()
            ? Optional.empty()
            : store.stored(TABLE).stream()
                .filter(before::containsKey)
                .sorted(Comparator.reverseOrder())
                .filter(day -> days.kept().containsAll(before.headMap(day, true).keySet()))
                .filter(day -> isOf(day, before.headMap(day, true)))
                .findFirst();
    // Events of the days after it may still be filed.
    asOf = period.to().minusDays(settings.events().lateDays());
    boolean due = base.isEmpty() || !base.get().plusDays(EVERY_DAYS).isAfter(asOf);
    boolean night =
        period.days().size() <= EVERY_DAYS && Collections.disjoint(days.kept(), period.days());
    carried = due && night ? whole(days, asOf, settings) : new TreeMap<>();
  }

  /** The days that runs of the day after look back on; none if one of them was not read whole. */
  private static NavigableMap<LocalDate, String> whole(
      Days days, LocalDate asOf, Settings settings) {
    NavigableMap<LocalDate, String> whole = new TreeMap<>();
    LocalDate next = asOf.plusDays(1);
    for (LocalDate day : Period.of(next, next, settings).daysBefore()) {
      if (days.read().containsKey(day)) {
        whole.put(day, days.read().get(day));
      } else if (days.kept().contains(day)) {
        whole.put(day, days.before().get(day));
      } else if (days.before().containsKey(day)) {
        return new TreeMap<>();
      }
    }
    return whole;
  }

  /** How far back the rows of a day reach; of any day the same but for changes of clocks. */
  private static String reach(Settings settings) {
    LocalDate day = LocalDate.EPOCH.plusYears(50);
    return ChronoUnit.DAYS.between(wholeFrom(day, settings), day) + " days";
  }

  private static LocalDate wholeFrom(LocalDate asOf, Settings settings) {
    LocalDate next = asOf.plusDays(1);
    List<LocalDate> whole = Period.of(next, next, settings).wholeDaysBefore(settings);
    return whole.isEmpty() ? next : whole.get(0);
  }

  private boolean isOf(LocalDate day, Map<LocalDate, String> days) {
    Note note = store.notes(List.of(day)).get(day);
    return note != null && note.stamp().equals(stamp) && note.input().endsWith(text(days));
  }

  private static String text(Map<LocalDate, String> days) {
    return days.entrySet().stream()
        .map(day -> day.getKey() + " " + day.getValue())
        .collect(Collectors.joining("\n"));
  }

  /**
   * The days of snapshots that may lack touches; they are not read, and removed when publishing.
   */
  List<LocalDate> faulty() {
    return store.notes(store.stored(TABLE)).entrySet().stream()
        .filter(note -> !note.getValue().stamp().startsWith(WHOLE))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The day up to which touches are taken from here. */
  Optional<LocalDate> base() {
    return base;
  }

  /** Those touches, of days that the run looks back on. */
  Dataset<Row> touches() {
    return Journeys.carriedTouches(store.read(TABLE, List.of(base.orElseThrow())))
        .filter(Events.DAY.col().geq(Date.valueOf(from)));
  }

  /**
   * Writes what is carried on to the run's folder.
   *
   * @param touches all touches of the run's days and the days before
   */
  void write(DayWriter writer, Dataset<Row> touches) {
    if (!carried.isEmpty()) {
      writer.write(
          TABLE,
          Journeys.carried(touches, asOf, wholeFrom(asOf, settings), settings),
          List.of(asOf));
    }
  }

  /** Puts in place what was written, and removes what no run will need. */
  void publish(Runnable publishing) {
    store.remove(faulty());
    if (carried.isEmpty()) {
      publishing.run();
      return;
    }
    store.replace(Map.of(asOf, new Note(stamp, text(carried))), publishing);
    // A night that restates days reads what was carried to a day before them.
    LocalDate oldest = asOf.minusDays(settings.restateDays() + 1L + EVERY_DAYS);
    store.remove(store.stored(TABLE).stream().filter(day -> day.isBefore(oldest)).toList());
  }
}
