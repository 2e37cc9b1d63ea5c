package dev.throughline.rules;

import static dev.throughline.rules.Rule.rule;
import static dev.throughline.testing.Event.event;

import dev.throughline.testing.Event;
import java.util.List;

/** What is a touch, how far back it counts, and who gets how much. */
final class TouchRules {
  private static final Event BUY = event().conversion("purchase");

  private TouchRules() {}

  private static Event click(String campaign, String at) {
    return event().campaign(campaign).click().at(at);
  }

  private static Event view(String campaign, String at) {
    return event().campaign(campaign).impression().at(at);
  }

  static List<Rule> rules() {
    return List.of(
        rule("a click exactly 30 days before counts", click("c1", "2026-10-01 10:00:00"), BUY)
            .credit("linear", "c1=1"),
        rule(
                "a click 30 days and 1 ms before is too old",
                click("c1", "2026-10-01 09:59:59.999"),
                BUY)
            .credit("linear", "(unattributed)=1"),
        rule(
                "a click 30 days and 1 µs before is too old",
                click("c1", "2026-10-01 09:59:59.999999"),
                BUY)
            .credit("linear", "(unattributed)=1"),
        rule("a view exactly 1 day before counts", view("c1", "2026-10-30 10:00:00"), BUY)
            .credit("linear", "c1=1"),
        rule("a view 1 day and 1 ms before is too old", view("c1", "2026-10-30 09:59:59.999"), BUY)
            .credit("linear", "(unattributed)=1"),
        rule(
                "a touch at the conversion's own instant counts",
                click("c1", "2026-10-31 10:00:00"),
                BUY)
            .credit("linear", "c1=1"),
        rule(
                "a touch 1 µs after the conversion does not",
                click("c1", "2026-10-31 10:00:00.000001"),
                BUY)
            .credit("linear", "(unattributed)=1"),
        rule(
                "an impression and its own click are one touch",
                view("c1", "2026-10-31 08:00").impressionId("i1"),
                click("c1", "2026-10-31 08:01").impressionId("i1"),
                click("c2", "2026-10-31 09:00"),
                BUY)
            .credit("linear", "c1=0.5 c2=0.5"),
        rule(
                "an impression and a click that is not its own are two",
                view("c1", "2026-10-31 08:00").impressionId("i1"),
                click("c1", "2026-10-31 08:01").impressionId("i2"),
                click("c2", "2026-10-31 09:00"),
                BUY)
            .credit("linear", "c1=0.6667 c2=0.3333"),
        rule(
                "an impression whose own click is invalid is a touch",
                view("c1", "2026-10-31 08:00").impressionId("i1"),
                click("c1", "2026-10-31 08:01").impressionId("i1").invalidReason("datacentre"),
                BUY)
            .credit("linear", "c1=1"),
        rule(
                "an impression that was not viewable is no touch, one not measured is",
                view("c1", "2026-10-31 08:00").viewable(false),
                view("c2", "2026-10-31 08:01").viewable(null),
                view("c3", "2026-10-31 08:02").viewable(true),
                BUY)
            .credit("linear", "c2=0.5 c3=0.5"),
        rule(
                "a touch without consent is none",
                click("c1", "2026-10-31 08:00").consent(false),
                click("c2", "2026-10-31 09:00").consent(true),
                BUY)
            .credit("linear", "c2=1"),
        rule(
                "a conversion without consent has no journey",
                click("c1", "2026-10-31 08:00"),
                event().conversion("purchase").consent(false))
            .credit("linear", "(unattributed)=1"),
        rule(
                "events of unknown people make no journey",
                click("c1", "2026-10-31 08:00").user(null).session("s1"),
                event().conversion("purchase").user(null).session("s1"))
            .credit("linear", "(unattributed)=1"),
        rule(
                "a click of no campaign is no touch",
                click("c1", "2026-10-31 08:00").campaign(null),
                BUY)
            .credit("linear", "(unattributed)=1"),
        rule(
                "a click beats a later view, but multi-touch models share over both",
                click("c1", "2026-10-31 08:00"),
                view("c2", "2026-10-31 09:00"),
                BUY)
            .credit("last_touch", "c1=1")
            .credit("first_touch", "c1=1")
            .credit("linear", "c1=0.5 c2=0.5"),
        rule(
                "last_non_direct passes over direct channels",
                click("c1", "2026-10-31 08:00").channel("search"),
                click("c2", "2026-10-31 09:00").channel("direct"),
                BUY)
            .credit("last_non_direct", "c1=1")
            .credit("last_touch", "c2=1"),
        rule(
                "last_non_direct of direct touches alone is last_touch",
                click("c1", "2026-10-31 08:00").channel("direct"),
                click("c2", "2026-10-31 09:00").channel("direct"),
                BUY)
            .credit("last_non_direct", "c2=1"),
        rule(
                "a campaign that touched twice gets both shares, and takes part once",
                click("c1", "2026-10-31 07:00"),
                click("c1", "2026-10-31 08:00"),
                click("c2", "2026-10-31 09:00"),
                BUY)
            .credit("linear", "c1=0.6667 c2=0.3333")
            .credit("participation", "c1=1 c2=1"),
        rule(
                "time_decay halves a touch seven days older",
                click("c1", "2026-10-24 09:00"),
                click("c2", "2026-10-31 09:00"),
                BUY)
            .credit("time_decay", "c1=0.3333 c2=0.6667"),
        rule(
                "w_shaped gives 30 to the last touch before the lead",
                click("c1", "2026-10-31 05:00"),
                click("c2", "2026-10-31 06:00"),
                event().engagement("form_start").at("2026-10-31 06:30"),
                click("c3", "2026-10-31 07:00"),
                click("c4", "2026-10-31 08:00"),
                click("c5", "2026-10-31 09:00"),
                BUY)
            .credit("w_shaped", "c1=0.3 c2=0.3 c3=0.05 c4=0.05 c5=0.3"),
        rule(
                "w_shaped without a touch before the lead has two milestones",
                event().engagement("form_start").at("2026-10-31 06:30"),
                click("c1", "2026-10-31 07:00"),
                click("c2", "2026-10-31 08:00"),
                click("c3", "2026-10-31 09:00"),
                BUY)
            .credit("w_shaped", "c1=0.4286 c2=0.1429 c3=0.4286"),
        rule(
                "every conversion of a person shares its own journey",
                click("c1", "2026-10-31 07:00"),
                event().conversion("purchase").at("2026-10-31 08:00"),
                click("c2", "2026-10-31 09:00"),
                BUY)
            .credit("last_touch", "c1=1 c2=1")
            .credit("linear", "c1=1.5 c2=0.5"));
  }
}
