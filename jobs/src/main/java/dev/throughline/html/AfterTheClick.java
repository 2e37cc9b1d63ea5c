package dev.throughline.html;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;

import java.util.List;
import java.util.Map;

/** What people do once they have clicked, and how far their intent went. */
final class AfterTheClick {
  private static final String BEHAVIOUR = "post_click_behaviour";
  private static final String INTENT = "audience_intent";

  private AfterTheClick() {}

  static Section behaviour(Tables tables, Campaigns campaigns) {
    List<TableRow> all =
        tables.rows(BEHAVIOUR).stream()
            .sorted(
                Campaigns.largest("clicks")
                    .thenComparing(comparing(row -> row.text("campaign_id"))))
            .toList();
    if (all.isEmpty()) {
      return Section.empty(
          "after", "After the click", BEHAVIOUR, "No campaign had a click or a return visit.");
    }
    List<TableRow> first = Campaigns.first(all);
    List<TableRow> drawn = Charts.first(all);
    DataTable table =
        new DataTable(
            BEHAVIOUR,
            Map.of(),
            List.of("campaign_id"),
            Words.of("After the click, by clicks: " + Campaigns.ofAll(first.size(), all.size())),
            List.of(
                campaigns.column("campaign_id"),
                Column.count("Clicks", "clicks"),
                Column.count("Landed clicks", "landed_clicks"),
                Column.percent("Click to landing", "click_to_landing_rate"),
                Column.count("Sessions", "landed_sessions"),
                Column.percent("Engaged", "engaged_rate"),
                Column.percent("Bounced", "bounce_rate"),
                Column.decimal("Pages a session", "pages_per_session", 2),
                Column.decimal("Median engaged s", "median_engagement_seconds", 1),
                Column.count("Engagement events", "engagement_events"),
                Column.percent("Converted in session", "same_session_conversion_rate"),
                Column.count("Return visits", "return_visits")),
            first);
    return Section.of(
        "after",
        "After the click",
        "Whether a click became a visit, and whether the visit was more than a glance.",
        Block.Figure.above(
            table,
            "Clicks that landed, and sessions that were engaged",
            Chart.Bars.of(
                "Rates of landing and of engagement by campaign",
                drawn.stream().map(row -> campaigns.name(row.text("campaign_id")).shown()).toList(),
                Chart.Scale.PERCENT,
                Charts.percents("Clicks that landed", "attention", drawn, "click_to_landing_rate"),
                Charts.percents("Sessions engaged", "outcome", drawn, "engaged_rate"))),
        new Block.Shown(table));
  }

  static Section intent(Tables tables, Campaigns campaigns, String money) {
    Map<String, List<TableRow>> byCampaign =
        tables.rows(INTENT, row -> campaigns.shown().contains(row.text("campaign_id"))).stream()
            .collect(groupingBy(row -> row.text("campaign_id")));
    if (byCampaign.isEmpty()) {
      return Section.empty(
          "intent", "Intent", INTENT, "No known person met one of the campaigns above that day.");
    }
    return Section.of(
        "intent",
        "Intent",
        "Every person once, by the strongest sign of intent that they gave that day. Listed are "
            + Campaigns.ofAll(byCampaign.size(), campaigns.total())
            + ".",
        new Block.Choice(
            "Campaign",
            campaigns.shown().stream()
                .filter(byCampaign::containsKey)
                .map(id -> tiers(campaigns.name(id), byCampaign.get(id), money))
                .toList()));
  }

  private static Block.Option tiers(Name name, List<TableRow> unsorted, String money) {
    List<TableRow> rows =
        unsorted.stream().sorted(comparing(row -> row.count("tier_order"))).toList();
    List<String> tiers = rows.stream().map(row -> row.text("tier")).toList();
    DataTable table =
        new DataTable(
            INTENT,
            Map.of("campaign_id", name.id()),
            List.of("tier"),
            Words.of("People of ", name, " by intent"),
            List.of(
                Column.code("Tier", "tier"),
                Column.count("People", "people"),
                Column.share("Share", "share"),
                Column.count("Showed it", "showed"),
                Column.count("Of them converted", "converted"),
                Column.count("Conversions", "conversions"),
                Column.money("Value" + money, "value"),
                Column.percent("Rate", "conversion_rate"),
                Column.interval("95 % interval", "conversion_rate_low", "conversion_rate_high"),
                Column.decimal("Lift", "lift", 2)),
            rows);
    return new Block.Option(
        DropOff.label(name),
        List.of(
            Block.Beside.of(
                Block.Figure.above(
                    table,
                    "People by tier",
                    Chart.Bars.of(
                        "People of " + name.shown() + " by tier of intent",
                        tiers,
                        Chart.Scale.LOG,
                        Charts.counts("People", "attention", rows, "people")),
                    "The scale is logarithmic."),
                Block.Figure.above(
                    table,
                    "How many of a tier converted",
                    Chart.Bars.of(
                        "Conversion rate of people of " + name.shown() + " by tier of intent",
                        tiers,
                        Chart.Scale.PERCENT,
                        Charts.percents("Conversion rate", "outcome", rows, "conversion_rate")))),
            new Block.Shown(table)));
  }
}
