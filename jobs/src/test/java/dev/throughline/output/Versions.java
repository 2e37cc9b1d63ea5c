package dev.throughline.output;

import static dev.throughline.testing.Event.event;

import dev.throughline.metrics.CampaignDays;
import dev.throughline.model.Conversions;
import dev.throughline.model.Journeys;
import dev.throughline.reports.Report;
import dev.throughline.reports.Reports;
import dev.throughline.table.Table;
import dev.throughline.testing.Event;
import dev.throughline.testing.MemoryDisk;
import dev.throughline.testing.PipelineRun;
import dev.throughline.testing.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileUtil;

/**
 * Two versions of all tables of three days, published and kept: one real run of six days, whose
 * last three are taken for a second version of the first three.
 */
final class Versions {
  static final List<LocalDate> DAYS =
      LocalDate.parse("2026-10-26").datesUntil(LocalDate.parse("2026-10-29")).toList();
  static final List<Table> KEPT =
      List.of(Journeys.touchesTable(), CampaignDays.EVENTS, Conversions.UNJOINABLE);

  /** The files of the versions, by their place below a warehouse. */
  private final List<Map<String, byte[]>> files = List.of(new TreeMap<>(), new TreeMap<>());

  private static Versions made;

  /** The versions; made at the first call. */
  static synchronized Versions get() throws IOException {
    if (made == null) {
      Path folder = MemoryDisk.create();
      try {
        made = in(folder);
      } finally {
        FileUtil.fullyDelete(folder.toFile());
      }
    }
    return made;
  }

  private static Versions in(Path folder) throws IOException {
    LocalDate first = DAYS.get(0);
    LocalDate last = first.plusDays(2L * DAYS.size() - 1);
    PipelineRun run = scenario(folder).runInto("six-days", first.toString(), last.toString());
    if (run.exitCode() != 0) {
      throw new AssertionError(run.stderr());
    }
    Versions versions = new Versions();
    for (int version = 0; version < 2; version++) {
      for (LocalDate day : DAYS) {
        LocalDate from = day.plusDays((long) version * DAYS.size());
        for (Report report : Reports.ALL) {
          versions.read(version, run.output(), report.table().name(), report.table(), from, day);
        }
        for (Table table : KEPT) {
          versions.read(version, run.output(), "_kept/" + table.name(), table, from, day);
        }
      }
    }
    return versions;
  }

  private void read(int version, Path in, String at, Table table, LocalDate from, LocalDate day)
      throws IOException {
    byte[] bytes = Files.readAllBytes(in.resolve(place(at, table.name(), from)));
    files.get(version).put(place(at, table.name(), day), bytes);
  }

  private static String place(String at, String table, LocalDate day) {
    return at + "/day=" + day + "/" + table + ".parquet";
  }

  /** Every table has rows on every day, and other rows on each. */
  private static Scenario scenario(Path folder) {
    List<Event> events = new ArrayList<>();
    for (int day = 0; day < 2 * DAYS.size(); day++) {
      String date = DAYS.get(0).plusDays(day).toString();
      for (int person = 0; person <= 3 + day; person++) {
        String user = "u" + day + "-" + person;
        String campaign = "c" + person % 3;
        String minute = date + " 10:" + (10 + person) + ":";
        Event by = event().user(user).campaign(campaign).channel("social");
        events.add(by.copy().impression().at(minute + "00").cost("0.50"));
        events.add(by.copy().impression().campaign("c" + (person + 1) % 3).at(minute + "05"));
        events.add(by.copy().click().at(minute + "10"));
        events.add(event().user(user).at(minute + "11").seconds(5 + day));
        events.add(event().user(user).at(minute + "31"));
        events.add(event().user(user).engagement("add_to_cart").at(minute + "40"));
        if (person % 2 == 0) {
          events.add(
              event()
                  .user(user)
                  .conversion("purchase")
                  .value((10 + day) + ".00")
                  .at(minute + "50"));
        }
      }
      events.add(event().with("event_type", "hover").user("h" + day).at(date + " 12:00"));
      events.add(
          event().user(null).conversion("purchase").value(day + 1 + ".00").at(date + " 13:00"));
    }
    return Scenario.in(folder)
        .events(events)
        .campaigns("c0,Zero,social,brand,", "c1,One,social,conversion,", "c2,Two,email,engagement,")
        .set("throughline.attribution.models", "[last_touch, linear, markov_1, shapley]")
        .set("throughline.attribution.training-days", "1")
        .set("throughline.attribution.resamples", "2")
        .set("throughline.periods", "[1]");
  }

  /** How many files there are of each version. */
  int size() {
    return files.get(0).size();
  }

  /** How many differ between the versions. */
  long differing() {
    return files.get(0).keySet().stream().filter(at -> !is(0, at, files.get(1).get(at))).count();
  }

  List<String> places() {
    return List.copyOf(files.get(0).keySet());
  }

  /** Whether bytes are those of a version. */
  boolean is(int version, String place, byte[] bytes) {
    return Arrays.equals(files.get(version).get(place), bytes);
  }

  /** Writes a version where it is published, or into another tree of the same form. */
  void put(int version, Path warehouse) throws IOException {
    for (Map.Entry<String, byte[]> file : files.get(version).entrySet()) {
      Path target = warehouse.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.write(target, file.getValue());
    }
  }

  /** Writes a version where a run stages it. */
  void stage(int version, Path folder) throws IOException {
    for (Map.Entry<String, byte[]> file : files.get(version).entrySet()) {
      Path target =
          folder.resolve(file.getKey().replace("_kept/", "")).resolveSibling("part.parquet");
      Files.createDirectories(target.getParent());
      Files.write(target, file.getValue());
    }
  }
}
