package dev.throughline.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.config.Settings.AuditRules;
import dev.throughline.drift.Day.Counts;
import dev.throughline.drift.Day.Member;
import dev.throughline.drift.Day.Part;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What refuses a day, by hand. */
class DriftTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-10-31");

  private final Map<LocalDate, Day> days = new TreeMap<>();

  private Day day(int before, Consumer<Day> figures) {
    Day day = new Day(TODAY.minusDays(before));
    figures.accept(day);
    days.put(day.date(), day);
    return day;
  }

  private void week(Consumer<Day> figures) {
    for (int before = 7; before >= 1; before--) {
      day(before, figures);
    }
  }

  private static Consumer<Day> amount(Amount amount, double value) {
    return day -> day.amounts().put(amount, value);
  }

  private static Consumer<Day> share(double part, double whole) {
    return day -> day.shares().put(Share.FACTS_WITHOUT_USER, new Part(part, whole));
  }

  private static Consumer<Day> unnamed(double clicks) {
    return day -> day.unnamed().put(Member.CAMPAIGN, new Counts(0, clicks, 0));
  }

  private static Consumer<Day> clicks(String campaign, double clicks) {
    return day -> day.add(Member.CAMPAIGN, campaign, new Counts(0, clicks, 0));
  }

  private Verdict judge(Consumer<Day> today) {
    return new Drift(FalseAlarmTest.RULES, days).judge(day(0, today));
  }

  private List<String> found(Consumer<Day> today) {
    return judge(today).findings().stream().map(Finding::figure).toList();
  }

  private boolean refused(Amount amount, double before, double today) {
    week(amount(amount, before));
    return !found(amount(amount, today)).isEmpty();
  }

  @Test
  void steadyDaysDoNotMakeASmallChangeBig() {
    assertFalse(refused(Amount.CLICKS, 10_000, 10_300));
    assertFalse(refused(Amount.CLICKS, 10_000, 18_000));
    assertTrue(refused(Amount.CLICKS, 10_000, 21_000));
    assertTrue(refused(Amount.CLICKS, 10_000, 4_900));
  }

  @Test
  void smallCountsAreChance() {
    assertFalse(refused(Amount.CONVERSIONS, 1, 3));
    assertFalse(refused(Amount.CONVERSIONS, 4, 0));
    assertFalse(refused(Amount.CONVERSIONS, 0, 3));
    assertTrue(refused(Amount.CONVERSIONS, 3, 30));
    assertTrue(refused(Amount.CONVERSIONS, 30, 3));
    assertTrue(refused(Amount.CONVERSIONS, 20, 0));
  }

  @Test
  void moneyIsJudgedAlikeInAnyUnit() {
    double[] z = new double[2];
    for (int i = 0; i < 2; i++) {
      double unit = i == 0 ? 0.01 : 1_000;
      week(
          day -> {
            day.amounts().put(Amount.CONVERSIONS, 20.0);
            day.amounts().put(Amount.VALUE, 20 * unit);
          });
      Finding finding = judge(amount(Amount.VALUE, 200 * unit)).findings().get(0);
      assertEquals(200 * unit, finding.value(), 1e-9 * unit);
      assertEquals(20 * unit, finding.median(), 1e-9 * unit);
      z[i] = finding.z();
    }
    assertEquals(z[0], z[1], 1e-9);
    // A third of the conversions of a shop with three a day is chance, and so is their worth.
    week(
        day -> {
          day.amounts().put(Amount.CONVERSIONS, 3.0);
          day.amounts().put(Amount.VALUE, 3_000.0);
        });
    assertEquals(List.of(), found(amount(Amount.VALUE, 1_000)));
  }

  @Test
  void theWeekdayIsComparedWithItself() {
    // Today is a Saturday, and so was the seventh day before.
    week(amount(Amount.CLICKS, 1_000));
    assertEquals(List.of("clicks"), found(amount(Amount.CLICKS, 300)));
    day(7, amount(Amount.CLICKS, 300));
    assertEquals(List.of(), found(amount(Amount.CLICKS, 300)));
    assertEquals(List.of(), found(amount(Amount.CLICKS, 600)));
    assertEquals(List.of(), found(amount(Amount.CLICKS, 1_100)));
    assertEquals(List.of("clicks"), found(amount(Amount.CLICKS, 100)));
    assertEquals(List.of("clicks"), found(amount(Amount.CLICKS, 3_000)));
  }

  @Test
  void whatWasAcceptedIsNotRefusedAgain() {
    for (int before = 14; before >= 2; before--) {
      day(before, amount(Amount.CLICKS, 1_000));
    }
    day(1, amount(Amount.CLICKS, 1_000));
    assertEquals(List.of("clicks"), found(amount(Amount.CLICKS, 5_000)));
    day(1, amount(Amount.CLICKS, 5_000));
    assertEquals(List.of(), found(amount(Amount.CLICKS, 5_200)));
    assertEquals(List.of(), found(amount(Amount.CLICKS, 1_000)), "and back again");
    assertEquals(List.of("clicks"), found(amount(Amount.CLICKS, 20_000)));
    assertEquals(List.of("clicks"), found(amount(Amount.CLICKS, 200)));
  }

  @Test
  void aDayIsComparedWithTheDaysBeforeItAlone() {
    for (int before = 9; before >= 1; before--) {
      day(before, amount(Amount.CLICKS, 1_000));
    }
    days.remove(TODAY.minusDays(3));
    Day later = new Day(TODAY.plusDays(1));
    days.put(later.date(), later);
    Verdict verdict = judge(amount(Amount.CLICKS, 1_000));
    assertTrue(verdict.compared());
    assertEquals(
        List.of(8, 7, 6, 5, 4, 2, 1).stream().map(TODAY::minusDays).toList(), verdict.history());
    days.keySet().removeIf(date -> date.isBefore(TODAY.minusDays(5)));
    Verdict few = judge(amount(Amount.CLICKS, 100_000));
    assertFalse(few.compared());
    assertEquals(4, few.history().size());
    assertEquals(List.of(), few.findings());
    AuditRules off = new AuditRules(0.05, 0, 5, 3.5);
    assertFalse(new Drift(off, days).judge(days.get(TODAY)).compared());
  }

  @Test
  void sharesThatRiseForSureAndByMuch() {
    week(share(60, 1_000));
    assertEquals(List.of(), found(share(100, 1_000)), "by less than five points");
    assertEquals(List.of("share of facts without user"), found(share(180, 1_000)));
    assertEquals(List.of(), found(share(4, 20)), "of too few to tell");
    assertEquals(List.of(), found(share(0, 1_000)), "a fall is good news");
    assertEquals(List.of(), found(share(0, 0)), "of nothing");
  }

  @Test
  void aLargeCampaignThatIsGone() {
    week(clicks("big", 60).andThen(clicks("small", 10)).andThen(clicks("other", 30)));
    assertEquals(
        List.of("clicks of campaign big"), found(clicks("other", 90).andThen(clicks("small", 9))));
    assertEquals(List.of(), found(clicks("big", 60).andThen(clicks("other", 40))), "a small one");
    Verdict verdict =
        judge(clicks("big", 60).andThen(clicks("other", 40)).andThen(clicks("fresh", 1)));
    assertEquals(List.of("campaign fresh"), verdict.newcomers());
    assertEquals(List.of(), verdict.findings());
    day(7, clicks("other", 90));
    assertEquals(List.of(), found(clicks("other", 90)), "it does not run on that weekday");
    days.clear();
    week(clicks("big", 3).andThen(clicks("other", 3)));
    assertEquals(List.of(), found(clicks("other", 6)), "too few clicks to tell");
  }

  @Test
  void aCampaignThatMayBeAmongThoseFoldedIsNeitherGoneNorNew() {
    week(clicks("big", 60).andThen(clicks("other", 30)));
    assertEquals(List.of(), found(clicks("other", 30).andThen(unnamed(50))));
    Verdict gone = judge(clicks("other", 30).andThen(unnamed(2)).andThen(clicks("fresh", 1)));
    Finding big = gone.findings().get(0);
    assertEquals(List.of("clicks of campaign big", 2.0), List.of(big.figure(), big.value()));
    assertEquals(List.of("campaign fresh"), gone.newcomers());
    day(3, clicks("big", 60).andThen(unnamed(5)));
    assertEquals(List.of(), judge(clicks("big", 60).andThen(clicks("fresh", 1))).newcomers());
  }

  @Test
  void anEmptyDaySaysThatItIsEmpty() {
    week(
        amount(Amount.ROWS, 900)
            .andThen(amount(Amount.CLICKS, 800))
            .andThen(clicks("big", 800))
            .andThen(share(5, 900)));
    Verdict verdict =
        judge(amount(Amount.ROWS, 0).andThen(amount(Amount.CLICKS, 0)).andThen(share(0, 0)));
    assertEquals(
        List.of(
            "the log is delivered as empty, where the median of 7 days is 900 rows (z = -34.0)"),
        verdict.findings().stream().map(Finding::text).toList());
  }

  @Test
  void figuresThatAreNotThereAreNotCompared() {
    week(amount(Amount.CLICKS, 1_000));
    assertEquals(List.of(), found(amount(Amount.ROWS, 1)));
    assertEquals(
        List.of("clicks"), found(amount(Amount.ROWS, 1).andThen(amount(Amount.CLICKS, 1))));
  }

  @Test
  void whatIsPublishedOfADayIsNotRefusedAgainUnlessItIsFurtherOff() {
    Finding clicks = new Finding(TODAY, "clicks", 700, 70, 7, 10);
    Verdict found = new Verdict(TODAY, List.of(), true, List.of(clicks), List.of("c9"));
    assertEquals(List.of(), found.beyond(live("clicks", 9)).findings());
    assertEquals(List.of("c9"), found.beyond(live("clicks", 9)).newcomers());
    for (Verdict other : List.of(live("clicks", 8.9), live("clicks", -10), live("rows", 10))) {
      assertEquals(List.of(clicks), found.beyond(other).findings(), other.toString());
    }
  }

  private static Verdict live(String figure, double z) {
    return new Verdict(
        TODAY, List.of(), true, List.of(new Finding(TODAY, figure, 1, 1, 7, z)), List.of());
  }
}
