package dev.throughline.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.drift.Day.Part;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every share that refuses a day, by hand: a week in which 60 of 1,000 lack everything. */
class ShareTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-10-31");
  private static final Part USUAL = new Part(60, 1_000);

  private static final List<String> LABELS =
      List.of(
          "rejected share of rows",
          "share of facts without user",
          "share of facts without consent",
          "share of facts without received time",
          "share of impressions without campaign",
          "share of impressions without channel",
          "share of impressions without id",
          "share of impressions not measured",
          "share of impressions without cost",
          "share of clicks without campaign",
          "share of clicks without channel",
          "share of clicks without impression",
          "share of clicks without cost",
          "share of page views without campaign",
          "share of page views without session",
          "share of page views without engagement seconds",
          "share of conversions without value",
          "share of conversions without order",
          "share of conversions without touch");

  private final Map<LocalDate, Day> days = new TreeMap<>();

  @BeforeEach
  void aWeek() {
    for (int before = 7; before >= 1; before--) {
      days.put(TODAY.minusDays(before), day(TODAY.minusDays(before), Share.REJECTED, USUAL));
    }
  }

  /** A day on which one share is not as usual. */
  private static Day day(LocalDate date, Share changed, Part part) {
    Map<Share, Part> shares = new EnumMap<>(Share.class);
    Arrays.stream(Share.values()).forEach(share -> shares.put(share, USUAL));
    shares.put(changed, part);
    return new Day(date, Map.of(), shares, Map.of(), Map.of());
  }

  private List<Finding> found(Share changed, double part, double whole) {
    return new Drift(FalseAlarmTest.RULES, days)
        .judge(day(TODAY, changed, new Part(part, whole)))
        .findings();
  }

  @Test
  void aJumpIsFoundAndNamedAndAnOrdinaryDayIsNot() {
    assertEquals(LABELS, Arrays.stream(Share.values()).map(Share::label).toList());
    for (Share share : Share.values()) {
      assertEquals(List.of(), found(share, 100, 1_000), "by less than five points: " + share);
      assertEquals(List.of(), found(share, 0, 1_000), "a fall is good news: " + share);
      assertEquals(List.of(), found(share, 4, 20), "of too few to tell: " + share);
      Finding jump = found(share, 180, 1_000).get(0);
      // (0.18 - 0.06) / √(2.5 · 0.12 · 0.88 · 2 / 1000)
      assertEquals(
          share.label() + " 0.1800, where the median of 7 days is 0.0600 (z = 5.2)", jump.text());
      assertEquals(1, found(share, 1_000, 1_000).size(), "and nothing else: " + share);
    }
  }

  /** Days of which a share is not known are not compared in it; five are needed that tell it. */
  @Test
  void daysThatDoNotTellAShareAreLeftOut() {
    Share share = Share.CLICKS_WITHOUT_CAMPAIGN;
    for (int before : List.of(7, 5)) {
      days.get(TODAY.minusDays(before)).shares().remove(share);
    }
    assertEquals(5, found(share, 1_000, 1_000).get(0).days());
    days.get(TODAY.minusDays(1)).shares().remove(share);
    assertEquals(List.of(), found(share, 1_000, 1_000));
    assertEquals(1, found(Share.CLICKS_WITHOUT_COST, 1_000, 1_000).size());
  }

  /** What was lacking always may lack. */
  @Test
  void aColumnThatTheLogNeverHadIsNoAlarm() {
    days.values().forEach(day -> day.shares().put(Share.CLICKS_WITHOUT_COST, new Part(900, 900)));
    assertEquals(List.of(), found(Share.CLICKS_WITHOUT_COST, 1_000, 1_000));
  }
}
