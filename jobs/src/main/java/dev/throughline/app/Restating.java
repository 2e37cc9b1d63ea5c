package dev.throughline.app;

import dev.throughline.input.Period;
import dev.throughline.output.PublishedDays;
import dev.throughline.output.PublishedDays.Note;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which of the days before a night's are published again with it, since events or spend came late.
 *
 * <p>A day is if its tables rest on something that has changed since, or if it was not published
 * though a day before it was. A run's days are in a row, so what lies before a day that cannot be
 * computed now is left: one that the log has not got, or of which a part of what its tables rest on
 * is gone, for they would lose what they have.
 */
final class Restating {
  private static final int SHOWN = 3;

  private final DayInputs inputs;
  private final Set<String> tables;
  private final NavigableMap<LocalDate, List<Note>> notes = new TreeMap<>();
  private final Map<LocalDate, String> restated = new TreeMap<>();
  private final Map<LocalDate, String> left = new TreeMap<>();

  /**
   * Looks for days to restate.
   *
   * @param inputs of all days that may be restated
   * @param night the days that were asked for
   * @param tables names of the tables that the run publishes
   * @param days how many days before the night may be restated
   */
  Restating(PublishedDays published, DayInputs inputs, Period night, Set<String> tables, int days) {
    this.inputs = inputs;
    this.tables = tables;
    LocalDate first = night.from().minusDays(days);
    LocalDate farthest = night.daysBefore().isEmpty() ? first : night.daysBefore().get(0);
    farthest.datesUntil(night.from()).forEach(day -> notes.put(day, published.notes(day)));
    Map<LocalDate, String> found = new HashMap<>();
    boolean inARow = true;
    LocalDate begin = night.from();
    for (LocalDate day : notes.descendingKeySet()) {
      inARow = inARow && !day.isBefore(first) && inputs.arrived(day) && gone(day).isEmpty();
      Optional<String> why = inARow ? changed(day).or(() -> unpublished(day)) : changed(day);
      if (why.isPresent()) {
        found.put(day, why.get());
        begin = inARow ? day : begin;
      }
    }
    begin
        .datesUntil(night.from())
        .forEach(day -> restated.put(day, found.getOrDefault(day, "a day before it is restated")));
    found.forEach(
        (day, why) -> {
          if (!restated.containsKey(day)) {
            left.put(day, gone(day).map(name -> why + ", but " + name + " is gone").orElse(why));
          }
        });
  }

  /** The days to restate, each with the reason. */
  Map<LocalDate, String> days() {
    return restated;
  }

  /** Says what is restated, and what is not though it changed. */
  void print(Progress progress) {
    if (!restated.isEmpty()) {
      progress.note("restates " + shown(restated));
    }
    if (!left.isEmpty()) {
      List<LocalDate> days = List.copyOf(left.keySet());
      progress.warn(
          "%s changed since it was published and is not restated; to do so: run --from %s --to %s"
              .formatted(shown(left), days.get(0), days.get(days.size() - 1)));
    }
  }

  private static String shown(Map<LocalDate, String> days) {
    StringBuilder text = new StringBuilder();
    days.entrySet().stream()
        .limit(SHOWN)
        .forEach(
            day ->
                text.append(text.isEmpty() ? "" : ", ")
                    .append(day.getKey())
                    .append(" (")
                    .append(day.getValue())
                    .append(")"));
    return days.size() > SHOWN
        ? text + " and " + (days.size() - SHOWN) + " days more"
        : text.toString();
  }

  /** What the day's tables rest on and is another by now, in words. */
  private Optional<String> changed(LocalDate day) {
    for (Note note : own(day)) {
      if (note.mayLackTouches()) {
        return Optional.of("published from a snapshot that may lack touches");
      }
      if (!inputs.known()) {
        return Optional.of("the log is a table");
      }
      Set<String> changed = inputs.changed(note.inputs(), inputs.of(day));
      if (!changed.isEmpty()) {
        String name = changed.iterator().next();
        return Optional.of(
            name
                + (note.inputs().containsKey(name) ? " changed" : " came late")
                + (changed.size() > 1 ? ", and " + (changed.size() - 1) + " more" : ""));
      }
    }
    return Optional.empty();
  }

  private Optional<String> gone(LocalDate day) {
    return own(day).stream()
        .flatMap(note -> inputs.gone(note.inputs(), inputs.of(day)).stream())
        .findFirst();
  }

  /** A table of the day is not published, though some tables of it or of a day before it are. */
  private Optional<String> unpublished(LocalDate day) {
    Set<String> missing = new HashSet<>(tables);
    own(day).forEach(note -> missing.removeAll(note.tables()));
    boolean begun =
        notes.entrySet().stream()
            .anyMatch(noted -> !noted.getKey().isAfter(day) && !noted.getValue().isEmpty());
    return missing.isEmpty() || !begun ? Optional.empty() : Optional.of("not published yet");
  }

  /** The runs that published any of the tables. */
  private List<Note> own(LocalDate day) {
    return notes.get(day).stream()
        .filter(note -> note.tables().stream().anyMatch(tables::contains))
        .toList();
  }
}
