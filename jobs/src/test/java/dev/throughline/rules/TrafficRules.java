package dev.throughline.rules;

import static dev.throughline.rules.Rule.rule;
import static dev.throughline.testing.Event.event;

import dev.throughline.testing.Event;
import java.util.List;
import java.util.stream.IntStream;

/** Which rows count as traffic: duplicates, double clicks, bots, activity limits. */
final class TrafficRules {
  /** What the run sets for events-per-hour. */
  static final int EVENTS_PER_HOUR = 8;

  private TrafficRules() {}

  private static Event click(String at) {
    return event().click().at(at);
  }

  private static Event[] impressionsOfOneHour(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> event().impression().at("2026-10-31 10:59:59.99" + i))
        .toArray(Event[]::new);
  }

  static List<Rule> rules() {
    return List.of(
        rule(
                "a second click after exactly 1 s is invalid",
                click("2026-10-31 10:00:00"),
                click("2026-10-31 10:00:01"))
            .funnel("c1", "gross_clicks=2 invalid_clicks=1 clicks=1"),
        rule(
                "a second click after 1 s and 1 ms is valid",
                click("2026-10-31 10:00:00"),
                click("2026-10-31 10:00:01.001"))
            .funnel("c1", "gross_clicks=2 invalid_clicks=0 clicks=2"),
        rule(
                "every click of a rapid series but the first is invalid",
                click("2026-10-31 10:00:00"),
                click("2026-10-31 10:00:00.800"),
                click("2026-10-31 10:00:01.600"))
            .funnel("c1", "gross_clicks=3 invalid_clicks=2 clicks=1"),
        rule(
                "an event may seem to happen up to an hour after it was received",
                click("2026-10-31 11:00:00").received("2026-10-31 10:00:00"))
            .funnel("c1", "clicks=1"),
        rule(
                "an event that seems to happen later than that has a wrong clock and is rejected",
                click("2026-10-31 11:00:00").received("2026-10-31 10:00:00"),
                click("2026-10-31 11:00:00.001").received("2026-10-31 10:00:00"))
            .funnel("c1", "gross_clicks=1 clicks=1"),
        rule(
                "clicks on two campaigns are no double click",
                click("2026-10-31 10:00:00"),
                click("2026-10-31 10:00:00.500").campaign("c2"))
            .funnel("c1", "clicks=1 invalid_clicks=0")
            .funnel("c2", "clicks=1 invalid_clicks=0"),
        rule(
                "clicks of two people are no double click",
                click("2026-10-31 10:00:00"),
                click("2026-10-31 10:00:00.500").user("u2"))
            .funnel("c1", "clicks=2 invalid_clicks=0 people_clicked=2"),
        rule(
                "clicks of nobody known are no double click",
                click("2026-10-31 10:00:00").user(null),
                click("2026-10-31 10:00:00.500").user(null))
            .funnel("c1", "clicks=2 invalid_clicks=0 people_clicked=0"),
        rule(
                "as many events in a clock hour as the limit are valid",
                impressionsOfOneHour(EVENTS_PER_HOUR))
            .funnel("c1", "gross_impressions=8 invalid_impressions=0 impressions=8 reach=1"),
        rule(
                "one event above the limit makes all of the hour invalid",
                impressionsOfOneHour(EVENTS_PER_HOUR + 1))
            .funnel("c1", "gross_impressions=9 invalid_impressions=9 impressions=0 reach=0"),
        rule(
                "declared bots and traffic flagged upstream are invalid",
                event().impression().userAgent("ExampleBot/2.1"),
                event().impression().invalidReason("datacentre"),
                event().impression().userAgent("Mozilla/5.0"))
            .funnel("c1", "gross_impressions=3 invalid_impressions=2 impressions=1"),
        rule(
                "the same event delivered twice counts once",
                event().impression().id("x"),
                event().impression().id("x").received("2026-10-31 11:00"))
            .funnel("c1", "gross_impressions=1 impressions=1"),
        rule(
                "another event under the same id counts too",
                event().impression().id("x"),
                event().impression().id("x").viewable(true))
            .funnel("c1", "gross_impressions=2 impressions=2"),
        rule(
                "a value that moves from one column to the next makes another event",
                event().impression().id("x").viewable(true).consent(null),
                event().impression().id("x").viewable(null).consent(true))
            .funnel("c1", "impressions=2 measured_impressions=1 viewable_impressions=1"),
        rule(
                "refusing people are counted in totals",
                event().impression().consent(false),
                event().impression().user(null))
            .funnel("c1", "impressions=2 reach=1 ctr=0"));
  }
}
