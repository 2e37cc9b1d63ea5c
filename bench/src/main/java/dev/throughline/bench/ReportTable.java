package dev.throughline.bench;

import dev.throughline.reports.Reports;
import dev.throughline.table.Field;
import dev.throughline.table.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.NumericType;

/**
 * A published table that SQL on DuckDB computes too. Both are compared by its key in every number
 * that its contract names, but for those that the SQL leaves out.
 *
 * @param table the contract
 * @param leftOut what concerns invalid traffic, rejected rows, sketches or intervals, which the SQL
 *     does not deal with, and numbers that say what a name says
 */
record ReportTable(Table table, Set<String> leftOut) {
  /** Those whose rows come from the log's; the others are arithmetic on these, or learned. */
  static final List<ReportTable> ALL =
      List.of(
          of(
              "data_quality",
              "rejected",
              "invalid_upstream",
              "invalid_declared_bot",
              "invalid_activity_limit",
              "invalid_double_click",
              "conversions_repeated_user",
              "journeys_capped"),
          of("event_lateness", "after_restated_share", "rejected_as_too_late"),
          of("campaign_funnel", "days", "invalid_impressions", "invalid_clicks"),
          of("audience_reach", "people_estimate"),
          of("campaign_actions"),
          of("attribution", "additive", "share_low", "share_high", "too_small_to_rank"),
          of("attribution_reconciliation"),
          of("time_to_convert"),
          of("journey_paths"),
          of("post_click_behaviour"),
          of("audience_intent", "tier_order"),
          of("funnel_drop_off"));

  private static ReportTable of(String name, String... leftOut) {
    return new ReportTable(Reports.byName(name).table(), Set.of(leftOut));
  }

  String name() {
    return table.name();
  }

  /** The names of all, as {@code --reports} takes them. */
  static String names() {
    return ALL.stream().map(ReportTable::name).collect(Collectors.joining(","));
  }

  /** What a contender has left of all tables, on all days. */
  static Results read(Path warehouse) throws SQLException {
    Results results = new Results();
    for (ReportTable report : ALL) {
      Path folder = warehouse.resolve(report.name());
      if (!Files.isDirectory(folder)) {
        throw new IllegalStateException("there is no table " + folder);
      }
      Parquet.read(results, report.name(), report.keys().size(), report.select(folder));
    }
    return results;
  }

  /** The only period here is a day. */
  private List<String> keys() {
    return table.key().stream().map(Field::name).filter(name -> !name.equals("period")).toList();
  }

  private Stream<String> numbers() {
    return table.fields().stream()
        .filter(field -> !table.key().contains(field) && !leftOut.contains(field.name()))
        .filter(field -> field.type() instanceof NumericType || field.type() instanceof BooleanType)
        .map(Field::name);
  }

  private String select(Path folder) {
    return "SELECT "
        + Stream.concat(
                keys().stream().map(key -> "CAST(" + key + " AS VARCHAR)"),
                numbers().map(number -> "CAST(" + number + " AS DOUBLE)"))
            .collect(Collectors.joining(", "))
        + " FROM "
        + DuckDbConnection.parquet(folder);
  }
}
