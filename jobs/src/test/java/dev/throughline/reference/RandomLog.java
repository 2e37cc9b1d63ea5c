package dev.throughline.reference;

import static dev.throughline.testing.Event.event;

import dev.throughline.testing.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A small log full of edges: ties in time, touches at the microsecond around the look-backs,
 * duplicates, double clicks, refusals. Its people, campaigns, channels and orders are its own, so
 * that many such logs can be one.
 */
final class RandomLog {
  private static final List<String> ACTIONS = List.of("purchase", "sign_up", "download");
  private final Random random;
  private final String name;
  private final NaiveRules rules;
  private final Instant from;
  private final int hours;
  private final List<Event> events = new ArrayList<>();
  private int ids;

  private RandomLog(int number, NaiveRules rules, Instant from, int hours) {
    this.random = new Random(number);
    this.name = String.format("%03d", number);
    this.rules = rules;
    this.from = from;
    this.hours = hours;
  }

  /**
   * @param from the first instant of conversions
   * @param hours how many hours from there conversions may happen
   */
  static List<Event> events(int number, NaiveRules rules, Instant from, int hours) {
    RandomLog log = new RandomLog(number, rules, from, hours);
    int conversions = 1 + log.random.nextInt(4);
    for (int i = 0; i < conversions; i++) {
      log.addConversion();
    }
    if (log.random.nextInt(10) == 0) {
      log.addBurst();
    }
    new RandomDays(log, from, hours).add();
    log.addRepeatsAndRejects();
    return log.events;
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  int below(int limit) {
    return random.nextInt(limit);
  }

  /** A name of this log's own. */
  String named(String prefix) {
    return prefix + name;
  }

  @SafeVarargs
  final <T> T any(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  Event add(Event event) {
    events.add(event.id("r" + name + "-" + random.nextInt(10) + ids++));
    return event;
  }

  Event of(String user, Instant at) {
    Event event = event().user(user).at(at);
    if (chance(4)) {
      event.consent(false);
    } else if (chance(10)) {
      event.consent(true);
    }
    if (chance(2)) {
      event.invalidReason("datacentre");
    } else if (chance(2)) {
      event.userAgent(any("ExampleBot/1.0", "a web CRAWLER"));
    } else if (chance(20)) {
      event.userAgent("Mozilla/5.0");
    }
    if (chance(20)) {
      event.with("received_time", at.plus(any(Duration.ofMinutes(1), Duration.ofHours(25))));
    }
    if (chance(15) || (user == null && chance(50))) {
      event.session("s" + name + random.nextInt(3));
    }
    return event;
  }

  private void addConversion() {
    String user = chance(8) ? null : "u" + name + random.nextInt(2);
    // Few different instants, so that ties are common.
    Instant at = from.plus(random.nextInt(hours), ChronoUnit.HOURS).plusMillis(any(0, 0, 1, 500));
    Event conversion = of(user, at).conversion(any(ACTIONS.toArray(new String[0])));
    if (chance(75)) {
      conversion.value(any("10.00", "0.01", "99.99", "1234.567891", "0"));
    }
    if (chance(40)) {
      conversion.orderId("o" + name + random.nextInt(2));
    }
    add(conversion);
    int touches = random.nextInt(7);
    for (int i = 0; i < touches; i++) {
      addTouch(chance(8) ? null : user, at);
    }
    if (chance(40)) {
      Duration before = Duration.ofMinutes(random.nextInt(36 * 60));
      add(of(user, at.minus(before)).engagement(any("form_start", "sign_up", "add_to_cart")));
    }
  }

  private Instant touchTime(Instant conversion, Duration lookback) {
    Duration edge = any(Duration.ZERO, lookback, rules.viewLookback(), rules.clickLookback());
    Duration nudge =
        any(
            Duration.ZERO,
            Duration.ofMillis(1),
            Duration.ofMillis(-1),
            Duration.of(1, ChronoUnit.MICROS),
            Duration.of(-1, ChronoUnit.MICROS));
    Duration anywhere = Duration.ofMinutes(30L * random.nextInt(4 * 48));
    return chance(60) ? conversion.minus(edge).plus(nudge) : conversion.minus(anywhere);
  }

  private void addTouch(String user, Instant conversion) {
    boolean click = chance(50);
    Instant at = touchTime(conversion, click ? rules.clickLookback() : rules.viewLookback());
    String campaign = chance(6) ? null : "c" + name + random.nextInt(3);
    String channel = any(null, "direct", "search" + name, "social" + name);
    Event touch = of(user, at).campaign(campaign).channel(channel);
    if (chance(30)) {
      touch.cost(any("0.5", "0.000001", "2"));
    }
    if (click) {
      addClick(touch);
      return;
    }
    add(touch.with("event_type", "impression").viewable(any(null, true, true, false)));
    touch.impressionId(chance(80) ? "i" + name + ids : null);
    if (chance(40)) {
      Duration later = any(Duration.ZERO, Duration.ofSeconds(5), Duration.ofHours(20));
      addClick(
          of(user, at.plus(later))
              .campaign(campaign)
              .channel(channel)
              .impressionId((String) touch.get("impression_id")));
    }
  }

  private void addClick(Event click) {
    add(click.with("event_type", "click"));
    if (chance(25)) {
      add(click.copy().plus(Duration.ofMillis(any(0, 1, 999, 1000, 1001, 1500))));
    }
    Instant at = click.time();
    int pages = random.nextInt(3);
    for (int i = 0; i < pages; i++) {
      at =
          at.plus(
              any(
                  Duration.ZERO,
                  Duration.ofMinutes(1),
                  Duration.ofMinutes(30),
                  Duration.ofMillis(1799999)));
      Event page = of((String) click.get("user_id"), at).pageView();
      page.session((String) click.get("session_id"));
      page.campaign(chance(40) ? "c" + name + random.nextInt(3) : null);
      if (chance(70)) {
        page.seconds(any(0.0, 2.5, 7.5, 10.0, 10.000001, 60.0));
      }
      add(page);
    }
  }

  /** As many events in an hour as are allowed, or one more. */
  private void addBurst() {
    int rows = rules.eventsPerHour() + random.nextInt(2);
    for (int i = 0; i < rows; i++) {
      add(
          event()
              .user("u" + name + "burst")
              .at(from.plusMillis(i))
              .with("event_type", any("impression", "click"))
              .campaign("c" + name + i % 2));
    }
  }

  private void addRepeatsAndRejects() {
    for (Event original : List.copyOf(events)) {
      if (chance(6)) {
        events.add(original.copy());
      }
      if (chance(4)) {
        Instant otherDay = original.time().plus(Duration.ofDays(2));
        events.add(original.copy().with("received_time", otherDay));
      }
      if (chance(3)) {
        // The same id for another event.
        events.add(original.copy().plus(Duration.ofSeconds(7)));
      }
    }
    for (Event damaged :
        Arrays.asList(events.get(0).copy(), events.get(events.size() - 1).copy())) {
      if (chance(20)) {
        events.add(
            switch (random.nextInt(5)) {
              case 0 -> damaged.id(null);
              case 1 -> damaged.with("event_type", "purchase");
              case 2 -> damaged.conversion(null);
              case 3 -> damaged.value("-1");
              default -> damaged.plus(Duration.ofDays(1)).dt(dayOf(damaged.time()));
            });
      }
    }
  }

  private static String dayOf(Instant at) {
    return at.atZone(ZoneOffset.UTC).toLocalDate().toString();
  }
}
