package dev.throughline.reference;

import static dev.throughline.testing.Event.event;

import dev.throughline.testing.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Groups of people for tests of many days. The ids of a group's events begin with its name, and no
 * visitor, order or campaign belongs to two groups, so that a log of some of the groups is what the
 * log of all of them says of these groups.
 */
public final class RandomPeople {
  private RandomPeople() {}

  /** The name of a group: the beginning of the ids of its events. */
  public static String group(int number) {
    return "r%03d-".formatted(number);
  }

  /**
   * The events of a group.
   *
   * @param from about when they begin; some events happen days before
   * @param lateDays up to how many days later an event may be filed than it happened
   */
  public static List<Event> events(int number, Instant from, int lateDays) {
    Random random = new Random(31L * number + lateDays);
    NaiveRules rules = number % 3 == 0 ? RandomVariants.PLAIN : RandomVariants.TIGHT;
    List<Event> events = new ArrayList<>(RandomLog.events(number, rules, from, 24 * 3));
    addSlowDeciders(number, random, from, events);
    if (number % 7 == 0) {
      addWatcher(number, random, from, events);
    }
    for (Event event : events) {
      if (lateDays > 0 && event.get("dt") == null && random.nextInt(6) == 0) {
        Instant filed = event.time().plus(Duration.ofDays(1 + random.nextInt(lateDays)));
        event.dt(filed.toString().substring(0, 10));
      }
    }
    return events;
  }

  /** They see and click, and convert hours or days later, more than once. */
  private static void addSlowDeciders(int number, Random random, Instant from, List<Event> events) {
    for (int person = 0; person < 4; person++) {
      String user = "u%03dslow%d".formatted(number, person);
      int touches = 1 + random.nextInt(4);
      for (int i = 0; i < touches; i++) {
        Instant at = from.plus(Duration.ofMinutes(random.nextInt(48 * 60)));
        Event touch = event().user(user).at(at).campaign(campaign(number, random));
        touch.channel(random.nextBoolean() ? "social" : null);
        String impression = "i%03ds%d%d".formatted(number, person, i);
        touch.impressionId(impression);
        events.add((random.nextInt(3) == 0 ? touch.click() : touch.impression()));
        if (random.nextInt(3) == 0) {
          events.add(touch.copy().plus(Duration.ofMinutes(random.nextInt(900))).click());
        }
      }
      int conversions = person % 2 + random.nextInt(2);
      for (int i = 0; i < conversions; i++) {
        Instant at = from.plus(Duration.ofMinutes(random.nextInt(6 * 24 * 60)));
        String action = random.nextBoolean() ? "purchase" : "sign_up";
        events.add(event().user(user).at(at).conversion(action).value("5.25"));
      }
    }
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).get("event_id") == null) {
        events.get(i).id(group(number) + "s" + i);
      }
    }
  }

  /** Sees far more than a journey holds, clicks little, and may convert. */
  private static void addWatcher(int number, Random random, Instant from, List<Event> events) {
    String user = "u%03dwatcher".formatted(number);
    int views = 20 + random.nextInt(60);
    for (int i = 0; i < views; i++) {
      Instant at = from.plus(Duration.ofMinutes(random.nextInt(6 * 24 * 60)));
      Event view = event().user(user).at(at).campaign(campaign(number, random)).impression();
      events.add(view.id(group(number) + "w" + i));
    }
    if (random.nextBoolean()) {
      Instant at = from.plus(Duration.ofDays(5));
      events.add(
          event().user(user).at(at).conversion("purchase").value("7").id(group(number) + "wc"));
    }
  }

  private static String campaign(int number, Random random) {
    return "c%03d%d".formatted(number, random.nextInt(3));
  }
}
