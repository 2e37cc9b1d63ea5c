package dev.throughline.html;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

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
    List<TableRow> funnel = tables.rows("campaign_funnel", row -> row.period() == 1);
    // A run has one currency; rows without money name none.
    String currency =
        funnel.stream()
            .map(row -> row.text("currency"))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    String money = currency == null ? "" : ", " + currency;
    Campaigns campaigns = Campaigns.of(tables);
    List<Section> sections = new ArrayList<>();
    sections.add(Overview.pyramid(funnel));
    sections.add(CampaignTables.of(campaigns, money));
    add(sections, tables, "funnel_drop_off", () -> DropOff.of(tables, campaigns));
    add(sections, tables, "attribution", () -> Credit.of(tables, campaigns, money));
    add(sections, tables, "journey_paths", () -> Paths.of(tables, money));
    add(sections, tables, "time_to_convert", () -> TimeToConvert.of(tables, money));
    add(sections, tables, "post_click_behaviour", () -> AfterTheClick.behaviour(tables, campaigns));
    add(sections, tables, "audience_intent", () -> AfterTheClick.intent(tables, campaigns, money));
    add(sections, tables, "levers", () -> Levers.of(tables, campaigns, money));
    sections.add(Quality.of(tables, money));
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

  private static void add(
      List<Section> sections, Tables tables, String table, Supplier<Section> section) {
    if (tables.has(table)) {
      sections.add(section.get());
    }
  }
}
