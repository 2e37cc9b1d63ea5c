package dev.throughline.rules;

import static dev.throughline.rules.Rule.rule;
import static dev.throughline.testing.Event.event;

import dev.throughline.testing.Event;
import java.util.List;

/** How far people come, in a window of three hours. */
final class DropOffRules {
  private DropOffRules() {}

  private static Event seen(String at) {
    return event().impression().viewable(true).at("2026-10-31 " + at);
  }

  private static Event click(String at) {
    return event().click().at("2026-10-31 " + at);
  }

  private static Event page(String at) {
    return event().pageView().at("2026-10-31 " + at);
  }

  private static Event buys(String at) {
    return event().conversion("purchase").at("2026-10-31 " + at);
  }

  static List<Rule> rules() {
    return List.of(
        rule("an impression that was viewable fills two steps", seen("10:00"))
            .steps("c1", "1 1 0 0 0 0 0"),
        rule("an impression that was not measured counts as viewable", seen("10:00").viewable(null))
            .steps("c1", "1 1 0 0 0 0 0"),
        rule(
                "an impression that was not viewable goes no further",
                seen("10:00").viewable(false),
                click("10:01"))
            .steps("c1", "1 0 0 0 0 0 0"),
        rule(
                "all steps in order, a conversion being intent enough",
                seen("10:00"),
                click("10:05"),
                page("10:06").seconds(11),
                buys("10:20"))
            .steps("c1", "1 1 1 1 1 1 1")
            .step("c1", "viewable", "continued=1 dropped=0 median_seconds_to_next=300")
            .step("c1", "engaged", "median_seconds_to_next=840")
            .step("c1", "intent", "median_seconds_to_next=0"),
        rule("a click 3 h after the impression is in the window", seen("10:00"), click("13:00"))
            .steps("c1", "1 1 1 0 0 0 0"),
        rule("a millisecond later it is not", seen("10:00"), click("13:00:00.001"))
            .steps("c1", "1 1 0 0 0 0 0"),
        rule(
                "a second impression inside the window is no second entry",
                seen("10:00"),
                seen("13:00"))
            .steps("c1", "1 1 0 0 0 0 0"),
        rule(
                "one after the window is, and opens a window of its own",
                seen("10:00"),
                seen("13:00:00.001"),
                click("15:00"))
            .steps("c1", "2 2 1 0 0 0 0"),
        rule("a click before the impression takes no one on", click("09:59:59.999"), seen("10:00"))
            .steps("c1", "1 1 0 0 0 0 0"),
        rule("a click at the same instant sorts after it", seen("10:00"), click("10:00"))
            .steps("c1", "1 1 1 0 0 0 0")
            .step("c1", "viewable", "median_seconds_to_next=0"),
        rule(
                "other events may lie between",
                seen("10:00"),
                page("10:01"),
                event().engagement("scroll").at("2026-10-31 10:02"),
                click("10:03"))
            .steps("c1", "1 1 1 0 0 0 0"),
        rule(
                "two campaigns share a person's conversion",
                seen("10:00"),
                seen("10:01").campaign("c2"),
                click("10:02"),
                click("10:03").campaign("c2"),
                page("10:04").seconds(60),
                buys("10:10"))
            .steps("c1", "1 1 1 1 1 1 1")
            .steps("c2", "1 1 1 1 1 1 1"),
        rule(
                "a conversion that names a campaign is that campaign's",
                seen("10:00"),
                seen("10:01").campaign("c2"),
                click("10:02"),
                click("10:03").campaign("c2"),
                page("10:04").seconds(60),
                buys("10:10").campaign("c2"))
            .steps("c1", "1 1 1 1 1 0 0")
            .steps("c2", "1 1 1 1 1 1 1"),
        rule(
                "midnight ends the window",
                event().impression().at("2026-10-30 23:30"),
                click("00:10"))
            .funnel("c1", "clicks=1 impressions=0"),
        rule(
                "who refused is not followed",
                seen("10:00"),
                seen("10:00").user("u2").consent(false),
                click("10:01").user("u2").consent(false))
            .steps("c1", "1 1 0 0 0 0 0"),
        rule(
                "a repeated order does not count",
                seen("10:00"),
                click("10:01"),
                page("10:02").seconds(60),
                buys("09:00").orderId("o1"),
                buys("10:10").orderId("o1"))
            .steps("c1", "1 1 1 1 1 0 0"));
  }
}
