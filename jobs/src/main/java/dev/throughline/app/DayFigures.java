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
import dev.throughline.reports.Reports;
import dev.throughline.table.Field;
import dev.throughline.table.Table;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes the figures of a day from rows of its tables. */
final class DayFigures {
  static final Table QUALITY = Reports.byName("data_quality").table();
  static final Table FUNNEL = Reports.byName("campaign_funnel").table();

  /** The tables that tell of the figures. */
  static final List<Table> TABLES = List.of(QUALITY, FUNNEL);

  private final Day day;

  DayFigures(LocalDate date) {
    day = new Day(date);
  }

  /** The figures of the tables that were counted. */
  Day day() {
    return day;
  }

  /** Counts the rows of one of the tables. */
  void count(Table table, List<Map<String, Object>> rows) {
    if (table.equals(QUALITY)) {
      rows.forEach(this::quality);
    } else {
      funnel(rows);
    }
  }

  private void quality(Map<String, Object> row) {
    double rows = number(row, "rows_in");
    double facts = number(row, "facts");
    day.amounts().put(Amount.ROWS, rows);
    day.amounts().put(Amount.FACTS, facts);
    day.amounts().put(Amount.CONVERSIONS, number(row, "conversions"));
    Map<Share, Part> shares = day.shares();
    shares.put(Share.REJECTED, new Part(number(row, "rejected"), rows));
    shares.put(Share.WITHOUT_USER, new Part(number(row, "facts_without_user"), facts));
    shares.put(Share.WITHOUT_CONSENT, new Part(number(row, "facts_without_consent"), facts));
  }

  private void funnel(List<Map<String, Object>> rows) {
    for (Member member : Member.values()) {
      day.members().put(member, new TreeMap<>());
    }
    double impressions = 0;
    double clicks = 0;
    double conversions = 0;
    double value = 0;
    double spend = 0;
    double without = 0;
    for (Map<String, Object> row : rows) {
      if (number(row, CampaignPeriods.PERIOD) != 1) {
        continue;
      }
      Counts counts =
          new Counts(
              number(row, CampaignDays.IMPRESSIONS),
              number(row, CampaignDays.CLICKS),
              number(row, CampaignDays.CONVERSIONS));
      impressions += counts.impressions();
      clicks += counts.clicks();
      conversions += counts.conversions();
      value += number(row, CampaignDays.VALUE);
      // Unknown spend counts as none, so that spend which is gone is seen.
      spend += row.get(CampaignDays.SPEND.name()) == null ? 0 : number(row, CampaignDays.SPEND);
      String campaign = (String) row.get(CampaignDays.CAMPAIGN_ID.name());
      if (campaign.equals(Journeys.UNATTRIBUTED)) {
        without += counts.conversions();
      } else {
        day.add(Member.CAMPAIGN, campaign, counts);
        day.add(Member.CHANNEL, (String) row.get(CampaignDays.CHANNEL.name()), counts);
      }
    }
    day.amounts().put(Amount.IMPRESSIONS, impressions);
    day.amounts().put(Amount.CLICKS, clicks);
    day.amounts().put(Amount.CONVERSIONS, conversions);
    day.amounts().put(Amount.VALUE, value);
    day.amounts().put(Amount.SPEND, spend);
    day.shares().put(Share.WITHOUT_TOUCH, new Part(without, conversions));
  }

  private static double number(Map<String, Object> row, Field field) {
    return number(row, field.name());
  }

  private static double number(Map<String, Object> row, String column) {
    return ((Number) row.get(column)).doubleValue();
  }
}
