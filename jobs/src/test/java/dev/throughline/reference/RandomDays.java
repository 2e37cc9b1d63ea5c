package dev.throughline.reference;

import dev.throughline.testing.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Days of a random log's people: visits with and without session_id, pauses at the limits, returns
 * on later days, signals of intent, events that name a campaign and events that name none.
 */
final class RandomDays {
  private static final Duration MICRO = Duration.of(1, ChronoUnit.MICROS);
  private static final Duration GAP = Duration.ofMinutes(30);
  private static final Duration WINDOW = Duration.ofHours(3);
  private static final Duration WEEK = Duration.ofDays(7);

  private final RandomLog log;
  private final Instant from;
  private final int hours;
  private String user;
  private Instant now;
  private Instant lastClick;

  /**
   * @param from the first instant of the run's days
   */
  RandomDays(RandomLog log, Instant from, int hours) {
    this.log = log;
    this.from = from;
    this.hours = hours;
  }

  void add() {
    int people = 2 + log.below(2);
    for (int person = 0; person < people; person++) {
      user = log.chance(15) ? null : log.named("u") + log.any("0", "w", "x");
      // A third of the people begin on days before the run.
      int hour = log.chance(33) ? -1 - log.below(8 * 24) : log.below(hours);
      now = from.plus(hour, ChronoUnit.HOURS);
      if (log.chance(25)) {
        now = now.truncatedTo(ChronoUnit.DAYS).plus(log.any(4, 24, 28), ChronoUnit.HOURS);
        now = now.minus(log.any(Duration.ofMinutes(1), Duration.ofMinutes(10)));
      }
      lastClick = now;
      int visits = 1 + log.below(3);
      for (int visit = 0; visit < visits; visit++) {
        addVisit(true);
        now = now.plus(log.any(Duration.ofMinutes(5), GAP, Duration.ofHours(2), WINDOW));
      }
      if (log.chance(50)) {
        Duration later = log.any(Duration.ofDays(1), Duration.ofDays(2), WEEK, WEEK.plus(MICRO));
        now = lastClick.plus(later);
        addVisit(log.chance(25));
      }
      if (log.chance(40)) {
        now = lastClick.plus(log.any(WINDOW, WINDOW.plus(MICRO), WINDOW.minus(MICRO)));
        addVisit(true);
      }
    }
  }

  private void pause() {
    now =
        now.plus(
            log.any(
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofMillis(1500),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                Duration.ofMinutes(12),
                GAP,
                GAP.minus(MICRO),
                GAP.plus(MICRO)));
  }

  private String campaign(int percent) {
    return log.chance(percent) ? log.named("c") + log.below(3) : null;
  }

  private Event event(String campaign, String session) {
    return log.of(user, now).campaign(campaign).session(session);
  }

  private void addVisit(boolean advertised) {
    String session = log.chance(50) ? log.named("v") + log.below(2) : null;
    if (advertised) {
      addTouches(session);
    }
    if (log.chance(20)) {
      addWholeWay(session);
    }
    int events = log.below(5);
    for (int i = 0; i < events; i++) {
      pause();
      switch (log.below(6)) {
        case 0 -> addEngagement(session);
        case 1 -> addConversion(session);
        default -> addPage(session);
      }
    }
  }

  /** To the conversion, step by step. */
  private void addWholeWay(String session) {
    addPage(session);
    pause();
    addEngagement(session);
    pause();
    addConversion(session);
  }

  private void addTouches(String session) {
    String campaign = campaign(95);
    String channel = log.any(null, "direct", log.named("search"), "paid > \\" + log.named(""));
    int views = log.below(3);
    for (int i = 0; i < views; i++) {
      Event view = event(campaign, null).channel(channel).viewable(log.any(null, true, false));
      log.add(view.with("event_type", "impression"));
      pause();
    }
    if (log.chance(80)) {
      // The click is often counted elsewhere, by a system that knows no session.
      Event click = event(campaign, log.chance(50) ? session : null).channel(channel);
      log.add(click.with("event_type", "click"));
      lastClick = now;
    }
  }

  private void addPage(String session) {
    Event page = event(campaign(25), session).pageView();
    page.with("event_name", log.any(null, null, "home", "pricing"));
    if (log.chance(30)) {
      page.seconds(log.any(0.0, 2.5, 7.5, 10.0, 10.000001));
    }
    log.add(page);
  }

  private void addEngagement(String session) {
    Event engagement = event(campaign(25), session);
    engagement.engagement(log.any("scroll", "add_to_cart", "form_start", "sign_up"));
    if (log.chance(30)) {
      engagement.seconds(log.any(0.0, 2.5, 10.0, 60.0));
    }
    log.add(engagement);
  }

  private void addConversion(String session) {
    Event conversion = event(campaign(25), session);
    conversion.conversion(log.any("purchase", "sign_up", "download"));
    if (log.chance(75)) {
      conversion.value(log.any("10.00", "0.01", "99.99", "0"));
    }
    log.add(conversion.orderId(log.chance(40) ? log.named("o") + log.below(2) : null));
  }
}
