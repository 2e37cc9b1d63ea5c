package dev.throughline.rules;

import static dev.throughline.rules.Rule.rule;
import static dev.throughline.testing.Event.event;

import dev.throughline.testing.Event;
import java.util.List;

/** Paths, the time they take, and what better stages would bring. */
final class PathRules {
  private PathRules() {}

  private static Event click(String campaign, String at) {
    return event().click().campaign(campaign).at("2026-10-" + at);
  }

  private static Event buys(String at) {
    return event().conversion("purchase").value("10").at("2026-10-" + at);
  }

  static List<Rule> rules() {
    return List.of(
        rule(
                "equal neighbours are one step of a path, and all count as touches",
                click("c1", "29 10:00"),
                click("c1", "30 10:00"),
                click("c2", "30 12:00"),
                click("c1", "31 10:00"),
                buys("31 12:00"))
            .path("c1 > c2 > c1", "conversions=1 median_touches=4 median_hours=50")
            .bucket("c1", "2 d", "conversions=1")
            .bucket("c1", "4-6", "conversions=1"),
        rule(
                "who has not converted has a path too",
                click("c1", "30 10:00"),
                click("c2", "31 10:00"))
            .path("c1 > c2", "conversions=0 non_converting_journeys=1 conversion_rate=0")
            .path("c1", "conversions=absent"),
        rule(
                "a conversion ends the journey: what follows is a new one",
                click("c1", "31 10:00"),
                buys("31 11:00"),
                click("c2", "31 12:00"))
            .path("c1", "conversions=1 non_converting_journeys=0")
            .path("c2", "conversions=0 non_converting_journeys=1"),
        rule(
                "a person without a touch on the day has no open journey on it",
                click("c1", "30 10:00"),
                event().pageView().at("2026-10-31 10:00"))
            .path("c1", "conversions=absent"),
        rule(
                "a touch 30 days before the last one is part of the journey, a longer ago one is not",
                event().click().campaign("c0").at("2026-10-01 09:59:59.999"),
                event().click().campaign("c1").at("2026-10-01 10:00"),
                click("c2", "31 10:00"))
            .path("c1 > c2", "non_converting_journeys=1"),
        rule("a member keeps its own arrow", click("a>b\\c", "31 10:00"), buys("31 11:00"))
            .path("a\\>b\\\\c", "conversions=1 value=10"),
        rule("an hour to the millisecond is a day's", click("c1", "31 10:00"), buys("31 11:00"))
            .bucket("c1", "< 1 d", "conversions=1"),
        rule("less is an hour's", click("c1", "31 10:00"), buys("31 10:59:59.999"))
            .bucket("c1", "< 1 h", "conversions=1 bucket_order=1"),
        rule("a day less a millisecond", click("c1", "30 10:00"), buys("31 09:59:59.999"))
            .bucket("c1", "< 1 d", "conversions=1"),
        rule("a whole day", click("c1", "30 10:00"), buys("31 10:00"))
            .bucket("c1", "1 d", "conversions=1"),
        rule("seven days", click("c1", "24 10:00"), buys("31 10:00"))
            .bucket("c1", "7 d", "conversions=1"),
        rule("eight days", click("c1", "23 10:00"), buys("31 10:00"))
            .bucket("c1", "8-14 d", "conversions=1"),
        rule("fifteen days", click("c1", "16 10:00"), buys("31 10:00"))
            .bucket("c1", "15-30 d", "conversions=1"),
        rule(
                "two impressions, one click, one sale: a rate that is 1 cannot rise",
                event().impression().at("2026-10-31 09:00"),
                event().impression().at("2026-10-31 09:10"),
                click("c1", "31 10:00"),
                event().pageView().at("2026-10-31 10:01"),
                buys("31 11:00"))
            .spend("c1", "4")
            .lever("c1", "impressions", "rate=null extra_conversions=0.1 extra_spend=0.4 new_cpa=4")
            .lever("c1", "click_through", "rate=0.5 new_rate=0.55 extra_value=1 extra_spend=0.4")
            .lever("c1", "landing", "rate=1 new_rate=1 extra_conversions=0 is_best_lever=false")
            .lever("c1", "engagement", "rate=0 new_rate=0 extra_conversions=0")
            .lever("c1", "conversion", "rate=1 extra_conversions=0 new_cpa=4")
            .lever("c1", "impressions", "is_best_lever=false")
            .lever("c1", "click_through", "is_best_lever=true"));
  }
}
