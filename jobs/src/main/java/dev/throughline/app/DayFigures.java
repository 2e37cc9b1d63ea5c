package dev.throughline.app;

import dev.throughline.drift.Amount;
import dev.throughline.drift.Day;
import dev.throughline.drift.Day.Counts;
import dev.throughline.drift.Day.Member;
import dev.throughline.drift.Day.Part;
import dev.throughline.drift.Share;
import dev.throughline.metrics.CampaignDays;
import dev.throughline.metrics.CampaignPeriods;
import dev.throughline.model.Journeys;
import dev.throughline.reports.Gaps;
import dev.throughline.reports.Gaps.Gap;
import dev.throughline.reports.Reports;
import dev.throughline.table.Field;
import dev.throughline.table.Table;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Takes the figures of a day from rows of its tables. */
final class DayFigures {
  static final Table QUALITY = Reports.byName("data_quality").table();
  static final Table FUNNEL = Reports.byName("campaign_funnel").table();

  /** The tables that tell of the figures. */
  static final List<Table> TABLES = List.of(QUALITY, FUNNEL);

  private static final List<Amount> FUNNEL_AMOUNTS =
      List.of(Amount.IMPRESSIONS, Amount.CLICKS, Amount.CONVERSIONS, Amount.VALUE, Amount.SPEND);

  private final Day day;

  DayFigures(LocalDate date) {
    day = new Day(date);
  }

  /**
   * Columns that a table of an earlier version may lack; the figures that these tell are absent.
   */
  static List<Field> mayLack(Table table) {
    return table.equals(QUALITY) ? Gaps.ADDED : List.of();
  }

  /** The figures of the tables that were counted. */
  Day day() {
    return day;
  }

  /**
   * Counts the rows of one of the tables, one at a time. If reading them fails, nothing of them is
   * counted.
   *
   * @param reading hands over the rows
   */
  void count(Table table, Consumer<Consumer<Map<String, Object>>> reading) {
    if (table.equals(QUALITY)) {
      reading.accept(this::quality);
      return;
    }
    Day funnel = new Day(day.date());
    for (Member member : Member.values()) {
      funnel.members().put(member, new TreeMap<>());
    }
    FUNNEL_AMOUNTS.forEach(amount -> funnel.amounts().put(amount, 0.0));
    double[] withoutTouch = new double[1];
    reading.accept(row -> withoutTouch[0] += funnel(funnel, row));
    day.amounts().putAll(funnel.amounts());
    day.members().putAll(funnel.members());
    day.unnamed().putAll(funnel.unnamed());
    day.shares()
        .put(
            Share.CONVERSIONS_WITHOUT_TOUCH,
            new Part(withoutTouch[0], funnel.amounts().get(Amount.CONVERSIONS)));
  }

  private void quality(Map<String, Object> row) {
    double rows = number(row, "rows_in");
    day.amounts().put(Amount.ROWS, rows);
    day.amounts().put(Amount.FACTS, number(row, "facts"));
    day.amounts().put(Amount.CONVERSIONS, number(row, "conversions"));
    Map<Share, Part> shares = day.shares();
    shares.put(Share.REJECTED, new Part(number(row, "rejected"), rows));
    for (Gap gap : Gaps.ALL) {
      if (row.containsKey(gap.count().name()) && row.containsKey(gap.of().name())) {
        shares.put(
            Share.of(gap.count().name()),
            new Part(number(row, gap.count()), number(row, gap.of())));
      }
    }
  }

  /** Adds a row, and returns its conversions that came without a touch. */
  private static double funnel(Day to, Map<String, Object> row) {
    if (number(row, CampaignPeriods.PERIOD) != 1) {
      return 0;
    }
    Counts counts =
        new Counts(
            number(row, CampaignDays.IMPRESSIONS),
            number(row, CampaignDays.CLICKS),
            number(row, CampaignDays.CONVERSIONS));
    Map<Amount, Double> amounts = to.amounts();
    amounts.merge(Amount.IMPRESSIONS, counts.impressions(), Double::sum);
    amounts.merge(Amount.CLICKS, counts.clicks(), Double::sum);
    amounts.merge(Amount.CONVERSIONS, counts.conversions(), Double::sum);
    amounts.merge(Amount.VALUE, number(row, CampaignDays.VALUE), Double::sum);
    if (row.get(CampaignDays.SPEND.name()) != null) {
      // Unknown spend counts as none, so that spend which is gone is seen.
      amounts.merge(Amount.SPEND, number(row, CampaignDays.SPEND), Double::sum);
    }
    String campaign = (String) row.get(CampaignDays.CAMPAIGN_ID.name());
    if (campaign.equals(Journeys.UNATTRIBUTED)) {
      return counts.conversions();
    }
    if (campaign.equals(Journeys.TOO_FEW)) {
      for (Member member : Member.values()) {
        to.unnamed().put(member, counts);
      }
      return 0;
    }
    to.add(Member.CAMPAIGN, campaign, counts);
    to.add(Member.CHANNEL, (String) row.get(CampaignDays.CHANNEL.name()), counts);
    return 0;
  }

  private static double number(Map<String, Object> row, Field field) {
    return number(row, field.name());
  }

  private static double number(Map<String, Object> row, String column) {
    return ((Number) row.get(column)).doubleValue();
  }
}
