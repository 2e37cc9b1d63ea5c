package dev.throughline.app;

import static org.apache.spark.sql.functions.sum;

import dev.throughline.config.Settings;
import dev.throughline.model.Conversions;
import dev.throughline.model.Journeys;
import dev.throughline.output.Restatements;
import dev.throughline.reports.Reports;
import dev.throughline.reports.Sources;
import java.math.BigDecimal;
import org.apache.spark.sql.Row;

/**
 * How many conversions there were, for the summary and the manifest.
 *
 * @param conversions conversions that count
 * @param unattributed those of them without an eligible touch
 */
record Outcomes(long conversions, long unattributed) {

  static Outcomes of(Sources sources) {
    Row total = sources.totals().agg(sum(Conversions.CONVERSIONS.col())).first();
    Row without =
        sources
            .credits()
            .filter(Journeys.DIMENSION.col().equalTo(Journeys.CAMPAIGN))
            .filter(Journeys.MODEL.col().equalTo(sources.settings().funnelModel()))
            .filter(Journeys.MEMBER.col().equalTo(Journeys.UNATTRIBUTED))
            .agg(sum(Journeys.CREDITED_CONVERSIONS.col()))
            .first();
    BigDecimal unattributed = without.isNullAt(0) ? BigDecimal.ZERO : without.getDecimal(0);
    return new Outcomes(total.isNullAt(0) ? 0 : total.getLong(0), unattributed.longValue());
  }

  /** The conversions that campaigns are credited with by the funnel's model. */
  static Restatements.Credit credit(Settings settings) {
    return new Restatements.Credit(
        Reports.byName("attribution").table().name(),
        row ->
            Journeys.CAMPAIGN.equals(row.get(Journeys.DIMENSION.name()))
                && settings.funnelModel().equals(row.get(Journeys.MODEL.name())),
        Journeys.CREDITED_CONVERSIONS);
  }
}
