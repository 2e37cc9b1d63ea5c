package dev.throughline.rules;

import static dev.throughline.rules.Rule.rule;
import static dev.throughline.testing.Event.event;

import dev.throughline.testing.Event;
import java.util.List;

/** Which conversions count, and what money stands beside them. */
final class OutcomeRules {
  /** What the run sets for one-per-user. */
  static final String ONCE = "newsletter";

  private OutcomeRules() {}

  private static Event click(String at) {
    return event().click().at(at);
  }

  private static Event buy(String at, String order, String value) {
    return event().conversion("purchase").at(at).orderId(order).value(value);
  }

  private static Event once(String at) {
    return event().conversion(ONCE).at(at);
  }

  static List<Rule> rules() {
    return List.of(
        rule(
                "an order counts once a day, by its earliest row",
                click("2026-10-31 09:00"),
                buy("2026-10-31 11:00", "o1", "7"),
                buy("2026-10-31 10:00", "o1", "10"))
            .funnel("c1", "conversions=1 value=10"),
        rule(
                "an order that another person repeats counts once",
                click("2026-10-31 09:00"),
                buy("2026-10-31 10:00", "o1", "10"),
                click("2026-10-31 09:00").user("u2").campaign("c2"),
                buy("2026-10-31 11:00", "o1", "7").user("u2"))
            .credit("last_touch", "c1=1"),
        rule(
                "the same order of another name is another conversion",
                click("2026-10-31 09:00"),
                buy("2026-10-31 10:00", "o1", "10"),
                event().conversion("refill").at("2026-10-31 11:00").orderId("o1").value("7"))
            .funnel("c1", "conversions=2 value=17"),
        rule(
                "conversions without an order count each",
                click("2026-10-31 09:00"),
                buy("2026-10-31 10:00", null, "10"),
                buy("2026-10-31 10:00", null, "10"))
            .funnel("c1", "conversions=2 value=20"),
        rule(
                "an order repeated on another day counts on both",
                click("2026-10-30 08:00"),
                buy("2026-10-30 10:00", "o1", "10"),
                buy("2026-10-31 10:00", "o1", "10"))
            .funnel("c1", "conversions=1 value=10"),
        rule(
                "a lead without a value counts",
                click("2026-10-31 09:00"),
                event().conversion("purchase"))
            .funnel("c1", "conversions=1 value=0 cvr=1"),
        rule(
                "one per user: again after exactly 30 days does not count",
                click("2026-10-31 09:00"),
                once("2026-10-01 10:00:00"),
                once("2026-10-31 10:00:00"))
            .credit("last_touch", ONCE, ""),
        rule(
                "one per user: again after 30 days and 1 ms counts",
                click("2026-10-31 09:00"),
                once("2026-10-01 10:00:00"),
                once("2026-10-31 10:00:00.001"))
            .credit("last_touch", ONCE, "c1=1"),
        rule(
                "one per user: the second of a day does not count",
                click("2026-10-31 09:00"),
                once("2026-10-31 10:00"),
                once("2026-10-31 11:00"))
            .credit("last_touch", ONCE, "c1=1"),
        rule(
                "every: a name that is not listed counts every time",
                click("2026-10-31 09:00"),
                buy("2026-10-31 10:00", null, "1"),
                buy("2026-10-31 11:00", null, "1"))
            .credit("last_touch", "c1=2"),
        rule(
                "an invalid conversion does not count, and frees its order for the next",
                click("2026-10-31 09:00"),
                buy("2026-10-31 10:00", "o1", "10").invalidReason("test"),
                buy("2026-10-31 11:00", "o1", "7"))
            .funnel("c1", "conversions=1 value=7"),
        rule(
                "a repeated order still marks the lead",
                click("2026-10-31 05:00").campaign("c1"),
                event().conversion("sign_up").at("2026-10-31 04:00").orderId("o1").user("u2"),
                click("2026-10-31 06:00").campaign("c2"),
                event().conversion("sign_up").at("2026-10-31 06:30").orderId("o1"),
                click("2026-10-31 07:00").campaign("c3"),
                click("2026-10-31 08:00").campaign("c4"),
                event().conversion("purchase"))
            .credit("w_shaped", "c1=0.3 c2=0.3 c3=0.1 c4=0.3"),
        rule(
                "spend comes from the table where it has the day and campaign",
                click("2026-10-31 10:00").cost("3"))
            .spend("c1", "5")
            .funnel("c1", "spend=5 cpc=5"),
        rule(
                "spend comes from the events where the table has none",
                click("2026-10-31 10:00").cost("3"),
                click("2026-10-31 11:00").cost("0.5"))
            .funnel("c1", "spend=3.5 cpc=1.75"),
        rule("a spend of 0 in the table wins over the events", click("2026-10-31 10:00").cost("3"))
            .spend("c1", "0")
            .funnel("c1", "spend=0 cpc=0 roas=null"),
        rule(
                "spend that nobody knows is NULL, not 0",
                click("2026-10-31 09:00"),
                event().impression(),
                buy("2026-10-31 10:00", null, "1"))
            .funnel("c1", "spend=null cpm=null cpc=null cpa=null roas=null"),
        rule("a campaign with spend and no event has a row, and rates of zero are NULL")
            .spend("c1", "5")
            .funnel(
                "c1",
                "impressions=0 spend=5 ctr=null ctr_low=null ctr_high=null cvr=null cvr_low=null cvr_high=null cpm=null cpc=null cpa=null roas=0"),
        rule(
                "credit and spend of a campaign meet on its described channel",
                click("2026-10-20 10:00").channel("other"),
                buy("2026-10-31 10:00", null, "20"))
            .described("c1", "ch")
            .spend("c1", "5")
            .channel("ch", "credited_conversions=1 spend=5 cpa=5 roas=4"),
        rule(
                "a campaign whose id is a number keeps its zeros",
                click("2026-10-31 10:00").campaign("007"))
            .spend("007", "5")
            .funnel("007", "clicks=1 spend=5"),
        rule(
                "rates carry Wilson intervals",
                click("2026-10-31 10:00").campaign("c1"),
                event().impression().at("2026-10-31 09:00"),
                event().impression().at("2026-10-31 09:01"))
            .funnel("c1", "ctr=0.5 ctr_low=0.0945 ctr_high=0.9055"));
  }
}
