package dev.throughline.rules;

import static dev.throughline.rules.Rule.rule;
import static dev.throughline.testing.Event.event;

import dev.throughline.testing.Event;
import java.util.List;

/** Which session a click has, what is done in it, and what that says of intent. */
final class AfterClickRules {
  private static final String LANDED = "landed_clicks=1 landed_sessions=1";
  private static final String LOST = "landed_clicks=0 landed_sessions=0";

  private AfterClickRules() {}

  private static Event click(String at) {
    return event().click().at("2026-10-31 " + at);
  }

  private static Event page(String at) {
    return event().pageView().at("2026-10-31 " + at);
  }

  private static Event seen(String user) {
    return event().user(user).impression().at("2026-10-31 09:00");
  }

  static List<Rule> rules() {
    return List.of(
        rule(
                "a page 30 min after the click is its session",
                click("10:00"),
                page("10:30").session("s"))
            .afterClick("c1", "clicks=1 followed_clicks=1 " + LANDED),
        rule("a millisecond later it is not", click("10:00"), page("10:30:00.001").session("s"))
            .afterClick("c1", LOST + " click_to_landing_rate=0 bounce_rate=null"),
        rule(
                "a click with a session has no other",
                click("10:00").session("s1"),
                page("10:01").session("s2"))
            .afterClick("c1", LOST),
        rule(
                "its own session may come late",
                click("10:00").session("s1"),
                page("11:00").session("s1"))
            .afterClick("c1", LANDED),
        rule(
                "a page before the click is not its landing",
                page("09:59").session("s1"),
                click("10:00").session("s1"))
            .afterClick("c1", LOST),
        rule("midnight ends the search", click("23:50"), event().pageView().at("2026-11-01 00:05"))
            .afterClick("c1", LOST),
        rule(
                "two clicks into one session land twice, in one session",
                click("10:00"),
                click("10:00:05"),
                page("10:01"))
            .afterClick("c1", "clicks=2 landed_clicks=2 landed_sessions=1 page_views=1"),
        rule(
                "a session of two campaigns is a session of each",
                click("10:00"),
                click("10:00:05").campaign("c2"),
                page("10:01"))
            .afterClick("c1", LANDED)
            .afterClick("c2", LANDED),
        rule(
                "what is done in the session",
                click("10:00"),
                page("10:01").seconds(4),
                page("10:02").seconds(9),
                event().engagement("scroll").at("2026-10-31 10:03"),
                event().conversion("purchase").at("2026-10-31 10:04"))
            .afterClick(
                "c1",
                "engaged_rate=1 bounce_rate=0 pages_per_session=2 median_engagement_seconds=13"
                    + " engagement_events=1 same_session_conversion_rate=1"),
        rule(
                "a visit exactly 7 days after the click is a return",
                event().click().at("2026-10-24 10:00"),
                page("10:00").session("s"))
            .afterClick("c1", "clicks=0 landed_sessions=0 return_visits=1")
            .tier("c1", "intending", "people=1"),
        rule(
                "a millisecond later it is not, and the campaign has no row",
                event().click().at("2026-10-24 09:59:59.999"),
                click("12:00").campaign("c2"),
                page("10:00").session("s"))
            .afterClick("c1", "return_visits=absent")
            .afterClick("c2", "return_visits=0"),
        rule("the click's own session is no return", click("10:00"), page("10:01"))
            .afterClick("c1", "return_visits=0"),
        rule("a second visit of the day is one", click("10:00"), page("10:01"), page("12:00"))
            .afterClick("c1", "landed_sessions=1 return_visits=1"),
        rule(
                "one person in each tier, the fifth acted",
                seen("p1"),
                click("10:00").user("p2"),
                click("10:00").user("p3"),
                page("10:01").user("p3").seconds(60),
                seen("p4"),
                event().user("p4").engagement("add_to_cart").at("2026-10-31 10:05"),
                seen("p5"),
                event().user("p5").conversion("purchase").value("80").at("2026-10-31 10:10"))
            .tier(
                "c1",
                "seen",
                "people=1 share=0.2 showed=2 converted=1 conversion_rate=0.5 lift=2.5")
            .tier("c1", "curious", "people=1 showed=1 converted=0 conversion_rate=0")
            .tier("c1", "considering", "people=1")
            .tier("c1", "intending", "people=1")
            .tier("c1", "acted", "people=1 conversions=1 value=80 conversion_rate=null lift=null"),
        rule(
                "what comes after the conversion was not shown before it",
                click("10:00"),
                event().conversion("purchase").at("2026-10-31 10:01"),
                event().engagement("add_to_cart").at("2026-10-31 10:02"))
            .tier("c1", "curious", "people=0 showed=1 converted=1")
            .tier("c1", "intending", "showed=0")
            .tier("c1", "acted", "people=1"),
        rule(
                "a signal before the first contact is not the campaign's",
                event().engagement("add_to_cart").at("2026-10-31 08:00"),
                seen("u1"))
            .tier("c1", "seen", "people=1")
            .tier("c1", "intending", "people=0"),
        rule(
                "a person with two campaigns is in a tier of each",
                click("10:00"),
                event().impression().campaign("c2").at("2026-10-31 10:01"),
                event().engagement("form_start").campaign("c2").at("2026-10-31 10:02"))
            .tier("c1", "curious", "people=1")
            .tier("c2", "intending", "people=1"));
  }
}
