package dev.throughline.reference;

import static dev.throughline.testing.Event.event;

import dev.throughline.testing.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The models of the random logs, and journeys for them that chance seldom draws. */
final class RandomModels {
  static final List<String> LEARNED =
      List.of("markov_1", "markov_2", "markov_3", "markov_4", "shapley");

  static final Map<String, NaiveRules.Custom> CUSTOM =
      Map.of(
          "recent_clicks",
          new NaiveRules.Custom(
              null,
              null,
              null,
              Duration.ofHours(12),
              Map.of("direct", 0.5, "(unknown)", 0.0625),
              2.0,
              0.0),
          "ends",
          new NaiveRules.Custom(3.0, 2.0, 5.0, null, Map.of(), null, 0.75));

  private RandomModels() {}

  /** Every model; those of the configuration's own stand where it names them. */
  static List<String> allWith(String first, String last) {
    return Stream.of(List.of(first), NaiveRules.RULES, LEARNED, List.of(last))
        .flatMap(List::stream)
        .toList();
  }

  /** In another order, and without some. */
  static List<String> fewWith(String first, String last) {
    return Arrays.asList(
        "shapley",
        first,
        "markov_2",
        "participation",
        "linear",
        "markov_1",
        "first_touch",
        "markov_4",
        "time_decay",
        "w_shaped",
        "markov_3",
        last);
  }

  /** On names that states of a chain have a meaning for, around the first day of a run. */
  static List<Event> events(LocalDate from) {
    Instant noon = from.atStartOfDay(ZoneOffset.UTC).plusHours(12).toInstant();
    List<Event> events = new ArrayList<>();
    List<String> names = List.of("(start)", "(null)", "(conversion)", "\\(null)", "(x) > y", "z");
    for (int person = 0; person < 18; person++) {
      int length = 1 + person % 6;
      Instant at = noon.plus(Duration.ofHours(person % 3 * 24L));
      for (int i = 0; i < length; i++) {
        String name = names.get((person + i * (1 + person / 6)) % names.size());
        Event touch = event().campaign(name).channel(name);
        add(events, person, touch.click().at(at.minus(Duration.ofMinutes(90L * (length - i)))));
      }
      if (person % 3 > 0) {
        String action = person % 2 == 0 ? "rare" : "purchase";
        add(events, person, event().conversion(action).value("2.50").at(at));
      }
    }
    for (int day = 0; day < 3; day++) {
      Instant at = noon.plus(Duration.ofDays(day));
      add(events, 18 + day, event().conversion("untouched").at(at));
      if (day == 0) {
        add(events, 18 + day, event().campaign("z").click().at(at.minus(Duration.ofDays(1))));
      }
    }
    for (int person = 30; person < 33; person++) {
      // Converted on the first of five days of training, by a touch of the day before.
      Instant at = noon.minus(Duration.ofDays(4));
      add(events, person, event().campaign("z").click().at(at.minus(Duration.ofDays(1))));
      add(events, person, event().conversion("purchase").at(at));
    }
    for (int person = 33; person < 39; person++) {
      // One click leaves five days of training; another is too old when the next follows.
      boolean alone = person < 36;
      Instant early = noon.minus(Duration.ofDays(alone ? 4 : 1));
      add(events, person, event().campaign("z").click().at(early));
      if (!alone) {
        Instant late = early.plus(Duration.ofHours(49));
        add(events, person, event().campaign("(null)").click().at(late));
      }
    }
    return events;
  }

  private static void add(List<Event> events, int person, Event event) {
    events.add(event.user("named" + person).id("m" + events.size()));
  }
}
