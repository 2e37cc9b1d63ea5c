package dev.throughline.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.config.ConfigLoader;
import dev.throughline.config.Settings;
import dev.throughline.input.EventType;
import dev.throughline.testing.TestSession;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** A touch that is dropped is missed by the journeys of every night after. */
class CarriedTouchesTest {
  private static final LocalDate FIRST = LocalDate.parse("2026-10-01");
  private static final LocalDate AS_OF = LocalDate.parse("2026-10-31");
  private static final EventType VIEW = EventType.IMPRESSION;

  private final List<Row> touches = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();

  /** Adds a person's next event, named by its day and time. */
  private CarriedTouchesTest event(String person, EventType type, String at, Long impression) {
    LocalDate day = FIRST.withDayOfMonth(Integer.parseInt(at.substring(0, 2)));
    Instant time = day.atTime(LocalTime.parse(at.substring(3))).toInstant(ZoneOffset.UTC);
    touches.add(
        RowFactory.create(
            Date.valueOf(day),
            person,
            places.merge(person + day, 1, Integer::sum),
            type.rank(),
            ChronoUnit.MICROS.between(Instant.EPOCH, time),
            "c1",
            null,
            impression,
            type == EventType.CONVERSION ? "purchase" : null,
            null,
            null,
            null,
            false));
    return this;
  }

  private CarriedTouchesTest view(String person, String... times) {
    for (String at : times) {
      event(person, VIEW, at, null);
    }
    return this;
  }

  private static Settings settings(String viewLookback) {
    return ConfigLoader.load(
        Optional.empty(),
        Map.of(
            "throughline.input.events.path", "events",
            "throughline.output.path", "tables",
            "throughline.attribution.view-lookback", viewLookback),
        Journeys.models());
  }

  /** What is carried of each person: kind, day and time. */
  private Map<String, List<String>> carried(String viewLookback) {
    Dataset<Row> rows =
        TestSession.get().createDataFrame(touches, Touches.TABLE.schema()).repartition(3);
    Dataset<Row> kept =
        CarriedTouches.asTouches(
            CarriedTouches.of(rows, AS_OF, FIRST.plusDays(1), settings(viewLookback)));
    assertEquals(Touches.TABLE.schema().fieldNames().length, kept.columns().length);
    return kept.orderBy("day", "sequence").collectAsList().stream()
        .collect(
            Collectors.groupingBy(
                row -> row.getString(1), Collectors.mapping(this::name, Collectors.toList())));
  }

  private List<String> carried(String person, String viewLookback) {
    return carried(viewLookback).getOrDefault(person, List.of());
  }

  private String name(Row touch) {
    Instant time = Instant.EPOCH.plus(touch.getLong(4), ChronoUnit.MICROS);
    return touch.getInt(3) + " " + time.toString().substring(8, 16);
  }

  @Test
  void aViewStaysIfItCanBePartOfTheJourneyUpToTheLastTouch() {
    view("p", "05 10:00", "19 09:59", "19 10:00", "20 09:00", "20 10:00");
    view("other", "30 10:00");
    assertEquals(List.of("0 19T10:00", "0 20T09:00", "0 20T10:00"), carried("p", "1d"));
    assertEquals(5, carried("p", "30d").size());
  }

  @Test
  void aViewStaysIfAConversionFollowsInTime() {
    view("p", "05 10:00", "05 11:00")
        .event("p", EventType.CONVERSION, "06 10:30", null)
        .view("p", "06 10:40", "20 10:00");
    assertEquals(List.of("0 05T11:00", "4 06T10:30", "0 20T10:00"), carried("p", "1d"));
  }

  @Test
  void clicksLeadsAndConversionsStay() {
    event("p", EventType.CLICK, "02 10:00", null)
        .event("p", EventType.ENGAGEMENT, "03 10:00", null)
        .event("p", EventType.CONVERSION, "04 10:00", null)
        .event("p", EventType.CLICK, "25 10:00", null);
    assertEquals(4, carried("p", "1d").size());
  }

  /** It may be no touch at all, and then the journey ends with an earlier one. */
  @Test
  void aViewWhoseClickCameBeforeIsNotTakenForTheLastTouch() {
    view("p", "09 10:00")
        .event("p", EventType.CLICK, "10 09:00", 77L)
        .view("p", "10 08:00")
        .event("p", VIEW, "20 10:00", 77L);
    assertEquals(
        List.of("0 09T10:00", "1 10T09:00", "0 10T08:00", "0 20T10:00"), carried("p", "1d"));
    event("p", VIEW, "22 10:00", 78L);
    assertEquals(List.of("1 10T09:00", "0 22T10:00"), carried("p", "1d"));
  }

  /** Journeys that have not converted are looked at from some day on. */
  @Test
  void beforeTheDaysThatCountOnlyConversionsHoldViews() {
    view("p", "01 10:00");
    view("q", "01 10:00").event("q", EventType.CONVERSION, "01 12:00", null);
    view("r", "02 10:00");
    assertEquals(List.of(), carried("p", "1d"));
    assertEquals(List.of("0 01T10:00", "4 01T12:00"), carried("q", "1d"));
    assertEquals(List.of("0 02T10:00"), carried("r", "1d"));
  }

  @Test
  void whatIsCarriedCanBeCarriedOn() {
    view("p", "19 10:00", "20 10:00").event("p", EventType.CLICK, "20 11:00", null);
    Dataset<Row> rows = TestSession.get().createDataFrame(touches, Touches.TABLE.schema());
    LocalDate wholeFrom = FIRST.plusDays(1);
    Dataset<Row> once =
        CarriedTouches.asTouches(
            CarriedTouches.of(rows, AS_OF.minusDays(2), wholeFrom, settings("1d")));
    Dataset<Row> twice = CarriedTouches.of(once, AS_OF, wholeFrom, settings("1d"));
    assertEquals(once.count(), twice.count());
    assertEquals(2, twice.count());
    assertEquals(Date.valueOf(AS_OF), twice.first().getDate(0));
  }

  /** By the definition of touches and journeys, one person after another. */
  @Test
  void nothingIsMissedOfRandomPeople() {
    Random random = new Random(7);
    Map<String, List<String>> needed = new HashMap<>();
    for (int number = 0; number < 300; number++) {
      List<Seen> events = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        EventType type = random.nextInt(4) == 0 ? EventType.CLICK : VIEW;
        events.add(
            new Seen(
                "%02d %02d:%02d".formatted(2 + random.nextInt(8), random.nextInt(24), i),
                random.nextInt(15) == 0 ? EventType.CONVERSION : type,
                random.nextBoolean() ? null : (long) random.nextInt(6)));
      }
      events.sort(Comparator.comparing(Seen::at));
      events.forEach(seen -> event("p" + needed.size(), seen.type(), seen.at(), seen.impression()));
      needed.put("p" + needed.size(), needed(events));
    }
    Map<String, List<String>> carried = carried("1d");
    needed.forEach(
        (person, names) -> assertTrue(carried.get(person).containsAll(names), person + names));
    int kept = carried.values().stream().mapToInt(List::size).sum();
    int least = needed.values().stream().mapToInt(List::size).sum();
    assertTrue(kept < least * 1.2 && 2 * kept < touches.size() * 1.2, least + " < " + kept);
  }

  private record Seen(String at, EventType type, Long impression) {
    String name() {
      return type.rank() + " " + at.replace(' ', 'T');
    }

    long minutes() {
      LocalTime time = LocalTime.parse(at.substring(3));
      return Integer.parseInt(at.substring(0, 2)) * 1440L + time.toSecondOfDay() / 60;
    }
  }

  private static List<String> needed(List<Seen> events) {
    Set<Long> clicked = new HashSet<>();
    Set<Integer> ends = new TreeSet<>();
    int last = -1;
    for (int i = 0; i < events.size(); i++) {
      Seen seen = events.get(i);
      if (seen.type() == EventType.CONVERSION) {
        ends.add(i);
      } else if (seen.type() == EventType.CLICK) {
        clicked.add(seen.impression());
        last = i;
      } else if (seen.impression() == null || !clicked.contains(seen.impression())) {
        last = i;
      }
    }
    ends.add(last);
    List<String> needed = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      int place = i;
      long until = events.get(i).minutes() + 1440;
      if (events.get(i).type() != VIEW
          || ends.stream().anyMatch(end -> end >= place && events.get(end).minutes() <= until)) {
        needed.add(events.get(i).name());
      }
    }
    return needed;
  }
}
