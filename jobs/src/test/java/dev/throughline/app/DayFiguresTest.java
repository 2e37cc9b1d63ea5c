package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.drift.Amount;
import dev.throughline.drift.Day;
import dev.throughline.drift.Day.Counts;
import dev.throughline.drift.Day.Member;
import dev.throughline.drift.Day.Part;
import dev.throughline.drift.Share;
import dev.throughline.model.Journeys;
import dev.throughline.table.Field;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What of a table's rows is compared with other days. */
class DayFiguresTest {
  private static Map<String, Object> row(int period, String campaign, long clicks) {
    Map<String, Object> row = new HashMap<>();
    row.put("period", (long) period);
    row.put("campaign_id", campaign);
    row.put("channel", campaign.equals(Journeys.TOO_FEW) ? campaign : "email");
    row.put("impressions", 10 * clicks);
    row.put("clicks", clicks);
    row.put("conversions", 1L);
    row.put("value", BigDecimal.TEN);
    row.put("spend", null);
    return row;
  }

  /** A row of data_quality; what a column counts is its place. */
  private static Map<String, Object> quality(List<Field> without) {
    Map<String, Object> row = new HashMap<>();
    List<Field> columns = DayFigures.QUALITY.fields();
    for (Field column : columns.subList(1, columns.size())) {
      if (!without.contains(column)) {
        row.put(column.name(), (long) columns.indexOf(column));
      }
    }
    return row;
  }

  private static Day figures(Map<String, Object> row) {
    DayFigures figures = new DayFigures(LocalDate.parse("2026-10-31"));
    figures.count(DayFigures.QUALITY, rows -> rows.accept(row));
    return figures.day();
  }

  @Test
  void everyShareButThatOfTheFunnelIsToldByDataQuality() {
    Map<String, Object> row = quality(List.of());
    Map<Share, Part> shares = figures(row).shares();
    assertEquals(
        EnumSet.complementOf(EnumSet.of(Share.CONVERSIONS_WITHOUT_TOUCH)), shares.keySet());
    for (String[] gap :
        new String[][] {
          {"rejected", "rows_in"},
          {"facts_without_user", "facts"},
          {"facts_without_received_time", "facts"},
          {"impressions_not_measured", "impressions"},
          {"clicks_without_campaign", "clicks"},
          {"page_views_without_session", "page_views"},
          {"conversions_without_order", "conversions_recorded"}
        }) {
      Part part = new Part((Long) row.get(gap[0]), (Long) row.get(gap[1]));
      assertEquals(part, shares.get(Share.of(gap[0])), gap[0]);
    }
  }

  @Test
  void whatAnEarlierVersionDidNotCountIsAbsent() {
    Day whole = figures(quality(List.of()));
    Day earlier = figures(quality(DayFigures.mayLack(DayFigures.QUALITY)));
    assertEquals(whole.amounts(), earlier.amounts());
    assertEquals(
        EnumSet.of(Share.REJECTED, Share.FACTS_WITHOUT_USER, Share.FACTS_WITHOUT_CONSENT),
        earlier.shares().keySet());
    whole.shares().keySet().retainAll(earlier.shares().keySet());
    assertEquals(whole.shares(), earlier.shares());
  }

  @Test
  void whatIsFoldedIsInTheTotalsAndNamesNobody() {
    DayFigures figures = new DayFigures(LocalDate.parse("2026-10-31"));
    figures.count(
        DayFigures.FUNNEL,
        rows ->
            List.of(
                    row(1, "a", 40),
                    row(1, Journeys.TOO_FEW, 5),
                    row(1, Journeys.UNATTRIBUTED, 0),
                    row(7, "b", 300))
                .forEach(rows));
    Day day = figures.day();
    assertEquals(45, day.amounts().get(Amount.CLICKS));
    assertEquals(new Part(1, 3), day.shares().get(Share.CONVERSIONS_WITHOUT_TOUCH));
    assertEquals(Set.of("a"), day.members().get(Member.CAMPAIGN).keySet());
    assertEquals(Set.of("email"), day.members().get(Member.CHANNEL).keySet());
    Counts folded = new Counts(50, 5, 1);
    assertEquals(Map.of(Member.CAMPAIGN, folded, Member.CHANNEL, folded), day.unnamed());
  }
}
