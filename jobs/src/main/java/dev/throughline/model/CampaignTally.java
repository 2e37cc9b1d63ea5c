package dev.throughline.model;

import dev.throughline.config.Settings.SessionRule;
import dev.throughline.input.EventType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;

/**
 * Counts what the facts of each day say of each campaign: a part of the sweep. Different people are
 * counted exactly, since all that one of them does on a day lies together.
 */
public final class CampaignTally {
  /** What is counted; {@link #word} names it in {@link Swept#DETAIL}. */
  public enum Count {
    GROSS_IMPRESSIONS,
    IMPRESSIONS,
    MEASURED_IMPRESSIONS,
    VIEWABLE_IMPRESSIONS,
    GROSS_CLICKS,
    CLICKS,
    LANDED_SESSIONS,
    ENGAGED_SESSIONS;

    /** Its name as a column. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The people who are counted; {@link #word} names them in {@link Swept#DETAIL}. */
  public enum People {
    REACH,
    PEOPLE_CLICKED,
    PEOPLE_LANDED;

    /** Their number's name as a column. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What is known of a campaign's day. */
  private static final class Tally {
    private final PeopleSketch reach = new PeopleSketch();
    private final PeopleSketch clicked = new PeopleSketch();
    private final PeopleSketch landed = new PeopleSketch();
    private final Set<String> channels = new HashSet<>();
    private long grossImpressions;
    private long impressions;
    private long measuredImpressions;
    private long viewableImpressions;
    private long grossClicks;
    private long clicks;
    private long landedSessions;
    private long engagedSessions;
    private long cost;
    private boolean costed;

    Map<Count, Long> counts() {
      return Map.of(
          Count.GROSS_IMPRESSIONS, grossImpressions,
          Count.IMPRESSIONS, impressions,
          Count.MEASURED_IMPRESSIONS, measuredImpressions,
          Count.VIEWABLE_IMPRESSIONS, viewableImpressions,
          Count.GROSS_CLICKS, grossClicks,
          Count.CLICKS, clicks,
          Count.LANDED_SESSIONS, landedSessions,
          Count.ENGAGED_SESSIONS, engagedSessions);
    }

    Map<People, PeopleSketch> people() {
      return Map.of(
          People.REACH, reach, People.PEOPLE_CLICKED, clicked, People.PEOPLE_LANDED, landed);
    }
  }

  /** So many campaigns' days are held at most. */
  private static final int MOST_TALLIES = 32_768;

  /** So many people in all of their sketches, each of which takes up to eight bytes. */
  private static final int MOST_PEOPLE = 4_000_000;

  /** Cost in millionths to which that of one more event, of 18 digits, can be added. */
  private static final long MOST_COST = Long.MAX_VALUE / 2;

  private final Map<Integer, Map<String, Tally>> days = new HashMap<>();
  private final Landings landings;
  private final Set<String> reached = new HashSet<>();
  private final Set<String> clicked = new HashSet<>();
  private final Set<String> landed = new HashSet<>();
  private int tallies;
  private int people;
  private boolean full;

  CampaignTally(SessionRule rule) {
    landings = new Landings(rule);
  }

  /**
   * Counts a fact.
   *
   * @param visit what it is part of, or null
   */
  void see(PersonEvent event, Object visit) {
    Tally tally = of(event.day(), event.campaign());
    if (event.channel() != null) {
      tally.channels.add(event.channel());
    }
    if (event.cost() != null) {
      tally.cost += event.cost();
      tally.costed = true;
      full |= tally.cost > MOST_COST;
    }
    if (event.is(EventType.IMPRESSION)) {
      seeImpression(event, tally);
    } else if (event.is(EventType.CLICK)) {
      seeClick(event, tally);
    }
    if (visit != null) {
      landings.see(event, visit);
    }
  }

  private void seeImpression(PersonEvent event, Tally tally) {
    tally.grossImpressions++;
    if (event.valid()) {
      tally.impressions++;
      tally.measuredImpressions += event.viewable() != null ? 1 : 0;
      tally.viewableImpressions += event.viewable() != null && event.viewable() ? 1 : 0;
      if (event.person() && reached.add(event.campaign())) {
        add(tally.reach, event.visitor());
      }
    }
  }

  private void seeClick(PersonEvent event, Tally tally) {
    tally.grossClicks++;
    if (event.valid()) {
      tally.clicks++;
      if (event.person() && clicked.add(event.campaign())) {
        add(tally.clicked, event.visitor());
      }
    }
  }

  /** After a visitor's last event of a day, which is given. */
  void endDay(PersonEvent last) {
    reached.clear();
    clicked.clear();
    landings.end((campaign, engaged) -> land(last, of(last.day(), campaign), campaign, engaged));
    landed.clear();
  }

  private void land(PersonEvent last, Tally tally, String campaign, boolean engaged) {
    tally.landedSessions++;
    tally.engagedSessions += engaged ? 1 : 0;
    if (last.person() && landed.add(campaign)) {
      add(tally.landed, last.visitor());
    }
  }

  private void add(PeopleSketch sketch, String person) {
    sketch.add(person);
    people++;
    full |= people >= MOST_PEOPLE;
  }

  private Tally of(int day, String campaign) {
    return days.computeIfAbsent(day, first -> new HashMap<>())
        .computeIfAbsent(
            campaign,
            first -> {
              tallies++;
              full |= tallies >= MOST_TALLIES;
              return new Tally();
            });
  }

  /** Whether it must be drained before the next fact. */
  boolean full() {
    return full;
  }

  /** How many campaigns' days are held. */
  int size() {
    return tallies;
  }

  /** Hands the counts out as rows of {@link JourneySweep#SWEPT} and begins anew. */
  Iterator<Row> drain() {
    List<Row> rows = new ArrayList<>();
    days.forEach((day, campaigns) -> campaigns.forEach((id, tally) -> rows(day, id, tally, rows)));
    days.clear();
    tallies = 0;
    people = 0;
    full = false;
    return rows.iterator();
  }

  private static void rows(int day, String campaign, Tally tally, List<Row> rows) {
    String member = campaign == null ? Journeys.UNATTRIBUTED : campaign;
    tally
        .counts()
        .forEach(
            (count, times) -> {
              // One even where there is nothing to count: a campaign with any fact is told of.
              if (times > 0 || count == Count.GROSS_IMPRESSIONS) {
                rows.add(Swept.row(day, Swept.CAMPAIGN_COUNT, member, count.word(), times, null));
              }
            });
    tally
        .people()
        .forEach(
            (kind, people) -> {
              if (people.different() > 0) {
                rows.add(
                    Swept.row(
                        day,
                        Swept.CAMPAIGN_PEOPLE,
                        member,
                        kind.word(),
                        people.different(),
                        people.bytes()));
              }
            });
    if (tally.costed) {
      rows.add(Swept.row(day, Swept.CAMPAIGN_COST, member, "", tally.cost, null));
    }
    tally.channels.forEach(
        channel -> rows.add(Swept.row(day, Swept.CAMPAIGN_CHANNEL, member, channel, 1, null)));
  }
}
