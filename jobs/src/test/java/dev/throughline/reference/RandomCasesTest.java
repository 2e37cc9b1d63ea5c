package dev.throughline.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.reference.NaiveIntent.Member;
import dev.throughline.reference.NaivePeople.PersonDay;
import dev.throughline.reference.RandomVariants.Variant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The random logs hold what they are there for: no comparison is of nothing. */
class RandomCasesTest {
  private static final String VARIANTS = "dev.throughline.reference.RandomVariants#all";

  private static void assertSome(String what, long number) {
    assertTrue(number >= 3, "only " + number + " of: " + what);
  }

  /** Whether an event of a person's day is of a kind, for a campaign. */
  private interface Case {
    boolean holds(PersonDay person, int at, String campaign);
  }

  private static void assertEvents(Variant variant, String what, Case wanted) {
    long number = 0;
    for (PersonDay person : variant.people.known(variant.days)) {
      for (String campaign : person.campaigns()) {
        number += places(person, at -> wanted.holds(person, at, campaign)).size();
      }
    }
    assertSome(what, number);
  }

  private static List<Integer> places(PersonDay person, IntPredicate wanted) {
    List<Integer> places = new ArrayList<>();
    for (int at = 0; at < person.events.size(); at++) {
      if (wanted.test(at)) {
        places.add(at);
      }
    }
    return places;
  }

  private static boolean clicked(PersonDay person, int at, String campaign) {
    return person.is(at, "click") && person.names(at, campaign);
  }

  private static long pause(PersonDay person, int click) {
    return person.event(person.landing(click)).time() - person.event(click).time();
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void clicksThatLandInEveryWay(Variant variant) {
    assertEvents(
        variant,
        "a click with session_id that lands",
        (p, at, c) -> clicked(p, at, c) && p.event(at).session() != null && p.landing(at) >= 0);
    Case joined =
        (p, at, c) -> clicked(p, at, c) && p.event(at).session() == null && p.landing(at) >= 0;
    assertEvents(
        variant,
        "a click without session_id that lands in a given session",
        (p, at, c) -> joined.holds(p, at, c) && p.sessionOf(at).startsWith("given"));
    assertEvents(
        variant,
        "a click without session_id that lands in a derived visit",
        (p, at, c) -> joined.holds(p, at, c) && p.sessionOf(at).startsWith("derived"));
    assertEvents(
        variant,
        "a click that lands exactly at the gap",
        (p, at, c) -> joined.holds(p, at, c) && pause(p, at) == NaiveRules.GAP);
    assertEvents(
        variant,
        "a click that does not land",
        (p, at, c) -> clicked(p, at, c) && p.landing(at) < 0);
    assertEvents(
        variant,
        "a landing page that names another campaign",
        (p, at, c) -> p.lands(at, c) && !p.namesOrNone(at, c));
    assertEvents(
        variant,
        "two campaigns of one visit",
        (p, at, c) -> p.campaigns().stream().filter(d -> p.belongs(at, d)).count() > 1);
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void returnsAndSignals(Variant variant) {
    assertEvents(variant, "a return visit", PersonDay::returns);
    assertEvents(
        variant,
        "a return visit after a click of an earlier day only",
        (p, at, c) -> p.returns(at, c) && places(p, i -> i < at && clicked(p, i, c)).isEmpty());
    assertEvents(
        variant,
        "a return visit whose page names another campaign",
        (p, at, c) -> p.returns(at, c) && !p.namesOrNone(at, c));
    assertEvents(
        variant,
        "a visit that begins with the landing of a click, after another click",
        (p, at, c) -> p.lands(at, c) && places(p, i -> i < at && clicked(p, i, c)).size() > 1);
    for (String type : List.of("engagement", "page_view")) {
      assertEvents(
          variant,
          "a signal by " + type + " of no campaign",
          (p, at, c) -> p.named(at) && p.is(at, type) && p.event(at).campaign() == null);
      assertEvents(
          variant,
          "a signal by " + type + " of a campaign",
          (p, at, c) -> p.named(at) && p.is(at, type) && p.names(at, c));
    }
    assertEvents(
        variant,
        "a signal at the time of the event before",
        (p, at, c) -> p.named(at) && at > 0 && p.event(at).time().equals(p.event(at - 1).time()));
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void sessionsAcrossMidnight(Variant variant) {
    Set<String> seen = new HashSet<>();
    List<String> again = new ArrayList<>();
    for (PersonDay person : variant.people.all) {
      for (int at : places(person, i -> person.visit(i) != null)) {
        String visit = NaiveFacts.visitor(person.event(at)) + person.visit(at);
        seen.add(person.day + visit);
        if (seen.contains(person.day.minusDays(1) + visit) && person.visit(at).startsWith("g")) {
          again.add(person.day + visit);
        }
      }
    }
    assertSome("a session on two days", again.size());
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void everyStepAndEveryTier(Variant variant) {
    NaiveDropOff dropOff = new NaiveDropOff(variant.people, variant.rules, variant.days);
    List<String> steps = variant.rules.people().steps();
    for (int step = 0; step < steps.size(); step++) {
      assertSome("people at " + steps.get(step), dropOff.entered(step));
    }
    assertSome("an event for two steps", variant.plain() ? dropOff.shared : 3);
    assertSome("a second entry", variant.plain() ? 3 : dropOff.reentries);
    List<Member> members =
        new NaiveIntent(variant.people, variant.days)
            .members.values().stream().flatMap(List::stream).toList();
    int acted = NaiveIntent.TIERS.size() - 1;
    for (int i = 0; i <= acted; i++) {
      int tier = i;
      String name = NaiveIntent.TIERS.get(tier);
      assertSome("people of " + name, members.stream().filter(m -> m.tier() == tier).count());
      int shown = tier == acted ? -1 : tier;
      assertSome(
          "people who converted from " + (tier == acted ? "nothing" : name),
          members.stream().filter(m -> m.shown() == shown && m.tier() == acted).count());
    }
    assertSome(
        "people with two conversions", members.stream().filter(m -> m.conversions() > 1).count());
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void pathsOfEveryKind(Variant variant) {
    NaivePaths paths = new NaivePaths(variant.naive, variant.rules, variant.days);
    assertTrue(paths.texts().contains(NaiveJourneys.NOBODY));
    assertSome("an escaped path", paths.texts().stream().filter(t -> t.contains("\\>")).count());
    assertSome(
        "a long path", paths.texts().stream().filter(t -> t.matches(".* > .* > .*")).count());
    assertSome("a journey that has not converted", paths.notConverted());
    Cells cells = paths.cells();
    for (LocalDate day : variant.days) {
      boolean folded = cells.get(Cells.key(day, "campaign", NaivePaths.OTHER), "value") != null;
      assertEquals(!variant.plain(), folded, "paths are folded on " + day);
    }
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void everyTableIsLargeEnoughToTell(Variant variant) {
    List<LocalDate> days = variant.days;
    assertTrue(new NaiveDropOff(variant.people, variant.rules, days).cells().size() > 3000);
    assertTrue(NaiveAfterClick.of(variant.naive, variant.people, days).size() > 3000);
    assertTrue(new NaiveIntent(variant.people, days).cells().size() > 3000);
    assertTrue(NaiveTimeToConvert.of(variant.naive, variant.rules, days).size() > 800);
    assertTrue(NaiveReach.of(variant.naive, variant.rules, days).size() > 800);
    Cells levers = NaiveLevers.of(variant.naive, variant.rules, days);
    for (String stage : NaiveLevers.STAGES) {
      assertTrue(levers.sum(stage, "is_best_lever") > 0, stage + " is the best lever nowhere");
    }
    List<LocalDate> log = NaivePeriods.daysOf(variant.naive);
    List<LocalDate> all = log.get(0).datesUntil(log.get(log.size() - 1).plusDays(1)).toList();
    assertEquals(all, log, "days of the log");
    Cells periods = NaivePeriods.of(variant.naive, variant.rules, days);
    LocalDate first = days.get(0);
    int longer = variant.rules.people().periods().get(1);
    for (String column : List.of("clicks", "conversions", "reach", "people_landed")) {
      double ofDay = periods.sum(first + " | 1 | c", column);
      assertTrue(ofDay < periods.sum(first + " | " + longer + " | c", column), column);
    }
  }
}
