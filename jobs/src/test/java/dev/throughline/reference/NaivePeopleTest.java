package dev.throughline.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The reference itself, on logs that can be counted on one's fingers. */
class NaivePeopleTest {
  private static final LocalDate DAY = LocalDate.parse("2026-10-31");
  private static final List<LocalDate> DAYS = List.of(DAY);
  private static final String VALUE = "value";

  /** Events like "10:00 click campaign=c1", of u1 and of the day unless they say otherwise. */
  private static NaiveTables log(NaiveRules rules, String... lines) {
    List<RawEvent> rows = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      Map<String, String> more = new HashMap<>(Map.of("user", "u1", "day", DAY.toString()));
      for (int i = 2; i < words.length; i++) {
        int equals = words[i].indexOf('=');
        more.put(words[i].substring(0, equals), words[i].substring(equals + 1));
      }
      Instant at = Instant.parse(more.get("day") + "T" + words[0] + ":00Z");
      rows.add(event("e" + rows.size(), at, words[1], more));
    }
    return new NaiveTables(rows, rules, DAYS);
  }

  private static RawEvent event(String id, Instant at, String type, Map<String, String> more) {
    String value = more.get(VALUE);
    String viewable = more.get("viewable");
    return new RawEvent(
        at.atZone(ZoneOffset.UTC).toLocalDate(),
        id,
        ChronoUnit.MICROS.between(Instant.EPOCH, at),
        null,
        type,
        more.get("name"),
        more.get("user"),
        more.get("session"),
        more.get("campaign"),
        null,
        null,
        viewable == null ? null : Boolean.valueOf(viewable),
        null,
        value == null ? null : new BigDecimal(value),
        null,
        null,
        null,
        null,
        null);
  }

  private static final String[] STORY = {
    "09:00 impression campaign=A viewable=false",
    "09:05 impression campaign=A",
    "09:10 click campaign=A",
    "09:40 page_view session=s",
    "09:41 page_view session=s",
    "09:42 page_view session=s name=pricing",
    "09:50 conversion session=s name=purchase value=20",
    "12:11 click campaign=B user=u2",
    "13:00 page_view user=u2",
    "13:05 conversion campaign=B user=u2 name=purchase value=5",
    "13:06 conversion user=u2 name=purchase value=7",
  };

  private static NaiveTables story() {
    return log(RandomVariants.PLAIN, STORY);
  }

  private static void assertCells(Cells cells, String key, Map<String, Double> expected) {
    expected.forEach((column, value) -> assertEquals(value, cells.get(key, column), column));
  }

  @Test
  void stepsOfThePerson() {
    NaiveTables tables = story();
    NaivePeople people = new NaivePeople(tables, RandomVariants.PLAIN);
    Cells cells = new NaiveDropOff(people, RandomVariants.PLAIN, DAYS).cells();
    double[] seconds = {300, 300, 1800, 60, 60, 480};
    for (int step = 1; step <= seconds.length; step++) {
      String key = Cells.key(DAY, "A", step);
      assertCells(cells, key, Map.of("entered", 1.0, "continued", 1.0, "dropped", 0.0));
      assertEquals(seconds[step - 1], cells.get(key, "median_seconds_to_next"));
    }
    assertEquals(1, cells.get(Cells.key(DAY, "A", 7), "entered"));
    assertNull(cells.get(Cells.key(DAY, "A", 7), "continued"));
    assertNull(cells.get(Cells.key(DAY, "B", 1), "entered"));
  }

  @Test
  void secondWindowAndLossAgainstOthers() {
    NaiveTables tables =
        log(
            RandomVariants.TIGHT,
            "09:00 click campaign=A",
            "12:00 click campaign=A",
            "12:01 click campaign=A",
            "12:02 page_view campaign=A",
            "09:00 click campaign=B user=u2",
            "09:01 page_view user=u2",
            "09:02 conversion user=u2 name=sign_up",
            "09:03 conversion user=u2 name=purchase");
    NaivePeople people = new NaivePeople(tables, RandomVariants.TIGHT);
    Cells cells = new NaiveDropOff(people, RandomVariants.TIGHT, DAYS).cells();
    assertCells(
        cells,
        Cells.key(DAY, "A", 1),
        Map.of("entered", 2.0, "continued", 1.0, "lost_conversions_estimate", 1.0));
    assertCells(
        cells,
        Cells.key(DAY, "A", 2),
        Map.of("entered", 1.0, "continued", 0.0, "lost_conversions_estimate", 1.0));
    assertEquals(1, cells.get(Cells.key(DAY, "A", 1), "is_biggest_leak"));
    assertEquals(0, cells.get(Cells.key(DAY, "A", 2), "is_biggest_leak"));
    assertEquals(1, cells.get(Cells.key(DAY, "B", 4), "entered"));
  }

  @Test
  void afterTheClick() {
    NaiveTables tables = story();
    Cells cells = NaiveAfterClick.of(tables, new NaivePeople(tables, RandomVariants.PLAIN), DAYS);
    assertCells(
        cells,
        Cells.key(DAY, "A"),
        Map.of("landed_clicks", 1.0, "page_views", 3.0, "bounce_rate", 0.0, "return_visits", 0.0));
    assertCells(
        cells,
        Cells.key(DAY, "B"),
        Map.of("landed_clicks", 0.0, "landed_sessions", 0.0, "return_visits", 1.0));
    assertNull(cells.get(Cells.key(DAY, "B"), "bounce_rate"));
  }

  @Test
  void tiers() {
    NaiveTables tables = story();
    Cells cells = new NaiveIntent(new NaivePeople(tables, RandomVariants.PLAIN), DAYS).cells();
    for (String campaign : List.of("A", "B")) {
      double conversions = campaign.equals("A") ? 1 : 2;
      double value = campaign.equals("A") ? 20 : 12;
      assertCells(
          cells,
          Cells.key(DAY, campaign, "intending"),
          Map.of("people", 0.0, "showed", 1.0, "converted", 1.0, "lift", 1.0));
      for (String tier : List.of("intending", "acted")) {
        assertCells(
            cells,
            Cells.key(DAY, campaign, tier),
            Map.of("conversions", conversions, VALUE, value));
      }
    }
  }

  @Test
  void pathsAndTheirTransforms() {
    List<String> members = List.of("A", "A", "B", "x>y\\", "A");
    assertEquals("A > A > B > x\\>y\\\\ > A", NaivePaths.text(List.of("identity"), members));
    assertEquals("A > B > x\\>y\\\\ > A", NaivePaths.text(List.of("exposure"), members));
    assertEquals("A > B > x\\>y\\\\", NaivePaths.text(List.of("first"), members));
    assertEquals("A(3) > B(1) > x\\>y\\\\(1)", NaivePaths.text(List.of("frequency"), members));
    assertEquals("x\\>y\\\\ > A", NaivePaths.text(List.of("exposure", "last(2)"), members));
  }

  @Test
  void journeysThatHaveNotConverted() {
    NaiveTables tables =
        log(
            RandomVariants.PLAIN,
            "09:00 click campaign=A",
            "10:00 conversion name=purchase",
            "11:00 click campaign=B",
            "12:00 impression campaign=C",
            "12:00 click campaign=D user=u2 day=2026-10-30",
            "08:00 impression campaign=C user=u2");
    Cells cells = new NaivePaths(tables, RandomVariants.PLAIN, DAYS).cells();
    assertEquals(1, cells.get(Cells.key(DAY, "campaign", "A"), "conversions"));
    assertEquals(1, cells.get(Cells.key(DAY, "campaign", "A"), "median_hours"));
    for (String path : List.of("B > C", "D > C")) {
      assertEquals(1, cells.get(Cells.key(DAY, "campaign", path), "non_converting_journeys"));
      assertEquals(0, cells.get(Cells.key(DAY, "campaign", path), "conversion_rate"));
    }
  }

  @Test
  void bucketsPercentilesIntervals() {
    long hour = 3_600_000_000L;
    assertEquals("< 1 h", NaiveTimeToConvert.elapsed(hour - 1));
    assertEquals("< 1 d", NaiveTimeToConvert.elapsed(24 * hour - 1));
    assertEquals("1 d", NaiveTimeToConvert.elapsed(24 * hour));
    assertEquals("7 d", NaiveTimeToConvert.elapsed(8 * 24 * hour - 1));
    assertEquals("8-14 d", NaiveTimeToConvert.elapsed(8 * 24 * hour));
    assertEquals("31+ d", NaiveTimeToConvert.elapsed(31 * 24 * hour));
    assertEquals("7-10", NaiveTimeToConvert.touches(7));
    assertEquals(3.7, NaiveMath.percentile(List.of(4.0, 1.0, 3.0, 2.0), .9), 1e-12);
    assertEquals(.0567, NaiveMath.wilson(2, 10, -1), 5e-5);
    assertEquals(.5098, NaiveMath.wilson(2, 10, 1), 5e-5);
    assertEquals(.99, NaiveLevers.newRate(.9, 10), 1e-12);
    assertEquals(1, NaiveLevers.newRate(.95, 10));
    assertEquals(1.5, NaiveLevers.newRate(1.5, 10));
  }

  @Test
  void periodsCountPeopleOnce() {
    NaiveTables tables =
        log(
            RandomVariants.PLAIN,
            "09:00 click campaign=A",
            "09:00 click campaign=A day=2026-10-30",
            "09:00 click campaign=A day=2026-10-25 user=u2",
            "09:00 click campaign=A day=2026-10-20 user=u3");
    Cells cells = NaivePeriods.of(tables, RandomVariants.PLAIN, DAYS);
    assertCells(
        cells, Cells.key(DAY, 1, "A"), Map.of("days", 1.0, "clicks", 1.0, "people_clicked", 1.0));
    assertCells(
        cells, Cells.key(DAY, 7, "A"), Map.of("days", 3.0, "clicks", 3.0, "people_clicked", 2.0));
    assertCells(
        cells, Cells.key(DAY, 28, "A"), Map.of("days", 4.0, "clicks", 4.0, "people_clicked", 3.0));
  }
}
