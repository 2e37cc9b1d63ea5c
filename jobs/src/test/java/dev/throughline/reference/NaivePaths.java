package dev.throughline.reference;

import dev.throughline.reference.NaiveFacts.Fact;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The paths of journeys that converted and of those that did not. */
final class NaivePaths {
  static final String OTHER = "(other)";
  static final List<String> COLUMNS =
      List.of(
          "conversions",
          "value",
          "non_converting_journeys",
          "conversion_rate",
          "median_touches",
          "median_hours");

  /** What the journeys of a path have in common. */
  private static final class Path {
    final String text;
    double conversions;
    double value;
    double others;
    final List<Double> touches = new ArrayList<>();
    final List<Double> hours = new ArrayList<>();

    Path(String text) {
      this.text = text;
    }

    void add(Path folded) {
      conversions += folded.conversions;
      value += folded.value;
      others += folded.others;
      touches.addAll(folded.touches);
      hours.addAll(folded.hours);
    }
  }

  private static final Comparator<Path> TOP =
      Comparator.comparing((Path path) -> -path.conversions)
          .thenComparing(path -> -path.value)
          .thenComparing(path -> -path.others)
          .thenComparing(path -> path.text);

  private final NaiveJourneys journeys;
  private final NaiveRules.People rules;
  private final Map<List<String>, Map<String, Path>> found = new LinkedHashMap<>();

  NaivePaths(NaiveTables tables, NaiveRules rules, List<LocalDate> days) {
    this.journeys = tables.journeys;
    this.rules = rules.people();
    for (Fact conversion : journeys.counted) {
      if (days.contains(conversion.day())) {
        addConverted(conversion);
      }
    }
    for (List<RawEvent> events : journeys.byUser.values()) {
      for (LocalDate day : days) {
        addNotConverted(day, events, rules);
      }
    }
  }

  private Path path(LocalDate day, String dimension, List<RawEvent> journey) {
    String text =
        journey.isEmpty()
            ? NaiveJourneys.NOBODY
            : text(rules.transforms(), journeys.members(dimension, journey));
    return found
        .computeIfAbsent(List.of(day.toString(), dimension), key -> new TreeMap<>())
        .computeIfAbsent(text, Path::new);
  }

  private void addConverted(Fact conversion) {
    List<RawEvent> journey = journeys.touches.get(conversion);
    for (String dimension : List.of("campaign", "channel")) {
      Path path = path(conversion.day(), dimension, journey);
      path.conversions++;
      path.value += NaiveJourneys.worth(conversion.event());
      if (!journey.isEmpty()) {
        path.touches.add((double) journey.size());
        path.hours.add((conversion.event().time() - journey.get(0).time()) / 3_600_000_000.0);
      }
    }
  }

  /** All events of one person. */
  private void addNotConverted(LocalDate day, List<RawEvent> events, NaiveRules settings) {
    int lastTouch = -1;
    int lastConversion = -1;
    for (int i = 0; i < events.size(); i++) {
      RawEvent event = events.get(i);
      boolean ofDay = event.dayIn(settings.zone()).equals(day);
      if (ofDay && !journeys.eligible(List.of(event), event.time()).isEmpty()) {
        lastTouch = i;
      }
      if (event.is("conversion") && !event.dayIn(settings.zone()).isAfter(day)) {
        lastConversion = i;
      }
    }
    if (lastTouch > lastConversion) {
      List<RawEvent> since = events.subList(lastConversion + 1, lastTouch + 1);
      List<RawEvent> journey =
          journeys.latest(journeys.eligible(since, events.get(lastTouch).time()));
      path(day, "campaign", journey).others++;
      path(day, "channel", journey).others++;
    }
  }

  static String text(List<String> transforms, List<String> members) {
    List<String> path =
        members.stream().map(member -> member.replaceAll("([\\\\>])", "\\\\$1")).toList();
    for (String transform : transforms) {
      path = transformed(transform, path);
    }
    return String.join(" > ", path);
  }

  static List<String> transformed(String transform, List<String> path) {
    List<String> result = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      String member = path.get(i);
      boolean first = path.indexOf(member) == i;
      switch (transform) {
        case "identity" -> result.add(member);
        case "exposure" -> {
          if (i == 0 || !path.get(i - 1).equals(member)) {
            result.add(member);
          }
        }
        case "first" -> {
          if (first) {
            result.add(member);
          }
        }
        case "frequency" -> {
          if (first) {
            result.add(member + "(" + Collections.frequency(path, member) + ")");
          }
        }
        default -> {
          int kept = Integer.parseInt(transform.replaceAll("last\\((\\d+)\\)", "$1"));
          if (i >= path.size() - kept) {
            result.add(member);
          }
        }
      }
    }
    return result;
  }

  Cells cells() {
    Cells cells = new Cells();
    found.forEach(
        (key, paths) -> {
          List<Path> sorted = new ArrayList<>(paths.values());
          sorted.sort(TOP);
          Path nobody = paths.get(NaiveJourneys.NOBODY);
          if (nobody != null) {
            sorted.remove(nobody);
            set(cells, key, nobody);
          }
          Path other = new Path(OTHER);
          for (int i = 0; i < sorted.size(); i++) {
            if (i < rules.top()) {
              set(cells, key, sorted.get(i));
            } else {
              other.add(sorted.get(i));
            }
          }
          if (sorted.size() > rules.top()) {
            set(cells, key, other);
          }
        });
    return cells;
  }

  private static void set(Cells cells, List<String> dayAndDimension, Path path) {
    String key = Cells.key(dayAndDimension.get(0), dayAndDimension.get(1), path.text);
    cells.set(key, "conversions", path.conversions);
    cells.set(key, "value", path.value);
    cells.set(key, "non_converting_journeys", path.others);
    cells.set(
        key, "conversion_rate", NaiveMath.ratio(path.conversions, path.conversions + path.others));
    cells.set(key, "median_touches", NaiveMath.median(path.touches));
    cells.set(key, "median_hours", NaiveMath.median(path.hours));
  }

  /** All paths, before any are folded. */
  Set<String> texts() {
    Set<String> texts = new TreeSet<>();
    found.values().forEach(paths -> texts.addAll(paths.keySet()));
    return texts;
  }

  long notConverted() {
    return (long)
        found.values().stream()
            .flatMap(paths -> paths.values().stream())
            .mapToDouble(path -> path.others)
            .sum();
  }
}
