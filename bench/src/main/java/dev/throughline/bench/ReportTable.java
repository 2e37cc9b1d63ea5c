package dev.throughline.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A published table that SQL on DuckDB computes too, and what both are compared by.
 *
 * @param name of the table
 * @param keys its key
 * @param numbers the columns that must be the same
 */
record ReportTable(String name, List<String> keys, List<String> numbers) {
  /** Those whose rows come from the log's; the others are arithmetic on these. */
  static final List<ReportTable> ALL =
      List.of(
          new ReportTable(
              "data_quality",
              List.of("day"),
              List.of(
                  "rows_in",
                  "facts",
                  "duplicates",
                  "conflicting_event_ids",
                  "facts_without_user",
                  "facts_without_consent",
                  "late_facts",
                  "page_views_without_visit",
                  "conversions_recorded",
                  "conversions_repeated_order",
                  "conversions",
                  "impressions",
                  "clicks",
                  "page_views",
                  "facts_without_received_time",
                  "impressions_without_campaign",
                  "impressions_without_channel",
                  "impressions_without_id",
                  "impressions_not_measured",
                  "impressions_without_cost",
                  "clicks_without_campaign",
                  "clicks_without_channel",
                  "clicks_without_impression",
                  "clicks_without_cost",
                  "page_views_without_campaign",
                  "page_views_without_session",
                  "page_views_without_engagement_seconds",
                  "conversions_without_value",
                  "conversions_without_order")),
          new ReportTable(
              "event_lateness",
              List.of("day"),
              List.of(
                  "events",
                  "events_with_received_time",
                  "received_before_event",
                  "lateness_p50_seconds",
                  "lateness_p90_seconds",
                  "lateness_p99_seconds",
                  "lateness_max_seconds",
                  "late",
                  "after_restated")),
          new ReportTable(
              "campaign_funnel",
              List.of("day", "campaign_id"),
              List.of(
                  "gross_impressions",
                  "impressions",
                  "measured_impressions",
                  "viewable_impressions",
                  "gross_clicks",
                  "clicks",
                  "landed_sessions",
                  "engaged_sessions",
                  "conversions",
                  "value",
                  "spend",
                  "ctr",
                  "ctr_low",
                  "ctr_high",
                  "cvr",
                  "cvr_low",
                  "cvr_high",
                  "cpm",
                  "cpc",
                  "cpa",
                  "roas",
                  "reach",
                  "people_clicked",
                  "people_landed")),
          new ReportTable(
              "audience_reach", List.of("day", "campaign_id", "stage"), List.of("people")),
          new ReportTable(
              "campaign_actions",
              List.of("day", "campaign_id", "action"),
              List.of("conversions", "value")),
          new ReportTable(
              "attribution",
              List.of("day", "dimension", "member", "action", "model"),
              List.of("credited_conversions", "credited_value", "share", "spend", "cpa", "roas")),
          new ReportTable(
              "attribution_reconciliation",
              List.of("day", "dimension", "action", "model"),
              List.of(
                  "attributed_conversions",
                  "unattributed_conversions",
                  "total_conversions",
                  "attributed_value",
                  "unattributed_value",
                  "total_value")),
          new ReportTable(
              "time_to_convert",
              List.of("day", "campaign_id", "action", "measure", "bucket"),
              List.of("conversions", "value")),
          new ReportTable(
              "journey_paths",
              List.of("day", "dimension", "path"),
              List.of(
                  "conversions",
                  "value",
                  "non_converting_journeys",
                  "conversion_rate",
                  "median_touches",
                  "median_hours")),
          new ReportTable(
              "post_click_behaviour",
              List.of("day", "campaign_id"),
              List.of(
                  "clicks",
                  "followed_clicks",
                  "landed_clicks",
                  "click_to_landing_rate",
                  "landed_sessions",
                  "engaged_sessions",
                  "engaged_rate",
                  "bounce_rate",
                  "page_views",
                  "pages_per_session",
                  "median_engagement_seconds",
                  "engagement_events",
                  "converting_sessions",
                  "same_session_conversion_rate",
                  "return_visits")),
          new ReportTable(
              "audience_intent",
              List.of("day", "campaign_id", "tier"),
              List.of(
                  "people",
                  "share",
                  "showed",
                  "converted",
                  "conversions",
                  "value",
                  "conversion_rate",
                  "conversion_rate_low",
                  "conversion_rate_high",
                  "lift")),
          new ReportTable(
              "funnel_drop_off",
              List.of("day", "campaign_id", "step"),
              List.of(
                  "entered",
                  "continued",
                  "dropped",
                  "continuation_rate",
                  "continuation_rate_low",
                  "continuation_rate_high",
                  "benchmark_rate",
                  "median_seconds_to_next",
                  "p90_seconds_to_next",
                  "lost_conversions_estimate",
                  "is_biggest_leak")));

  /** The names of all, as {@code --reports} takes them. */
  static String names() {
    return ALL.stream().map(ReportTable::name).collect(Collectors.joining(","));
  }

  /** What a contender has left of all tables, on all days. */
  static Results read(Path warehouse) throws SQLException {
    Results results = new Results();
    for (ReportTable table : ALL) {
      Path folder = warehouse.resolve(table.name);
      if (!Files.isDirectory(folder)) {
        throw new IllegalStateException("there is no table " + folder);
      }
      Parquet.read(results, table.name, table.keys.size(), table.select(folder));
    }
    return results;
  }

  private String select(Path folder) {
    return "SELECT "
        + Stream.concat(
                keys.stream().map(key -> "CAST(" + key + " AS VARCHAR)"),
                numbers.stream().map(number -> "CAST(" + number + " AS DOUBLE)"))
            .collect(Collectors.joining(", "))
        + " FROM "
        + DuckDbConnection.parquet(folder);
  }
}
