package dev.throughline.person;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The rules that look at one row, and what its compact event says. */
class RowRulesTest {
  private static final int DAY = RandomEvents.INPUT_DAY;
  private final TextCodes codes = new TextCodes();

  private static LogicalRow click() {
    LogicalRow row = new LogicalRow();
    row.text(TextColumn.EVENT_ID, Text.of("e1"));
    row.text(TextColumn.EVENT_TYPE, Text.of("click"));
    row.text(TextColumn.USER_ID, Text.of("u1"));
    row.text(TextColumn.SESSION_ID, Text.of("s1"));
    row.text(TextColumn.CAMPAIGN_ID, Text.of("c1"));
    row.hasEventTime = true;
    row.eventTime = RandomEvents.NOON;
    row.inputDay = DAY;
    return row;
  }

  @SafeVarargs
  private CompactEvent encoded(RowRules rules, Consumer<LogicalRow>... changes) {
    LogicalRow row = click();
    for (Consumer<LogicalRow> change : changes) {
      change.accept(row);
    }
    EventBuffer events = new EventBuffer(1);
    new EventEncoder(rules, codes).encode(row, events);
    return events.get(0, new CompactEvent());
  }

  @SafeVarargs
  private Rejection rejection(Consumer<LogicalRow>... changes) {
    return encoded(RandomEvents.RULES, changes).rejection();
  }

  private static Consumer<LogicalRow> text(TextColumn column, String text) {
    return row -> row.text(column, text == null ? null : Text.of(text));
  }

  private static Consumer<LogicalRow> at(long time) {
    return row -> row.eventTime = time;
  }

  private static Consumer<LogicalRow> received(long time) {
    return row -> {
      row.hasReceivedTime = true;
      row.receivedTime = time;
    };
  }

  @Test
  void aRowIsRejectedForTheFirstReasonThatApplies() {
    assertNull(rejection());
    assertEquals(Rejection.MISSING_EVENT_ID, rejection(text(TextColumn.EVENT_ID, null)));
    assertEquals(Rejection.MISSING_EVENT_ID, rejection(text(TextColumn.EVENT_ID, "")));
    assertEquals(Rejection.MISSING_EVENT_TIME, rejection(row -> row.hasEventTime = false));
    assertEquals(
        Rejection.MISSING_EVENT_ID,
        rejection(row -> row.hasEventTime = false, text(TextColumn.EVENT_ID, null)));
    assertEquals(Rejection.UNKNOWN_EVENT_TYPE, rejection(text(TextColumn.EVENT_TYPE, null)));
    assertEquals(Rejection.UNKNOWN_EVENT_TYPE, rejection(text(TextColumn.EVENT_TYPE, "")));
    assertEquals(Rejection.UNKNOWN_EVENT_TYPE, rejection(text(TextColumn.EVENT_TYPE, "Click")));
    assertEquals(
        Rejection.MISSING_EVENT_NAME, rejection(text(TextColumn.EVENT_TYPE, "conversion")));
    assertNull(
        rejection(
            text(TextColumn.EVENT_TYPE, "engagement"), text(TextColumn.EVENT_NAME, "add_to_cart")));
  }

  @Test
  void anEventMayBeFiledSoManyDaysLateAndNoDayEarly() {
    // Partitions are days of UTC here, and an event may be filed a day late.
    long midnight = DAY * ZoneDays.DAY;
    assertNull(rejection(at(midnight - ZoneDays.DAY)));
    assertEquals(
        Rejection.EVENT_TIME_OUTSIDE_PARTITION, rejection(at(midnight - ZoneDays.DAY - 1)));
    assertNull(rejection(at(midnight + ZoneDays.DAY - 1)));
    assertEquals(Rejection.EVENT_TIME_OUTSIDE_PARTITION, rejection(at(midnight + ZoneDays.DAY)));
  }

  @Test
  void aClockMayBeSoMuchFast() {
    long hour = 3_600_000_000L;
    assertNull(rejection(received(RandomEvents.NOON - hour)));
    assertEquals(
        Rejection.EVENT_TIME_AFTER_RECEIVED_TIME,
        rejection(received(RandomEvents.NOON - hour - 1)));
  }

  @Test
  void amountsAndSecondsAreChecked() {
    assertEquals(Rejection.VALUE_DOES_NOT_FIT, rejection(row -> row.valueGiven = true));
    assertEquals(Rejection.COST_DOES_NOT_FIT, rejection(row -> row.costGiven = true));
    assertEquals(
        Rejection.NEGATIVE_VALUE,
        rejection(
            row -> {
              row.valueGiven = true;
              row.hasValue = true;
              row.value = -1;
              row.costGiven = true;
            }));
    assertEquals(
        Rejection.NEGATIVE_COST,
        rejection(
            row -> {
              row.costGiven = true;
              row.hasCost = true;
              row.cost = -1;
            }));
    for (double seconds : new double[] {-0.1, Double.NaN, Double.NEGATIVE_INFINITY}) {
      assertEquals(Rejection.ILLEGAL_ENGAGEMENT_SECONDS, rejection(seconds(seconds)));
    }
    assertNull(rejection(seconds(-0.0)));
    assertEquals(86_400_000_000L, encoded(RandomEvents.RULES, seconds(1e9)).foreground());
    assertEquals(3, encoded(RandomEvents.RULES, seconds(0.0000025)).foreground(), "half goes up");
  }

  private static Consumer<LogicalRow> seconds(double seconds) {
    return row -> {
      row.hasEngagementSeconds = true;
      row.engagementSeconds = seconds;
    };
  }

  @Test
  void theVisitorIsTheUserElseTheSessionElseTheEvent() {
    CompactEvent user = encoded(RandomEvents.RULES);
    CompactEvent session = encoded(RandomEvents.RULES, text(TextColumn.USER_ID, ""));
    CompactEvent event =
        encoded(
            RandomEvents.RULES, text(TextColumn.USER_ID, null), text(TextColumn.SESSION_ID, null));
    assertEquals(VisitorKind.USER, user.kind());
    assertEquals(VisitorKind.SESSION, session.kind());
    assertEquals(VisitorKind.EVENT, event.kind());
    assertEquals(Text.of("u1").hash(), user.visitor());
    assertEquals(Text.of("s1").hash(), session.visitor());
    assertEquals(Text.of("e1").hash(), event.visitor());
    assertNotEquals(user.visitorCheck(), session.visitorCheck());
    CompactEvent rejected = encoded(RandomEvents.RULES, text(TextColumn.EVENT_ID, null));
    assertEquals(VisitorKind.NO_EVENT, rejected.kind());
    assertEquals(rejected.payload(), rejected.visitor());
  }

  @Test
  void aBotIsToldByItsAgentAndOnlyWhereThereIsAPattern() {
    Consumer<LogicalRow> agent = text(TextColumn.USER_AGENT, "a SPIDER");
    assertTrue(encoded(RandomEvents.RULES, agent).bot());
    assertEquals(false, encoded(RandomEvents.RULES, text(TextColumn.USER_AGENT, "x")).bot());
    RowRules none = new RowRules(ZoneOffset.UTC, ZoneOffset.UTC, 0, 0, "");
    assertEquals(false, encoded(none, agent).bot());
  }

  @Test
  void daysAreThoseOfTheZone() {
    Random random = new Random(5);
    for (String id :
        new String[] {"UTC", "America/New_York", "Asia/Kolkata", "America/Goose_Bay"}) {
      ZoneId zone = ZoneId.of(id);
      ZoneDays days = new ZoneDays(zone);
      for (int i = 0; i < 5000; i++) {
        // Around the clock change of a spring and of an autumn, by minutes, and anywhere.
        long around = random.nextBoolean() ? 1_299_981_600L : 1_320_552_000L;
        long seconds = i % 3 == 0 ? random.nextInt() : around + 60L * (random.nextInt(3000) - 1500);
        assertEquals(
            Instant.ofEpochSecond(seconds).atZone(zone).toLocalDate().toEpochDay(),
            days.of(seconds * 1_000_000 + random.nextInt(1_000_000)));
      }
    }
  }
}
