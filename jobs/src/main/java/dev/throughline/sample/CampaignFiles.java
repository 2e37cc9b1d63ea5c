package dev.throughline.sample;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The two small tables beside the events, as lines of CSV. */
final class CampaignFiles {

  /** A letter is paid for when it is sent, long before anybody types its code in. */
  private static final String POSTAGE = "450.00";

  private CampaignFiles() {}

  static List<String> campaigns(SampleOptions options) {
    List<String> lines = new ArrayList<>();
    lines.add("campaign_id,campaign_name,channel,phase,target");
    if (options.hasReferenceCase()) {
      for (ReferenceCase reference : ReferenceCase.values()) {
        lines.add(reference.csv());
      }
    }
    for (Campaign c : CampaignPlan.ALL) {
      lines.add(String.join(",", c.id(), c.name(), c.channel(), c.phase(), c.target()));
    }
    return lines;
  }

  /**
   * Spend by day and campaign, at the campaign's prices for what the log counts; campaigns whose
   * events carry their cost are left out.
   */
  static List<String> spend(SampleOptions options, Dataset<Row> events) {
    Map<String, long[]> counts = counts(events);
    List<String> lines = new ArrayList<>();
    lines.add("day,campaign_id,spend,currency");
    for (int day = 0; day < options.days(); day++) {
      LocalDate date = options.from().plusDays(day);
      if (options.hasReferenceCase() && date.equals(ReferenceCase.DAY)) {
        for (ReferenceCase reference : ReferenceCase.values()) {
          lines.add(line(date, reference.name(), reference.spend()));
        }
      }
      for (Campaign campaign : CampaignPlan.ALL) {
        if (!campaign.costOnEvents() && campaign.runsOn(day, options.days())) {
          long[] count = counts.getOrDefault(date + "," + campaign.id(), new long[2]);
          lines.add(line(date, campaign.id(), price(campaign, count)));
        }
      }
    }
    return lines;
  }

  private static String price(Campaign campaign, long[] count) {
    if (!campaign.hasImpressions()) {
      return POSTAGE;
    }
    BigDecimal views = BigDecimal.valueOf(campaign.cpm()).multiply(BigDecimal.valueOf(count[0]));
    BigDecimal clicks = BigDecimal.valueOf(campaign.cpc()).multiply(BigDecimal.valueOf(count[1]));
    return views.movePointLeft(3).add(clicks).setScale(2, RoundingMode.HALF_UP).toPlainString();
  }

  private static String line(LocalDate day, String campaignId, String spend) {
    return String.join(",", day.toString(), campaignId, spend, "EUR");
  }

  /** Impressions and clicks by day and campaign: as many rows as days times campaigns. */
  private static Map<String, long[]> counts(Dataset<Row> events) {
    Map<String, long[]> counts = new TreeMap<>();
    events
        .where(col("event_type").isin("impression", "click").and(col("campaign_id").isNotNull()))
        .groupBy(col(SampleSchema.DT).cast("string"), col("campaign_id"), col("event_type"))
        .agg(count(lit(1)))
        .collectAsList()
        .forEach(
            row ->
                counts
                        .computeIfAbsent(
                            row.getString(0) + "," + row.getString(1), key -> new long[2])[
                        row.getString(2).equals("impression") ? 0 : 1] =
                    row.getLong(3));
    return counts;
  }
}
