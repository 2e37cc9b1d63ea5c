package dev.throughline.html;

import java.util.List;
import java.util.Map;

/** The campaigns by what they bring, beside the same campaigns by what they are looked at. */
final class CampaignTables {
  private CampaignTables() {}

  static Section of(Campaigns campaigns, String money) {
    if (campaigns.total() == 0) {
      return Section.empty(
          "campaigns", "Campaigns", Campaigns.SCORECARD, "No event of the day names a campaign.");
    }
    return Section.of(
        "campaigns",
        "Outcome beside attention",
        "The same campaigns twice. Vanity is what stands high on the right and low on the left, by"
            + " more than chance; a campaign without a mark is earning. The index is outcome by"
            + " attention.",
        Block.Beside.of(
            new Block.Shown(table("By outcome", campaigns, campaigns.byOutcome(), money)),
            new Block.Shown(table("By attention", campaigns, campaigns.byAttention(), money))));
  }

  private static DataTable table(
      String title, Campaigns campaigns, List<TableRow> rows, String money) {
    List<TableRow> first = Campaigns.first(rows);
    // Most campaigns are earning: the word would say the least where it stands the most.
    Column name =
        campaigns
            .column("campaign_id")
            .marked(
                row ->
                    row.text("verdict").equals("earning")
                        ? null
                        : Column.words(row.text("verdict")));
    List<Column> columns =
        rows == campaigns.byOutcome()
            ? List.of(
                name,
                Column.share("Outcome", "outcome_share"),
                Column.share("Attention", "attention_share"),
                Column.count("Conversions", "conversions"),
                Column.money("Value" + money, "value"),
                Column.code("Focus", "focus"))
            : List.of(
                name,
                Column.share("Attention", "attention_share"),
                Column.share("Outcome", "outcome_share"),
                Column.count("Impressions", "impressions"),
                Column.count("Clicks", "clicks"),
                Column.decimal("Index", "value_index", 2));
    return new DataTable(
        Campaigns.SCORECARD,
        Map.of("period", "1"),
        List.of("campaign_id"),
        Words.of(title + ": " + Campaigns.ofAll(first.size(), rows.size())),
        columns,
        first);
  }
}
