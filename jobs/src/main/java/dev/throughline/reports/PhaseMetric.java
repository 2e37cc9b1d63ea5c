package dev.throughline.reports;

import static dev.throughline.metrics.CampaignDays.CLICKS;
import static dev.throughline.metrics.CampaignDays.CONVERSIONS;
import static dev.throughline.metrics.CampaignDays.IMPRESSIONS;
import static dev.throughline.metrics.CampaignDays.PHASE;
import static dev.throughline.metrics.CampaignDays.REACH;
import static dev.throughline.metrics.CampaignDays.SPEND;
import static dev.throughline.metrics.CampaignDays.TARGET;
import static dev.throughline.metrics.CampaignDays.VALUE;
import static dev.throughline.metrics.CampaignDays.VIEWABLE_IMPRESSIONS;
import static dev.throughline.metrics.Ratios.ratio;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.throughline.table.Field;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The metric that a campaign is judged by, which depends on its phase. */
final class PhaseMetric {
  static final Field METRIC =
      Field.required(
          "metric", StringType, "The metric of its phase; without one, that of conversion.");
  static final Field ACTUAL =
      Field.optional(
          "actual", DoubleType, "That metric; NULL where there is nothing to divide by.");
  static final Field ON_TARGET =
      Field.optional(
          "on_target", BooleanType, "actual is at least target, or at most where it is a cost.");

  private static final String DEFAULT_PHASE = "conversion";
  private static final Set<String> COSTS = Set.of("cpm", "cpc", "cpa");

  private PhaseMetric() {}

  private static Map<String, Column> all() {
    Map<String, Column> metrics = new LinkedHashMap<>();
    metrics.put("reach", REACH.col().cast("double"));
    metrics.put("viewable_impressions", VIEWABLE_IMPRESSIONS.col().cast("double"));
    metrics.put("cpm", ratio(SPEND.col().multiply(lit(1000)), IMPRESSIONS.col()));
    metrics.put("ctr", ratio(CLICKS.col(), IMPRESSIONS.col()));
    metrics.put("cpc", ratio(SPEND.col(), CLICKS.col()));
    metrics.put("cvr", ratio(CONVERSIONS.col(), CLICKS.col()));
    metrics.put("cpa", ratio(SPEND.col(), CONVERSIONS.col()));
    metrics.put("roas", ratio(VALUE.col(), SPEND.col()));
    return metrics;
  }

  /** Rows with metric, actual and on_target. */
  static Dataset<Row> with(Dataset<Row> rows, Map<String, String> metricByPhase) {
    Column phase = coalesce(PHASE.col(), lit(DEFAULT_PHASE));
    Column metric = lit(metricByPhase.get(DEFAULT_PHASE));
    for (Map.Entry<String, String> entry : metricByPhase.entrySet()) {
      metric = when(phase.equalTo(entry.getKey()), entry.getValue()).otherwise(metric);
    }
    Column actual = lit(null).cast(DoubleType);
    for (Map.Entry<String, Column> known : all().entrySet()) {
      actual = when(METRIC.col().equalTo(known.getKey()), known.getValue()).otherwise(actual);
    }
    Column onTarget =
        when(METRIC.col().isin(COSTS.toArray()), ACTUAL.col().leq(TARGET.col()))
            .otherwise(ACTUAL.col().geq(TARGET.col()));
    return rows.withColumn(METRIC.name(), METRIC.as(metric))
        .withColumn(ACTUAL.name(), ACTUAL.as(actual))
        .withColumn(ON_TARGET.name(), ON_TARGET.as(onTarget));
  }
}
