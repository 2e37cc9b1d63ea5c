package dev.throughline.app;

import static org.apache.spark.sql.functions.coalesce;

import dev.throughline.metrics.CampaignDays;
import dev.throughline.metrics.CampaignPeriods;
import dev.throughline.model.Journeys;
import dev.throughline.reports.CampaignScorecard;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

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

    static Campaign of(Row row) {
      return new Campaign(
          row.getString(0),
          row.getString(1),
          row.getDecimal(2).doubleValue(),
          row.getLong(3),
          row.isNullAt(4) ? 0 : 100 * row.getDouble(4),
          row.isNullAt(5) ? 0 : 100 * row.getDouble(5),
          row.getString(6));
    }
  }

  private final LocalDate day;
  private final Campaign best;
  private final List<Campaign> vanity;
  private final long vanityCampaigns;

  private Headline(LocalDate day, Campaign best, List<Campaign> vanity, long vanityCampaigns) {
    this.day = day;
    this.best = best;
    this.vanity = vanity;
    this.vanityCampaigns = vanityCampaigns;
  }

  /** Reads the few rows that the headline needs. */
  static Headline of(Dataset<Row> scorecard, LocalDate day) {
    Dataset<Row> campaigns =
        scorecard
            .filter(CampaignPeriods.PERIOD.col().equalTo(1))
            .filter(CampaignDays.CAMPAIGN_ID.col().notEqual(Journeys.TOO_FEW))
            .select(
                CampaignDays.CAMPAIGN_ID.col(),
                coalesce(CampaignDays.CAMPAIGN_NAME.col(), CampaignDays.CAMPAIGN_ID.col()),
                CampaignDays.VALUE.col(),
                CampaignDays.CONVERSIONS.col(),
                CampaignScorecard.ATTENTION_SHARE.col(),
                CampaignScorecard.OUTCOME_SHARE.col(),
                CampaignScorecard.VERDICT.col());
    List<Row> first =
        campaigns
            .orderBy(
                CampaignDays.VALUE.col().desc(),
                CampaignDays.CONVERSIONS.col().desc(),
                CampaignDays.CAMPAIGN_ID.col())
            .limit(1)
            .collectAsList();
    Dataset<Row> idle =
        campaigns.filter(CampaignScorecard.VERDICT.col().equalTo(CampaignScorecard.VANITY));
    List<Campaign> shown =
        idle
            .orderBy(CampaignScorecard.ATTENTION_SHARE.col().desc(), CampaignDays.CAMPAIGN_ID.col())
            .limit(MOST_VANITY)
            .collectAsList()
            .stream()
            .map(Campaign::of)
            .toList();
    return new Headline(
        day,
        first.isEmpty() ? null : Campaign.of(first.get(0)),
        shown,
        shown.size() < MOST_VANITY ? shown.size() : idle.count());
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
