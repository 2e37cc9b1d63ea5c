package dev.throughline.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.testing.Draws;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Verdicts on many drawn portfolios; each is a day of its own. */
class FalseVerdictTest {
  private static final int PORTFOLIOS = 1_000;
  private static final LocalDate FIRST = LocalDate.parse("2020-01-01");
  private static final double CTR = 0.02;

  /** Portfolios of 2 to 40 campaigns of very different sizes. */
  private static Dataset<Row> scorecards(long seed, IntToDoubleFunction rate) {
    Draws draws = new Draws(seed);
    List<Row> rows = new ArrayList<>();
    for (int portfolio = 0; portfolio < PORTFOLIOS; portfolio++) {
      int campaigns = (int) draws.logUniform(2, 40);
      for (int campaign = 0; campaign < campaigns; campaign++) {
        long impressions = draws.logUniform(2_000, 500_000);
        long clicks = draws.binomial(impressions, CTR);
        long conversions = draws.binomial(clicks, rate.applyAsDouble(campaign));
        rows.add(
            CampaignScorecardTest.campaign(
                Date.valueOf(FIRST.plusDays(portfolio)),
                "c" + campaign,
                impressions,
                clicks,
                conversions,
                0));
      }
    }
    return CampaignScorecardTest.scorecard(rows).cache();
  }

  @Test
  void campaignsThatDifferByNothingAreSeldomCalledVanity() {
    for (double cvr : new double[] {0.01, 0.05}) {
      Dataset<Row> cards = scorecards(7, campaign -> cvr);
      long judged = cards.filter("verdict <> 'too_early'").count();
      long wrong = cards.filter("verdict = 'vanity'").select("day").distinct().count();
      System.out.printf(
          "equal campaigns, cvr %.2f: %d judged, %d of %d portfolios with a wrong vanity%n",
          cvr, judged, wrong, PORTFOLIOS);
      assertEquals(PORTFOLIOS, cards.select("day").distinct().count());
      assertTrue(judged > 3 * PORTFOLIOS, judged + " judged");
      assertTrue(wrong <= 0.05 * PORTFOLIOS, wrong + " of " + PORTFOLIOS);
      cards.unpersist();
    }
  }

  @Test
  void aCampaignThatBringsATenthIsFoundWhereItIsLarge() {
    Dataset<Row> cards = scorecards(8, campaign -> campaign == 0 ? 0.005 : 0.05);
    Dataset<Row> large = cards.filter("campaign_id = 'c0' and expected_conversions >= 50");
    long all = large.count();
    long found = large.filter("verdict = 'vanity'").count();
    System.out.printf("a tenth of the rate: %d of %d large campaigns are vanity%n", found, all);
    assertTrue(all > 100, all + " large");
    assertTrue(found >= 0.9 * all, found + " of " + all);
    cards.unpersist();
  }
}
