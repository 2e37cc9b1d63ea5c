package dev.throughline.app;

import dev.throughline.app.InputCounts.DayRows;
import dev.throughline.config.Settings;
import dev.throughline.input.Events;
import dev.throughline.input.LogDays;
import dev.throughline.input.Period;
import dev.throughline.metrics.CampaignDays;
import dev.throughline.model.Conversions;
import dev.throughline.model.Journeys;
import dev.throughline.output.DayStore;
import dev.throughline.output.DayWriter;
import dev.throughline.output.KeptDays.Note;
import dev.throughline.table.Table;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What earlier runs kept that this run need not read, and what this run keeps for later ones: of
 * every day that it reads whole.
 */
final class Keeping {
  /** What is kept of a day. */
  static final List<Table> TABLES =
      List.of(Journeys.touchesTable(), CampaignDays.EVENTS, Conversions.UNJOINABLE);

  /** Which kept days a run does not read. */
  enum Use {
    /** None: all is read from the log, and kept anew. */
    NONE,
    /** Days before its own. */
    DAYS_BEFORE,
    /** Also its own, since no report of it needs more than is kept. */
    ALL
  }

  /** Another number for another meaning of what is kept. */
  private static final int FORMAT = 1;

  private final DayStore store;
  private final String stamp;
  private final Map<LocalDate, Note> kept = new TreeMap<>();
  private final Map<LocalDate, String> inputs = new TreeMap<>();
  private final Period period;
  private final Period reading;
  private final int usable;
  private final Carrying carrying;

  /**
   * @param log the log of the whole period; nothing of it was read yet
   */
  Keeping(KeptStores stores, LogDays log, Period period, Settings settings, Use use) {
    this.period = period;
    store = stores.days();
    stamp = stamp(settings);
    NavigableMap<LocalDate, String> prints = new TreeMap<>();
    if (settings.keepTouches()) {
      // Taken before anything is read: what changes while it is read is another file by the next
      // run.
      Stream.concat(period.daysBefore().stream(), period.days().stream())
          .forEach(day -> log.fingerprint(day).ifPresent(input -> prints.put(day, input)));
    }
    Set<LocalDate> days = usable(use);
    usable = days.size();
    days.retainAll(prints.keySet());
    store
        .notes(days)
        .forEach(
            (day, note) -> {
              if (note.stamp().equals(stamp) && note.input().equals(prints.get(day))) {
                kept.put(day, note);
              }
            });
    reading = period.readingWithout(kept.keySet(), settings);
    List<LocalDate> whole = new ArrayList<>(reading.wholeDaysBefore(settings));
    whole.removeIf(day -> !log.has(day));
    whole.addAll(period.days());
    whole.removeAll(kept.keySet());
    whole.forEach(day -> Optional.ofNullable(prints.get(day)).ifPresent(i -> inputs.put(day, i)));
    NavigableMap<LocalDate, String> before = new TreeMap<>(prints.headMap(period.from(), false));
    before.keySet().removeIf(log::lacks);
    carrying =
        new Carrying(
            stores.snapshots(),
            stamp,
            period,
            new Carrying.Days(before, kept.keySet(), inputs),
            settings);
  }

  private Set<LocalDate> usable(Use use) {
    Set<LocalDate> days = new TreeSet<>();
    if (use != Use.NONE) {
      days.addAll(period.daysBefore());
    }
    if (use == Use.ALL) {
      days.addAll(period.days());
    }
    return days;
  }

  /** What the rows of a kept day depend on, besides the log; the order of sets is no part of it. */
  private static String stamp(Settings settings) {
    return Stream.of(
            FORMAT,
            Version.own(),
            settings.zone(),
            settings.events(),
            settings.invalidTraffic(),
            settings.session(),
            new TreeSet<>(settings.attribution().leadEvents()))
        .map(Object::toString)
        .collect(Collectors.joining("; "));
  }

  /** The period, less the partitions that need not be read. */
  Period reading() {
    return reading;
  }

  /** Days before the run, or of it, that need not be read. */
  Set<LocalDate> days() {
    return kept.keySet();
  }

  /** How many days the run would not read if they were kept. */
  int usable() {
    return usable;
  }

  /** Holds for rows that the run reads for itself, and not for those of kept days beside them. */
  Column notKept() {
    return kept.isEmpty() ? functions.lit(true) : functions.not(on(kept.keySet()));
  }

  private static Column on(Collection<LocalDate> days) {
    return Events.DAY.col().isin(days.stream().map(Date::valueOf).toArray());
  }

  /** Rows of days that are read, with those that were kept of the table, from a day on. */
  Dataset<Row> withKept(Dataset<Row> rows, Table table, LocalDate from) {
    return kept(table, from).map(rows::unionByName).orElse(rows);
  }

  /** What was kept of the table from a day on; empty where nothing was. */
  Optional<Dataset<Row>> kept(Table table, LocalDate from) {
    return read(table, day -> !day.isBefore(from));
  }

  private Optional<Dataset<Row>> read(Table table, Predicate<LocalDate> which) {
    List<LocalDate> days = kept.keySet().stream().filter(which).toList();
    return days.isEmpty() ? Optional.empty() : Optional.of(store.read(table, days));
  }

  /** The day up to which only touches are read that journeys can still hold. */
  Optional<LocalDate> carriedTo() {
    return carrying.base();
  }

  /** Says which snapshots of touches an earlier version wrote that may lack some. */
  void warnOfFaultySnapshots(Progress progress) {
    List<LocalDate> faulty = carrying.faulty();
    if (!faulty.isEmpty()) {
      progress.warn(
          "the snapshots of touches up to %s were written by a version that could leave out touches"
                  .formatted(faulty)
              + " of people who convert later; they are not read, and removed when this run"
              + " publishes");
    }
  }

  /** Touches of days that need not be read; empty where there are none. */
  Optional<Dataset<Row>> touches() {
    Table table = Journeys.touchesTable();
    if (carriedTo().isEmpty()) {
      return read(table, day -> true);
    }
    Dataset<Row> carried = carrying.touches();
    return Optional.of(
        read(table, day -> day.isAfter(carriedTo().get()))
            .map(carried::unionByName)
            .orElse(carried));
  }

  /** Currencies of the money on kept days. */
  Map<LocalDate, Set<String>> currencies() {
    Map<LocalDate, Set<String>> currencies = new TreeMap<>();
    kept.forEach((day, note) -> currencies.put(day, Set.copyOf(note.currencies())));
    return currencies;
  }

  /**
   * Writes what is kept of a table; rows may be of other days as well.
   *
   * @return what was written; empty where nothing is kept
   */
  Optional<Dataset<Row>> write(DayWriter writer, Table table, Dataset<Row> rows) {
    List<LocalDate> days = List.copyOf(inputs.keySet());
    return days.isEmpty()
        ? Optional.empty()
        : Optional.of(writer.write(table, rows.filter(on(days)), days));
  }

  /**
   * Writes the touches of the days that the run read whole, and the snapshot that runs of later
   * days read in the place of these days and the days before them.
   *
   * <p>The snapshot is made of all kept touches, whatever part of them this run follows: the people
   * of whom a later run needs touches are not known yet.
   */
  void writeTouches(DayWriter writer, Dataset<Row> touches) {
    write(writer, Journeys.touchesTable(), touches)
        .map(own -> touches().map(own::unionByName).orElse(own))
        .ifPresent(all -> carrying.write(writer, all));
  }

  /** Rows of days that are kept, as they were when these were read. */
  Map<LocalDate, DayRows> rows() {
    Map<LocalDate, DayRows> rows = new TreeMap<>();
    kept.forEach((day, note) -> rows.put(day, new DayRows(note.rows(), note.rejected())));
    return rows;
  }

  /**
   * Puts everything in place, published tables and what is kept.
   *
   * @param files puts what was written in place
   */
  void publish(Runnable files, InputCounts counts) {
    Map<LocalDate, Note> notes = new TreeMap<>();
    inputs.forEach((day, input) -> notes.put(day, counts.note(day, stamp, input)));
    carrying.publish(() -> store.replace(notes, files));
  }
}
