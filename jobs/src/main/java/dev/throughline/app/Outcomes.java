package dev.throughline.app;

import static org.apache.spark.sql.functions.sum;

import dev.throughline.model.Conversions;
import dev.throughline.model.Journeys;
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
}
