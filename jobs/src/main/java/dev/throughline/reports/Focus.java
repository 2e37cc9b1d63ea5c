package dev.throughline.reports;

import static dev.throughline.metrics.CampaignDays.PHASE;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.throughline.table.Field;
import org.apache.spark.sql.Column;

/** What to look at first in a campaign. */
final class Focus {
  static final Field FOCUS =
      Field.required(
          "focus",
          StringType,
          "gather_data: wait; fix_after_click: it draws attention that does not act; scale_up: it"
              + " brings more than its attention; improve_reach, improve_click_through,"
              + " improve_conversion: it misses the target of its phase; keep: none of these.");

  private Focus() {}

  /**
   * The first that applies.
   *
   * @param outcomeExceedsAttention whether the outcome's interval lies above the attention's
   */
  static Column of(Column outcomeExceedsAttention) {
    Column offTarget = not(coalesce(PhaseMetric.ON_TARGET.col(), lit(true)));
    Column onTarget = coalesce(PhaseMetric.ON_TARGET.col(), lit(false));
    Column forAttention = coalesce(PHASE.col(), lit("")).isin("brand", "engagement");
    Column verdict = CampaignScorecard.VERDICT.col();
    return when(verdict.equalTo(CampaignScorecard.TOO_EARLY), "gather_data")
        .when(
            verdict.equalTo(CampaignScorecard.VANITY).and(not(forAttention.and(onTarget))),
            "fix_after_click")
        .when(verdict.equalTo(CampaignScorecard.VANITY), "keep")
        .when(outcomeExceedsAttention, "scale_up")
        .when(offTarget.and(PHASE.col().equalTo("brand")), "improve_reach")
        .when(offTarget.and(PHASE.col().equalTo("engagement")), "improve_click_through")
        .when(offTarget, "improve_conversion")
        .otherwise("keep");
  }
}
