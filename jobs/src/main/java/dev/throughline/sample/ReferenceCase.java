package dev.throughline.sample;

import static dev.throughline.sample.Rhythm.HOUR;
import static dev.throughline.sample.Rhythm.MINUTE;
import static dev.throughline.sample.Rhythm.SECOND;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The reference case: campaign A with 100,000 impressions, 5,000 clicks and 10 conversions,
 * campaign B with 20,000, 1,000 and 50. Exact, net of every filter, on one day, by people who do
 * nothing else.
 *
 * <p>People are numbered in the order in which they come by. Each sees the campaign a few times;
 * every so many people one clicks the last impression. Clickers are numbered in turn, and their
 * number says what they do next.
 */
public enum ReferenceCase {
  /** Many see it and many click, but hardly anybody buys. */
  A("A: Big Numbers", "display", "40.00", "2000.00", 25_000, 4, 5, 500),
  /** Few see it, and one click in twenty is a purchase. */
  B("B: Small and Steady", "paid_search", "40.00", "1000.00", 10_000, 2, 10, 20);

  /** The day on which all of it happens. */
  public static final LocalDate DAY = LocalDate.parse("2026-10-31");

  /** First event, and the time over which people come by: one day in any zone near Europe. */
  private static final long START =
      DAY.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() + 6 * HOUR;

  private static final long SPREAD = 10 * HOUR;

  private static final BigDecimal PRICE = new BigDecimal("80.00");

  private final String title;
  private final String channel;
  private final String target;
  private final String spend;
  private final int people;
  private final int impressionsEach;
  private final int peoplePerClick;
  private final int clicksPerConversion;

  ReferenceCase(
      String title,
      String channel,
      String target,
      String spend,
      int people,
      int impressionsEach,
      int peoplePerClick,
      int clicksPerConversion) {
    this.title = title;
    this.channel = channel;
    this.target = target;
    this.spend = spend;
    this.people = people;
    this.impressionsEach = impressionsEach;
    this.peoplePerClick = peoplePerClick;
    this.clicksPerConversion = clicksPerConversion;
  }

  /** How many people take part. */
  public int people() {
    return people;
  }

  /** What the day cost, in EUR. */
  public String spend() {
    return spend;
  }

  /** The line of {@code campaigns.csv}. */
  String csv() {
    return String.join(",", name(), title, channel, "conversion", target);
  }

  /** Negative keys put these people ahead of all others, campaign by campaign. */
  long sortKey(int person) {
    return person - (this == A ? 2_000_000L : 1_000_000L);
  }

  /** The events of one person, in order. */
  List<EventDraft> events(int person) {
    List<EventDraft> events = new ArrayList<>();
    long time = START + SPREAD / SECOND * person / people * SECOND;
    for (int i = 0; i < impressionsEach; i++) {
      events.add(impression(person, i, time));
      time += (8 + (person + i) % 5) * MINUTE;
    }
    if (person % peoplePerClick == 0) {
      EventDraft seen = events.get(impressionsEach - 1);
      seen.viewable = true;
      click(seen, person / peoplePerClick, events);
    }
    for (int i = 0; i < events.size(); i++) {
      EventDraft event = events.get(i);
      event.eventId = id("e", person) + i;
      event.userId = id("r", person);
      event.campaignId = name();
      event.channel = channel;
      event.consent = true;
      event.userAgent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0";
    }
    return events;
  }

  private EventDraft impression(int person, int i, long time) {
    EventDraft impression = new EventDraft("impression", time);
    impression.creativeId = name() + "-" + (1 + person % 3);
    impression.placement = this == A ? "article" : "top";
    impression.impressionId = id("i", person) + i;
    impression.viewable = (person + i) % 10 < 8;
    return impression;
  }

  /** Of twenty clickers seventeen land, and eight of them stay: 85 % and 47 %. */
  private void click(EventDraft seen, int clicker, List<EventDraft> events) {
    EventDraft click = new EventDraft("click", seen.time + (3 + clicker % 15) * SECOND);
    click.creativeId = seen.creativeId;
    click.placement = seen.placement;
    click.impressionId = seen.impressionId;
    events.add(click);
    int fate = clicker % 20;
    String session = clicker % 3 == 0 ? null : id("s", clicker);
    if (fate < 17) {
      events.add(page(click.time + 2 * SECOND, session, fate < 8 ? 35 : 4));
    }
    if (fate < 8) {
      events.add(page(click.time + MINUTE, session, 20));
    }
    if (clicker % clicksPerConversion == 0) {
      EventDraft purchase = new EventDraft("conversion", click.time + 5 * MINUTE);
      purchase.named("purchase").in(session);
      purchase.value = PRICE;
      purchase.orderId = id("o", clicker);
      events.add(purchase);
    }
  }

  private static EventDraft page(long time, String session, double seconds) {
    EventDraft page = new EventDraft("page_view", time).in(session);
    page.engagementSeconds = seconds;
    return page;
  }

  private String id(String prefix, int number) {
    return prefix + name() + Ids.padded(number, 5);
  }
}
