package dev.throughline.app;

import dev.throughline.metrics.CampaignDays;
import dev.throughline.metrics.CampaignPeriods;
import dev.throughline.model.Journeys;
import dev.throughline.output.PublishedTables;
import dev.throughline.reports.CampaignScorecard;
import dev.throughline.table.Field;
import dev.throughline.table.Table;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Says in words which campaign brings the outcome and which is vanity, from the published scorecard
 * of a day.
 */
final class Headline {
  private static final int MOST_VANITY = 5;

  /** One campaign of the scorecard, as far as it is talked about. */
  private record Campaign(
      String id,
      String name,
      double value,
      long conversions,
      double attention,
      double outcome,
      String verdict) {

    static Campaign of(Map<String, Object> row) {
      String id = (String) row.get(CampaignDays.CAMPAIGN_ID.name());
      String name = (String) row.get(CampaignDays.CAMPAIGN_NAME.name());
      return new Campaign(
          id,
          name == null ? id : name,
          number(row, CampaignDays.VALUE).doubleValue(),
          number(row, CampaignDays.CONVERSIONS).longValue(),
          100 * number(row, CampaignScorecard.ATTENTION_SHARE).doubleValue(),
          100 * number(row, CampaignScorecard.OUTCOME_SHARE).doubleValue(),
          (String) row.get(CampaignScorecard.VERDICT.name()));
    }

    private static Number number(Map<String, Object> row, Field field) {
      Number found = (Number) row.get(field.name());
      return found == null ? 0 : found;
    }
  }

  private static final Comparator<Campaign> BEST_FIRST =
      Comparator.comparingDouble(Campaign::value)
          .thenComparingLong(Campaign::conversions)
          .reversed()
          .thenComparing(Campaign::id);

  private static final Comparator<Campaign> MOST_SEEN_FIRST =
      Comparator.comparingDouble(Campaign::attention).reversed().thenComparing(Campaign::id);

  private final LocalDate day;
  private Campaign best;
  private final List<Campaign> vanity = new ArrayList<>();
  private long vanityCampaigns;

  private Headline(LocalDate day) {
    this.day = day;
  }

  /** Reads the scorecard, and holds the few rows that the headline needs. */
  static Headline of(PublishedTables published, Table scorecard, LocalDate day) {
    Headline headline = new Headline(day);
    published.read(
        scorecard,
        row -> {
          boolean ofDay = row.get(CampaignPeriods.PERIOD.name()).equals(1L);
          if (ofDay && !Journeys.TOO_FEW.equals(row.get(CampaignDays.CAMPAIGN_ID.name()))) {
            headline.add(Campaign.of(row));
          }
        });
    return headline;
  }

  private void add(Campaign campaign) {
    if (best == null || BEST_FIRST.compare(campaign, best) < 0) {
      best = campaign;
    }
    if (campaign.verdict().equals(CampaignScorecard.VANITY)) {
      vanityCampaigns++;
      vanity.add(campaign);
      vanity.sort(MOST_SEEN_FIRST);
      if (vanity.size() > MOST_VANITY) {
        vanity.remove(MOST_VANITY);
      }
    }
  }

  void print(PrintWriter out) {
    out.println();
    if (best == null || best.conversions() == 0) {
      out.printf("Headline       no campaign brought a conversion on %s%n", day);
      return;
    }
    out.printf(
        Locale.ROOT,
        "Headline       %s (%s) brings the most on %s: value %,.2f from %,d %s (%s)%n",
        best.name(),
        best.id(),
        day,
        best.value(),
        best.conversions(),
        best.conversions() == 1 ? "conversion" : "conversions",
        best.verdict());
    for (Campaign campaign : vanity) {
      out.printf(
          Locale.ROOT,
          "Vanity         %s (%s): %.0f %% of the attention, %.0f %% of the outcome, value %,.2f; %s%n",
          campaign.name(),
          campaign.id(),
          campaign.attention(),
          campaign.outcome(),
          campaign.value(),
          campaign.value() == 0
              ? best.id() + " brings all of its own"
              : String.format(
                  Locale.ROOT,
                  "%s brings %.1f times that",
                  best.id(),
                  best.value() / campaign.value()));
    }
    if (vanity.isEmpty()) {
      out.println(
          "Vanity         no campaign's outcome falls short of its attention beyond chance");
    } else if (vanityCampaigns > vanity.size()) {
      out.printf(
          "Vanity         and %d more, see campaign_scorecard%n", vanityCampaigns - vanity.size());
    }
  }
}
