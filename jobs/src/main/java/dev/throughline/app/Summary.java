package dev.throughline.app;

import static org.apache.spark.sql.functions.col;

import dev.throughline.input.Period;
import dev.throughline.model.Facts;
import dev.throughline.output.Audit;
import dev.throughline.output.Warehouse;
import dev.throughline.reports.CampaignScorecard;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What a person reads when a run has ended. */
final class Summary {
  private static final int MOST_VANITY = 5;

  private final SparkSession spark;
  private final Warehouse warehouse;
  private final Period period;
  private final InputCounts counts;

  Summary(SparkSession spark, Warehouse warehouse, Period period, InputCounts counts) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.period = period;
    this.counts = counts;
  }

  static String ofAudit(Audit audit) {
    long rows = audit.rows().values().stream().mapToLong(Long::longValue).sum();
    return audit.problems().isEmpty()
        ? String.format(Locale.ROOT, "%,d rows, contract kept", rows)
        : audit.problems().size() + " problems";
  }

  void print(PrintWriter out, Map<String, Audit> audits, Path manifest, double seconds) {
    String days =
        period.from().equals(period.to())
            ? period.from().toString()
            : period.from() + " to " + period.to();
    out.println();
    out.printf(Locale.ROOT, "Throughline %s: published in %.1f s%n%n", days, seconds);
    out.printf(
        Locale.ROOT,
        "Events read    %,d: %,d facts, %,d duplicates, %,d rejected%s%n",
        counts.rows(),
        counts.byStatus().getOrDefault(Facts.FACT, 0L),
        counts.byStatus().getOrDefault(Facts.DUPLICATE, 0L),
        counts.byStatus().getOrDefault(Facts.REJECTED, 0L),
        reasons(counts.rejected()));
    out.printf(
        Locale.ROOT,
        "Invalid        %,d facts kept out of net counts%s%n",
        counts.invalid().values().stream().mapToLong(Long::longValue).sum(),
        reasons(counts.invalid()));
    if (audits.containsKey("attribution_reconciliation")) {
      printConversions(out);
    }
    out.printf("Tables         %s%n", warehouse);
    audits.forEach(
        (name, audit) ->
            out.printf(
                Locale.ROOT,
                "  %-28s %,8d rows%n",
                name,
                audit.rows().values().stream().mapToLong(Long::longValue).sum()));
    out.printf("Manifest       %s%n", manifest);
    if (audits.containsKey("campaign_scorecard")) {
      printHeadline(out);
    }
    out.flush();
  }

  private static String reasons(Map<String, Long> reasons) {
    if (reasons.isEmpty()) {
      return "";
    }
    return reasons.entrySet().stream()
        .map(reason -> String.format(Locale.ROOT, "%s %,d", reason.getKey(), reason.getValue()))
        .collect(Collectors.joining(", ", " (", ")"));
  }

  private List<Row> lastDay(String table, String... columns) {
    return spark
        .read()
        .parquet(warehouse.published(table, period.to()).toString())
        .selectExpr(columns)
        .collectAsList();
  }

  private void printConversions(PrintWriter out) {
    long total = 0;
    BigDecimal unattributed = BigDecimal.ZERO;
    for (Row row : reconciled()) {
      total += row.getLong(0);
      unattributed = unattributed.add(row.getDecimal(1));
    }
    out.printf(
        Locale.ROOT,
        "Conversions    %,d on %s, of which %,d came without any touch%n",
        total,
        period.to(),
        unattributed.longValue());
  }

  private List<Row> reconciled() {
    return spark
        .read()
        .parquet(warehouse.published("attribution_reconciliation", period.to()).toString())
        .filter(col("dimension").equalTo("campaign"))
        .filter(
            col("model")
                .equalTo(
                    spark
                        .read()
                        .parquet(
                            warehouse
                                .published("attribution_reconciliation", period.to())
                                .toString())
                        .selectExpr("min(model)")
                        .first()
                        .getString(0)))
        .select("total_conversions", "unattributed_conversions")
        .collectAsList();
  }

  private void printHeadline(PrintWriter out) {
    List<Row> rows =
        lastDay(
                "campaign_scorecard",
                "campaign_id",
                "coalesce(campaign_name, campaign_id)",
                "value",
                "conversions",
                "clicks",
                "attention_share",
                "outcome_share",
                "verdict")
            .stream()
            .sorted(
                (a, b) -> {
                  int byValue = b.getDecimal(2).compareTo(a.getDecimal(2));
                  return byValue != 0 ? byValue : a.getString(0).compareTo(b.getString(0));
                })
            .toList();
    out.println();
    if (rows.isEmpty() || rows.get(0).getLong(3) == 0) {
      out.printf("Headline       no campaign brought a conversion on %s%n", period.to());
      return;
    }
    Row best = rows.get(0);
    out.printf(
        Locale.ROOT,
        "Headline       %s (%s) brings the most on %s: value %,.2f from %,d conversions (%s)%n",
        best.getString(1),
        best.getString(0),
        period.to(),
        best.getDecimal(2),
        best.getLong(3),
        best.getString(7));
    List<Row> vanity =
        rows.stream().filter(row -> row.getString(7).equals(CampaignScorecard.VANITY)).toList();
    for (Row row : vanity.subList(0, Math.min(MOST_VANITY, vanity.size()))) {
      out.printf(
          Locale.ROOT,
          "Vanity         %s (%s): %.0f %% of the attention, %.0f %% of the outcome; value %,.2f, of which %s"
              + " brings %s%n",
          row.getString(1),
          row.getString(0),
          100 * row.getDouble(5),
          100 * row.getDouble(6),
          row.getDecimal(2),
          best.getString(0),
          times(best.getDecimal(2), row.getDecimal(2)));
    }
    if (vanity.isEmpty()) {
      out.println(
          "Vanity         no campaign's outcome falls short of its attention beyond chance");
    } else if (vanity.size() > MOST_VANITY) {
      out.printf("Vanity         and %d more in campaign_scorecard%n", vanity.size() - MOST_VANITY);
    }
  }

  private static String times(BigDecimal best, BigDecimal other) {
    return other.signum() == 0
        ? "all"
        : String.format(
            Locale.ROOT, "%.1f times as much", best.doubleValue() / other.doubleValue());
  }
}
