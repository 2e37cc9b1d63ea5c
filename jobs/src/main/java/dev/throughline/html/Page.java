package dev.throughline.html;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The page of a day: every number on it is one of a published table, or a sum of them that says so.
 */
public final class Page {
  /** The tables that a page is made from. */
  public static final List<String> TABLES =
      List.of(
          "campaign_scorecard",
          "campaign_funnel",
          "funnel_drop_off",
          "attribution",
          "journey_paths",
          "time_to_convert",
          "post_click_behaviour",
          "audience_intent",
          "levers",
          "data_quality",
          "attribution_reconciliation");

  private Page() {}

  /** The whole file, with styles, scripts and data in it. */
  public static String html(LocalDate day, Tables tables) {
    List<TableRow> funnel = tables.rows("campaign_funnel", row -> row.count("period") == 1);
    // A run has one currency; rows without money name none.
    String currency =
        funnel.stream()
            .map(row -> row.text("currency"))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    String money = currency == null ? "" : ", " + currency;
    Campaigns campaigns = Campaigns.of(tables);
    List<Section> sections =
        List.of(
            Overview.pyramid(funnel),
            CampaignTables.of(campaigns, money),
            DropOff.of(tables, campaigns),
            Credit.of(tables, campaigns, money),
            Paths.of(tables, money),
            TimeToConvert.of(tables, money),
            AfterTheClick.behaviour(tables, campaigns),
            AfterTheClick.intent(tables, campaigns, money),
            Levers.of(tables, campaigns, money),
            Quality.of(tables, money));
    Map<String, Object> data =
        Json.object(
            "day",
            day.toString(),
            "headline",
            new Overview(campaigns, currency).headline().stream().map(Words::json).toList(),
            "sections",
            sections.stream().map(Section::json).toList());
    return Template.page(day.toString(), Json.of(data));
  }
}
