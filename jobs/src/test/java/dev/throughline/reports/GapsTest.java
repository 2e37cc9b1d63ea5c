package dev.throughline.reports;

import static dev.throughline.testing.Event.event;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.reports.Gaps.Gap;
import dev.throughline.testing.Event;
import dev.throughline.testing.Scenario;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What events lack, by hand. */
class GapsTest {
  private static final String DAY = "2026-10-31";

  private static int minute;

  /** An event that lacks nothing. */
  private static Event whole(Event event) {
    String at = "%s %02d:%02d".formatted(DAY, 10 + minute / 60, minute++ % 60);
    return event
        .at(at)
        .received(at)
        .session("s")
        .campaign("c1")
        .channel("display")
        .impressionId("i")
        .viewable(false)
        .seconds(0)
        .value("0")
        .orderId("o" + minute)
        .cost("0")
        .consent(true);
  }

  private static Event impression() {
    return whole(event().impression());
  }

  private static Event click() {
    return whole(event().click());
  }

  private static Event page() {
    return whole(event().pageView());
  }

  private static Event conversion() {
    return whole(event().conversion("purchase"));
  }

  @Test
  void everyGapIsCountedAmongEventsOfItsKind(@TempDir Path folder) {
    Row row =
        Scenario.in(folder)
            .events(
                impression(),
                impression().with("received_time", null).session(null).seconds(1),
                impression().campaign(null),
                impression().campaign("").channel(null),
                impression().impressionId(null).channel(""),
                impression().impressionId(null).viewable(null),
                impression().viewable(true).with("value", null).orderId(null),
                impression().with("cost", null).viewable(null),
                impression().with("cost", null).invalidReason("bot"),
                click(),
                click().campaign(null).channel(null).viewable(null),
                click().campaign(null).channel("email").session(null),
                click().impressionId(null).cost("1").campaign(""),
                click().with("cost", null).user(null),
                click().with("cost", null).channel(null).consent(false),
                click().campaign(null).channel(null).impressionId(null).userAgent("ExampleBot"),
                page(),
                page().campaign(null).with("cost", null),
                page().session(null).channel(null),
                page().session("").user(null),
                page().session(null).impressionId(null),
                page().with("engagement_seconds", null),
                page().with("engagement_seconds", null).invalidReason("bot").session(null),
                whole(event().engagement("add_to_cart")).campaign(null).session(null),
                conversion(),
                conversion().with("value", null).campaign(null),
                conversion().orderId(null),
                conversion().orderId("").with("value", null),
                conversion().with("value", null).consent(null),
                conversion().orderId(null).invalidReason("test").with("value", null),
                // Rejected: it is no event.
                conversion().orderId(null).with("event_name", null).with("received_time", null))
            .runInto("tables", DAY, DAY, "--reports", "data_quality")
            .rows("data_quality")
            .get(0);
    Map<String, Long> expected = new TreeMap<>();
    expected.put("facts_without_user", 2L);
    expected.put("facts_without_consent", 1L);
    expected.put("facts_without_received_time", 1L);
    expected.put("impressions", 8L);
    expected.put("impressions_without_campaign", 2L);
    expected.put("impressions_without_channel", 2L);
    expected.put("impressions_without_id", 2L);
    expected.put("impressions_not_measured", 2L);
    expected.put("impressions_without_cost", 1L);
    expected.put("clicks", 6L);
    expected.put("clicks_without_campaign", 3L);
    expected.put("clicks_without_channel", 2L);
    expected.put("clicks_without_impression", 1L);
    expected.put("clicks_without_cost", 2L);
    expected.put("page_views", 6L);
    expected.put("page_views_without_campaign", 1L);
    expected.put("page_views_without_session", 3L);
    expected.put("page_views_without_engagement_seconds", 1L);
    expected.put("conversions_without_value", 3L);
    expected.put("conversions_without_order", 2L);
    Map<String, Long> found = new TreeMap<>();
    Gaps.ALL.forEach(gap -> found.put(gap.count().name(), row.getAs(gap.count().name())));
    Gaps.ADDED.forEach(field -> found.put(field.name(), row.getAs(field.name())));
    assertEquals(expected, found);
    assertEquals(30L, row.<Long>getAs("facts"));
    assertEquals(5L, row.<Long>getAs("conversions_recorded"));
  }

  @Test
  void everyGapIsAmongACountOfTheTable() {
    for (Gap gap : Gaps.ALL) {
      assertEquals(
          gap.of().name().replaceFirst("_recorded$", ""),
          gap.count().name().replaceFirst("_(without|not)_.*", ""));
    }
  }
}
