package dev.throughline.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.reference.NaiveFacts.Fact;
import dev.throughline.reference.NaiveLearning.Journey;
import dev.throughline.reference.NaiveLearning.Lesson;
import dev.throughline.reference.RandomVariants.Variant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What models learn from in the random logs holds what it is there for; and is solved rightly. */
class RandomLessonsTest {
  private static final String VARIANTS = "dev.throughline.reference.RandomVariants#all";

  private static void assertSome(Variant variant, String what, long number) {
    System.out.printf("%s: %,d of: %s%n", variant, number, what);
    assertTrue(number >= 3, "only " + number + " of: " + what);
  }

  private static List<RawEvent> open(Variant variant, LocalDate day, String person) {
    List<RawEvent> events = variant.naive.journeys.byUser.get(person);
    return variant.learning().openTouches(day, events);
  }

  private static long people(Variant variant, ToLongFunction<String> cases) {
    return variant.naive.journeys.byUser.keySet().stream().mapToLong(cases).sum();
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void journeysEnterAndLeave(Variant variant) {
    LocalDate first = variant.days.get(0);
    LocalDate last = variant.days.get(variant.days.size() - 1);
    LocalDate begin = last.minusDays(variant.rules.learning().days() - 1L);
    assertSome(
        variant,
        "a converting journey that leaves between the run's first day and its last",
        variant.naive.journeys.counted.stream()
            .filter(fact -> !variant.naive.journeys.touches.get(fact).isEmpty())
            .filter(fact -> fact.day().isBefore(begin))
            .filter(fact -> fact.day().isAfter(first.minusDays(variant.rules.learning().days())))
            .count());
    assertSome(
        variant,
        "a converting journey with a touch before the days of training",
        variant.naive.journeys.counted.stream()
            .filter(fact -> variant.days.stream().anyMatch(day -> reachesBack(variant, fact, day)))
            .count());
    assertSome(
        variant,
        "a person who converts after having been open",
        people(
            variant,
            person ->
                !open(variant, first, person).isEmpty()
                        && variant.naive.journeys.counted.stream()
                            .filter(fact -> person.equals(fact.event().user()))
                            .anyMatch(fact -> fact.day().isAfter(first))
                    ? 1
                    : 0));
    assertSome(
        variant,
        "a journey not converted that goes with its last touch",
        people(
            variant,
            person ->
                !open(variant, first, person).isEmpty()
                        && open(variant, last, person).isEmpty()
                        && variant.naive.journeys.byUser.get(person).stream()
                            .filter(event -> event.is("conversion"))
                            .noneMatch(event -> event.dayIn(variant.rules.zone()).isAfter(first))
                    ? 1
                    : 0));
    assertSome(
        variant,
        "a journey not converted that loses touches and stays",
        people(
            variant,
            person -> {
              List<RawEvent> early = open(variant, first, person);
              List<RawEvent> late = open(variant, last, person);
              boolean lost = !early.isEmpty() && !late.isEmpty() && !late.contains(early.get(0));
              return lost ? 1 : 0;
            }));
  }

  private static boolean reachesBack(Variant variant, Fact conversion, LocalDate day) {
    LocalDate begin = day.minusDays(variant.rules.learning().days() - 1L);
    List<RawEvent> journey = variant.naive.journeys.touches.get(conversion);
    return !conversion.day().isBefore(begin)
        && !conversion.day().isAfter(day)
        && !journey.isEmpty()
        && journey.get(0).dayIn(variant.rules.zone()).isBefore(begin);
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void lessonsOfEveryKind(Variant variant) {
    List<Lesson> lessons = variant.learning().lessons;
    List<Journey> journeys =
        lessons.stream().flatMap(lesson -> lesson.journeys().stream()).toList();
    assertSome(variant, "an action", actions(lessons).size());
    assertSome(variant, "a journey not converted", journeys.size() - converted(journeys));
    assertSome(
        variant,
        "a journey shorter than four states",
        journeys.stream().filter(journey -> journey.members().size() < 4).count());
    assertSome(
        variant,
        "equal neighbouring runs of two touches",
        journeys.stream()
            .filter(j -> j.members().size() > 2)
            .filter(j -> NaiveChain.states(j.members(), 2).size() < j.members().size() - 1)
            .count());
    assertSome(
        variant,
        "a state that reads like another",
        variant.learning().transitions.rows().stream().filter(row -> row.contains("\\(")).count());
    assertSome(variant, "a member credited without a touch of the day", unseen(variant));
    assertSome(
        variant,
        "an action of the day without any touch",
        variant.learning().reconciliation.rows().stream()
            .filter(
                row -> variant.learning().reconciliation.get(row, "attributed_conversions") == 0)
            .count());
  }

  private static long converted(List<Journey> journeys) {
    return journeys.stream().filter(Journey::converted).count();
  }

  private static Set<String> actions(List<Lesson> lessons) {
    return lessons.stream().map(Lesson::action).collect(Collectors.toCollection(TreeSet::new));
  }

  private static long unseen(Variant variant) {
    Set<String> seen = variant.naive.attribution("participation").rows();
    return variant.learning().attribution.rows().stream()
        .filter(row -> row.endsWith(" | shapley"))
        .filter(row -> !seen.contains(row.replace(" | shapley", " | participation")))
        .count();
  }

  /** Half of those at A go on to B and convert in a quarter; the others end. */
  @Test
  void chainIsSolvedByHand() {
    NaiveChain chain = new NaiveChain(1);
    chain.add(List.of("A", "A", "B"), true, 1, 10);
    chain.add(List.of("A", "B"), false, 3, 0);
    chain.add(List.of("A"), false, 3, 0);
    chain.add(List.of("A"), true, 1, 2);
    assertEquals(.125 + .125, chain.solve(null).probability(), 1e-15);
    assertEquals(.125 * 2 + .125 * 10, chain.solve(null).value(), 1e-15);
    assertEquals(.125, chain.solve("B").probability(), 1e-15);
    assertEquals(0, chain.solve("A").probability());
    Map<String, double[]> lost = NaiveChain.lost(chain.solve(null), chain.removals());
    assertEquals(2 / 3.0, NaiveChain.shares(lost).get("A")[0], 1e-15);
  }

  /** A and B alone and together, worth 6, 12 and 30 beside that: 21 and 27. */
  @Test
  void valueOfCoalitionsByHand() {
    Map<String, double[]> values =
        NaiveShapley.of(
            List.of(
                new Journey("", List.of("A"), true, 6),
                new Journey("", List.of("B"), true, 12),
                new Journey("", List.of("B", "A", "B"), true, 30)));
    assertEquals(1.5, values.get("A")[0], 1e-15);
    assertEquals(21, values.get("A")[1], 1e-14);
    assertEquals(27, values.get("B")[1], 1e-14);
  }
}
