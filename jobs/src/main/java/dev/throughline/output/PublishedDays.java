package dev.throughline.output;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Notes beside the tables: which runs published what is there of a day, and from what.
 *
 * <p>A note is removed before any table of its day changes and written when all of them have, so it
 * never says of a day what is not true. A day without one may be published all the same.
 */
public final class PublishedDays {

  /**
   * A run's part in what is published of a day.
   *
   * @param run the run's id
   * @param started when it began, in ISO 8601
   * @param configuration digest of its configuration
   * @param tables the tables of the day that are there as this run published them
   * @param inputs what it computed them from: a fingerprint by name
   * @param mayLackTouches whether it read a snapshot of touches that an earlier version wrote, from
   *     which touches of people who converted later may be missing
   */
  public record Note(
      String run,
      String started,
      String configuration,
      Set<String> tables,
      Map<String, String> inputs,
      boolean mayLackTouches) {

    /** Of a run of this version. */
    public Note(
        String run,
        String started,
        String configuration,
        Set<String> tables,
        Map<String, String> inputs) {
      this(run, started, configuration, tables, inputs, false);
    }

    private Note without(Set<String> replaced) {
      Set<String> left = new TreeSet<>(tables);
      left.removeAll(replaced);
      return new Note(run, started, configuration, left, inputs, mayLackTouches);
    }

    private Map<String, Object> json() {
      return Map.of(
          "run_id",
          run,
          "started",
          started,
          "config_digest",
          configuration,
          "tables",
          List.copyOf(new TreeSet<>(tables)),
          "inputs",
          new TreeMap<>(inputs),
          SNAPSHOTS,
          mayLackTouches ? 1 : WHOLE);
    }

    private static Note of(Config json, Predicate<String> readSnapshot) {
      String run = json.getString("run_id");
      boolean whole = json.hasPath(SNAPSHOTS) && json.getInt(SNAPSHOTS) >= WHOLE;
      Map<String, String> inputs = new TreeMap<>();
      json.getObject("inputs").unwrapped().forEach((name, found) -> inputs.put(name, "" + found));
      return new Note(
          run,
          json.getString("started"),
          json.getString("config_digest"),
          new TreeSet<>(json.getStringList("tables")),
          inputs,
          !whole && readSnapshot.test(run));
    }
  }

  /** In notes: the format of the snapshots of touches that the run's version writes. */
  private static final String SNAPSHOTS = "touch_snapshots";

  private static final int WHOLE = 2;

  private final Warehouse warehouse;

  public PublishedDays(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * The runs that published what is there of a day; empty where no note says so, or none that can
   * be read.
   */
  public List<Note> notes(LocalDate day) {
    try {
      Config note = Manifest.read(warehouse, warehouse.dayNote(day));
      return note.getConfigList("runs").stream()
          .map(run -> Note.of(run, this::readSnapshot))
          .toList();
    } catch (FileNotFoundException | ConfigException e) {
      return List.of();
    } catch (IOException e) {
      throw failed("read", day, e);
    }
  }

  /** Whether a run read a snapshot of touches, by its manifest; without one it may have. */
  private boolean readSnapshot(String run) {
    try {
      Config manifest = Manifest.read(warehouse, warehouse.manifest(run));
      return !manifest.getString("input.touches_carried_to").isEmpty();
    } catch (FileNotFoundException | ConfigException.Parse e) {
      return true;
    } catch (ConfigException.Missing e) {
      // The version before snapshots.
      return false;
    } catch (IOException e) {
      throw new ThroughlineException(
          ErrorKind.PUBLISH,
          "The manifest of the run " + run + " cannot be read: " + e + ". Run again.",
          e);
    }
  }

  /**
   * Replaces tables of days.
   *
   * @param notes what to note of each day
   * @param publishing puts the files in place
   */
  public void replace(Map<LocalDate, Note> notes, Runnable publishing) {
    Map<LocalDate, List<Note>> before = new TreeMap<>();
    for (LocalDate day : notes.keySet()) {
      before.put(day, notes(day));
      try {
        warehouse.files().delete(warehouse.dayNote(day), false);
      } catch (IOException e) {
        throw failed("removed", day, e);
      }
    }
    publishing.run();
    notes.forEach((day, note) -> write(day, note, before.get(day)));
  }

  private void write(LocalDate day, Note note, List<Note> before) {
    List<Map<String, Object>> runs = new ArrayList<>();
    for (Note earlier : before) {
      Note left = earlier.without(note.tables());
      if (!left.tables().isEmpty()) {
        runs.add(left.json());
      }
    }
    runs.add(note.json());
    Manifest written = new Manifest();
    written.put("day", day.toString());
    written.put("runs", runs);
    try {
      written.write(warehouse, warehouse.dayNote(day));
    } catch (IOException e) {
      throw failed("written", day, e);
    }
  }

  private ThroughlineException failed(String what, LocalDate day, IOException e) {
    return new ThroughlineException(
        ErrorKind.PUBLISH,
        "The note of which run published "
            + day
            + ", "
            + warehouse.dayNote(day)
            + ", cannot be "
            + what
            + ": "
            + e
            + ". Every table and day holds its old or its new rows, whole; run again.",
        e);
  }
}
