package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.drift.Amount;
import dev.throughline.drift.Day;
import dev.throughline.drift.Day.Counts;
import dev.throughline.drift.Day.Member;
import dev.throughline.drift.Day.Part;
import dev.throughline.drift.Share;
import dev.throughline.model.Journeys;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What of a funnel's rows is compared with other days. */
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
    assertEquals(new Part(1, 3), day.shares().get(Share.WITHOUT_TOUCH));
    assertEquals(Set.of("a"), day.members().get(Member.CAMPAIGN).keySet());
    assertEquals(Set.of("email"), day.members().get(Member.CHANNEL).keySet());
    Counts folded = new Counts(50, 5, 1);
    assertEquals(Map.of(Member.CAMPAIGN, folded, Member.CHANNEL, folded), day.unnamed());
  }
}
