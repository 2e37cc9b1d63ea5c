package dev.throughline.html;

import java.util.List;

/**
 * The rows of one campaign of {@link FakeTables}. Numbers follow from its position, by arithmetic
 * alone.
 */
final class FakeCampaign {
  private FakeCampaign() {}

  static void add(FakeTables to, String id, String name, int i, int all) {
    long conversions = Math.max(0, 60L - 3L * i);
    long impressions = 1000L + 137L * ((7L * i) % all);
    long clicks = impressions / 20;
    double share = 1.0 / all;
    for (long period : new long[] {1, 7, 28}) {
      to.add(
          "campaign_scorecard",
          "period",
          period,
          "days",
          Math.min(20, period),
          "campaign_id",
          id,
          "campaign_name",
          name,
          "impressions",
          impressions * period,
          "clicks",
          clicks * period,
          "conversions",
          conversions * period,
          "value",
          FakeTables.money(conversions * period * 12.5),
          "attention_share",
          share * (1 + (7 * i) % all) / 2,
          "outcome_share",
          share * 2 / (1 + i),
          "value_index",
          4.0 / (1 + i),
          "focus",
          "scale_up",
          "rank_by_attention",
          (long) all - (7L * i) % all,
          "rank_by_outcome",
          i + 1L,
          "verdict",
          i % 9 == 4 ? "vanity" : i > 12 ? "too_early" : "earning");
      to.add(
          "campaign_funnel",
          "period",
          period,
          "campaign_id",
          id,
          "currency",
          conversions > 0 ? "EUR" : null,
          "impressions",
          impressions * period,
          "viewable_impressions",
          impressions * period * 7 / 10,
          "clicks",
          clicks * period,
          "landed_sessions",
          clicks * period * 8 / 10,
          "engaged_sessions",
          clicks * period * 4 / 10,
          "conversions",
          conversions * period);
    }
    steps(to, id, i, impressions, clicks, conversions);
    credit(to, id, i, conversions);
    after(to, id, i, clicks);
    levers(to, id, i, conversions);
  }

  private static void steps(
      FakeTables to, String id, int i, long impressions, long clicks, long conversions) {
    String[] names = {"impression", "viewable", "click", "landed", "engaged", "conversion"};
    long[] entered = {
      impressions, impressions * 7 / 10, clicks, clicks * 8 / 10, clicks * 4 / 10, conversions / 2
    };
    for (int step = 0; step < names.length; step++) {
      boolean last = step == names.length - 1;
      Double rate = last ? null : Double.valueOf((double) entered[step + 1] / entered[step]);
      to.add(
          "funnel_drop_off",
          "campaign_id",
          id,
          "step",
          step + 1L,
          "step_name",
          names[step],
          "entered",
          entered[step],
          "continued",
          last ? null : entered[step + 1],
          "dropped",
          last ? null : entered[step] - entered[step + 1],
          "continuation_rate",
          rate,
          "continuation_rate_low",
          last ? null : rate * 0.9,
          "continuation_rate_high",
          last ? null : Math.min(1, rate * 1.1),
          "benchmark_rate",
          last ? null : Math.min(1, rate * 1.2),
          "median_seconds_to_next",
          last ? null : 12.5 * (step + 1),
          "p90_seconds_to_next",
          last ? null : 1800.0,
          "lost_conversions_estimate",
          last ? null : (step == 2 ? 9.0 : 1.0) / (1 + i),
          "is_biggest_leak",
          step == 2);
    }
  }

  private static void credit(FakeTables to, String id, int i, long conversions) {
    String[] models = {"first_touch", "last_touch", "linear", "time_decay", "participation"};
    for (int m = 0; m < models.length; m++) {
      double credited = conversions * (1 + 0.13 * m * (i % 3 - 1));
      to.add(
          "attribution",
          "dimension",
          "campaign",
          "member",
          id,
          "action",
          i == 1 ? "sign_up" : "purchase",
          "model",
          models[m],
          "additive",
          m < 4,
          "credited_conversions",
          FakeTables.money(credited),
          "credited_value",
          FakeTables.money(credited * 12.5));
    }
    for (String measure : List.of("elapsed", "touches")) {
      String[] buckets =
          measure.equals("elapsed")
              ? new String[] {"< 1 h", "< 1 d", "1 d", "8-14 d"}
              : new String[] {"1", "2", "3", "4-6"};
      for (int b = 0; b < buckets.length; b++) {
        to.add(
            "time_to_convert",
            "campaign_id",
            id,
            "action",
            "purchase",
            "measure",
            measure,
            "bucket_order",
            b + 1L,
            "bucket",
            buckets[b],
            "conversions",
            conversions / (b + 2),
            "value",
            FakeTables.money(conversions * 3.0));
      }
    }
  }

  private static void after(FakeTables to, String id, int i, long clicks) {
    to.add(
        "post_click_behaviour",
        "campaign_id",
        id,
        "clicks",
        clicks,
        "landed_clicks",
        clicks * 8 / 10,
        "click_to_landing_rate",
        i == 2 ? null : Double.valueOf(0.8 - 0.01 * (i % 9)),
        "landed_sessions",
        clicks * 8 / 10,
        "engaged_rate",
        0.5 - 0.02 * (i % 11),
        "bounce_rate",
        0.5 + 0.02 * (i % 11),
        "pages_per_session",
        1.75,
        "median_engagement_seconds",
        21.5,
        "engagement_events",
        3L * i,
        "same_session_conversion_rate",
        0.03,
        "return_visits",
        clicks / 10);
    String[] tiers = {"seen", "curious", "considering", "intending", "acted"};
    for (int t = 0; t < tiers.length; t++) {
      boolean acted = t == 4;
      to.add(
          "audience_intent",
          "campaign_id",
          id,
          "tier_order",
          t + 1L,
          "tier",
          tiers[t],
          "people",
          5000L >> (2 * t),
          "share",
          0.75 / (1 << (2 * t)),
          "showed",
          5100L >> (2 * t),
          "converted",
          2L * t,
          "conversions",
          2L * t,
          "value",
          FakeTables.money(20.0 * t),
          "conversion_rate",
          acted ? null : Double.valueOf(0.01 * t),
          "conversion_rate_low",
          acted ? null : Double.valueOf(0.008 * t),
          "conversion_rate_high",
          acted ? null : Double.valueOf(0.02 * t),
          "lift",
          acted ? null : Double.valueOf(0.5 * t));
    }
  }

  private static void levers(FakeTables to, String id, int i, long conversions) {
    String[] stages = {"impressions", "click_through", "landing", "engagement", "conversion"};
    for (int s = 0; s < stages.length; s++) {
      to.add(
          "levers",
          "campaign_id",
          id,
          "stage_order",
          s + 1L,
          "stage",
          stages[s],
          "rate",
          s == 0 ? null : Double.valueOf(0.1 * s),
          "gain_percent",
          10.0,
          "new_rate",
          s == 0 ? null : Double.valueOf(0.11 * s),
          "extra_conversions",
          s == 2 ? null : Double.valueOf(conversions * 0.1),
          "extra_value",
          s == 2 ? null : FakeTables.money(conversions * 1.25),
          "extra_spend",
          FakeTables.money(s < 2 ? 100 : 0),
          "new_cpa",
          18.25,
          "is_best_lever",
          s == 4 && i != 5);
    }
  }
}
