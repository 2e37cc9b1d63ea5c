package dev.throughline.rules;

import static dev.throughline.rules.Rule.rule;
import static dev.throughline.testing.Event.event;

import dev.throughline.testing.Event;
import java.util.List;

/** What is one visit, for which campaign it landed, and whether it was engaged. */
final class VisitRules {
  private VisitRules() {}

  private static Event page(String at) {
    return event().pageView().campaign("c1").at(at);
  }

  static List<Rule> rules() {
    return List.of(
        rule(
                "a pause 1 ms short of 30 min keeps the visit",
                page("2026-10-31 10:00:00"),
                page("2026-10-31 10:29:59.999"))
            .funnel("c1", "landed_sessions=1 engaged_sessions=1 people_landed=1"),
        rule(
                "a pause of exactly 30 min ends the visit",
                page("2026-10-31 10:00:00"),
                page("2026-10-31 10:30:00"))
            .funnel("c1", "landed_sessions=2 engaged_sessions=0 people_landed=1"),
        rule(
                "a given session holds over any pause",
                page("2026-10-31 10:00").session("s1"),
                page("2026-10-31 14:00").session("s1"))
            .funnel("c1", "landed_sessions=1 engaged_sessions=1"),
        rule(
                "two given sessions are two visits",
                page("2026-10-31 10:00").session("s1"),
                page("2026-10-31 10:01").session("s2"))
            .funnel("c1", "landed_sessions=2 engaged_sessions=0"),
        rule(
                "events without a session are no part of a given one",
                page("2026-10-31 10:00").session("s1"),
                page("2026-10-31 10:01"))
            .funnel("c1", "landed_sessions=2 engaged_sessions=0"),
        rule(
                "a session of an unknown person is a visit",
                page("2026-10-31 10:00").user(null).session("s1"),
                page("2026-10-31 10:01").user(null).session("s1"))
            .funnel("c1", "landed_sessions=1 engaged_sessions=1 people_landed=0"),
        rule("midnight ends a visit", page("2026-10-30 23:59:59.999"), page("2026-10-31 00:00:00"))
            .funnel("c1", "landed_sessions=1 engaged_sessions=0"),
        rule(
                "midnight ends a given session",
                page("2026-10-30 23:59").session("s1"),
                page("2026-10-31 00:01").session("s1"))
            .funnel("c1", "landed_sessions=1 engaged_sessions=0"),
        rule(
                "10 s in the foreground are not enough to be engaged",
                page("2026-10-31 10:00").seconds(10))
            .funnel("c1", "landed_sessions=1 engaged_sessions=0"),
        rule("more than 10 s are", page("2026-10-31 10:00").seconds(10.001))
            .funnel("c1", "landed_sessions=1 engaged_sessions=1"),
        rule(
                "a conversion makes a visit engaged",
                page("2026-10-31 10:00"),
                event().conversion("purchase").at("2026-10-31 10:05"))
            .funnel("c1", "landed_sessions=1 engaged_sessions=1"),
        rule(
                "impressions are no part of a visit",
                page("2026-10-31 10:00"),
                event().impression().campaign("c1").at("2026-10-31 10:20"),
                page("2026-10-31 10:40"))
            .funnel("c1", "landed_sessions=2 engaged_sessions=0"),
        rule(
                "a page of no campaign lands for the click before it",
                event().click().at("2026-10-31 10:00"),
                event().pageView().at("2026-10-31 10:00"))
            .funnel("c1", "landed_sessions=1 engaged_sessions=0"),
        rule(
                "a page of no campaign lands for no later click",
                event().pageView().at("2026-10-31 10:00"),
                event().click().at("2026-10-31 10:01"))
            .funnel("c1", "landed_sessions=0 engaged_sessions=0"),
        rule("a click alone has not landed", event().click().at("2026-10-31 10:00"))
            .funnel("c1", "clicks=1 landed_sessions=0"));
  }
}
