package dev.throughline.person;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClassifierTest {
  private final TextCodes codes = new TextCodes();
  private final EventEncoder encoder = new EventEncoder(RandomEvents.RULES, codes);
  private final EventBuffer events = new EventBuffer(100);

  @BeforeEach
  void nothing() {
    events.clear();
  }

  private void click(String id, String user, String campaign, long micros) {
    LogicalRow row = new LogicalRow();
    row.text(TextColumn.EVENT_ID, Text.of(id));
    row.text(TextColumn.EVENT_TYPE, Text.of("click"));
    row.text(TextColumn.USER_ID, user == null ? null : Text.of(user));
    row.text(TextColumn.CAMPAIGN_ID, campaign == null ? null : Text.of(campaign));
    row.hasEventTime = true;
    row.eventTime = RandomEvents.NOON + micros;
    row.inputDay = RandomEvents.INPUT_DAY;
    encoder.encode(row, events);
  }

  /** What became of the events, by id, in order. */
  private List<String> classified(int perHour, long window) throws IOException {
    List<String> found = new ArrayList<>();
    try (EventSorter sorter = new EventSorter(codes, Long.MAX_VALUE, Path.of("none"))) {
      sorter.add(new EventBlock(codes).write(events));
      EventSource sorted = sorter.sorted();
      Classifier classifier =
          new Classifier(
              new TrafficRules(perHour, window),
              (event, classification, place) ->
                  found.add(event.texts().id() + " " + place + " " + classification));
      while (sorted.next()) {
        classifier.take(sorted.event());
      }
      classifier.end();
    }
    return found;
  }

  @Test
  void theSecondClickOfADoubleClickIsInvalid() throws IOException {
    click("a", "u", "c1", 0);
    click("b", "u", "c1", 1000);
    click("c", "u", "c1", 2001);
    click("d", "u", "c2", 2002);
    click("e", "u", null, 2003);
    click("f", "u", null, 2004);
    assertEquals(
        List.of(
            "a 1 VALID",
            "b 2 DOUBLE_CLICK",
            "c 3 VALID",
            "d 4 VALID",
            "e 5 VALID",
            "f 6 DOUBLE_CLICK"),
        classified(0, 1000));
    assertEquals("b 2 VALID", classified(0, 0).get(1), "no window, no double clicks");
  }

  @Test
  void anHourOverTheLimitIsInvalidAsAWholeAndDuplicatesDoNotCount() throws IOException {
    click("a", "u", "c1", 0);
    click("a", "u", "c1", 0);
    click("b", "u", "c2", 1000);
    click("c", "u", "c3", 3_600_000_000L);
    List<String> within = List.of("a 1 VALID", "a 2 DUPLICATE", "b 3 VALID", "c 4 VALID");
    assertEquals(within, classified(2, 5));
    assertEquals(
        List.of("a 1 ACTIVITY_LIMIT", "a 2 DUPLICATE", "b 3 ACTIVITY_LIMIT", "c 4 VALID"),
        classified(1, 5));
    assertEquals(within, classified(0, 5));
  }

  @Test
  void visitorsOfOneHashAreToldApartByTheSecond() throws IOException {
    click("a", "u", "c1", 0);
    click("b", "v", "c1", 1);
    click("c", "w", "c1", 2);
    for (int i = 0; i < 3; i++) {
      events.words()[i * CompactEvent.WORDS + CompactEvent.VISITOR] = 42;
    }
    List<String> found = classified(0, 1000);
    assertEquals(3, found.stream().filter(row -> row.endsWith(" 1 VALID")).count(), "" + found);
  }

  @Test
  void eventsWithoutAVisitorHaveNoDoubleClicks() throws IOException {
    click("a", null, "c1", 0);
    click("a", null, "c1", 1);
    assertEquals(List.of("a 1 VALID", "a 2 VALID"), classified(1, 1000));
  }

  @Test
  void eventsOfOneInstantGoById() throws IOException {
    click("é", "u", "c1", 0);
    click("b", "u", "c2", 0);
    click("ab", "u", "c3", 0);
    click("a", "u", "c4", 0);
    assertEquals(List.of("a 1 VALID", "ab 2 VALID", "b 3 VALID", "é 4 VALID"), classified(9, 5));
  }
}
