package dev.throughline.reference;

import dev.throughline.reference.NaivePeople.PersonDay;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The strongest tier of every person and campaign of a day. */
final class NaiveIntent {
  static final List<String> TIERS = List.of("seen", "curious", "considering", "intending", "acted");
  static final List<String> COLUMNS =
      List.of(
          "tier_order",
          "people",
          "share",
          "showed",
          "converted",
          "conversions",
          "value",
          "conversion_rate",
          "conversion_rate_low",
          "conversion_rate_high",
          "lift");
  private static final int NONE = -1;
  private static final int SEEN = 0;
  private static final int CURIOUS = 1;
  private static final int CONSIDERING = 2;
  private static final int INTENDING = 3;
  private static final int ACTED = 4;

  /**
   * A person of a campaign.
   *
   * @param tier the strongest
   * @param shown the strongest before the first conversion
   */
  record Member(int tier, int shown, int conversions, double value) {}

  /** By day and campaign. */
  final Map<String, List<Member>> members = new LinkedHashMap<>();

  NaiveIntent(NaivePeople people, List<LocalDate> days) {
    for (PersonDay person : people.known(days)) {
      for (String campaign : person.campaigns()) {
        Member member = member(person, campaign);
        if (member.tier != NONE) {
          members
              .computeIfAbsent(Cells.key(person.day, campaign), key -> new ArrayList<>())
              .add(member);
        }
      }
    }
  }

  private static Member member(PersonDay person, String campaign) {
    int strongest = NONE;
    int shown = NONE;
    boolean came = false;
    int conversions = 0;
    double value = 0;
    for (int at = 0; at < person.events.size(); at++) {
      boolean linked = came ? person.namesOrNone(at, campaign) : person.names(at, campaign);
      int tier = tier(person, at, campaign, linked);
      if (tier == ACTED) {
        shown = conversions == 0 ? strongest : shown;
        conversions++;
        value += NaiveJourneys.worth(person.event(at));
      }
      strongest = Math.max(strongest, tier);
      came |= comes(person, at, campaign);
    }
    return new Member(strongest, conversions == 0 ? strongest : shown, conversions, value);
  }

  private static boolean seen(PersonDay person, int at, String campaign) {
    return person.is(at, "impression")
        && person.names(at, campaign)
        && !Boolean.FALSE.equals(person.event(at).viewable());
  }

  private static boolean clicked(PersonDay person, int at, String campaign) {
    return person.is(at, "click") && person.names(at, campaign);
  }

  /** An event by which a person comes to a campaign. */
  private static boolean comes(PersonDay person, int at, String campaign) {
    return seen(person, at, campaign)
        || clicked(person, at, campaign)
        || person.brings(at, campaign)
        || person.returns(at, campaign);
  }

  /**
   * The tier that is reached with an event.
   *
   * @param linked the event counts for the campaign
   */
  private static int tier(PersonDay person, int at, String campaign, boolean linked) {
    if (person.counts(at) && linked) {
      return ACTED;
    }
    if ((person.named(at) && linked) || person.returnSignal(at, campaign)) {
      return INTENDING;
    }
    if (person.belongs(at, campaign)) {
      return person.engaged(at) ? CONSIDERING : CURIOUS;
    }
    if (clicked(person, at, campaign)) {
      return CURIOUS;
    }
    return seen(person, at, campaign) ? SEEN : NONE;
  }

  Cells cells() {
    Cells cells = new Cells();
    members.forEach(
        (row, people) -> {
          for (int tier = SEEN; tier <= ACTED; tier++) {
            add(cells, Cells.key(row, TIERS.get(tier)), people, tier);
          }
        });
    return cells;
  }

  private static void add(Cells cells, String key, List<Member> people, int tier) {
    double all = people.size();
    List<Member> acted = people.stream().filter(member -> member.tier == ACTED).toList();
    List<Member> ofTier = people.stream().filter(member -> member.tier == tier).toList();
    List<Member> showed =
        tier == ACTED ? acted : people.stream().filter(member -> member.shown == tier).toList();
    List<Member> converted = showed.stream().filter(member -> member.tier == ACTED).toList();
    COLUMNS.forEach(column -> cells.set(key, column, null));
    cells.set(key, "tier_order", tier + 1.0);
    cells.set(key, "people", (double) ofTier.size());
    cells.set(key, "share", ofTier.size() / all);
    cells.set(key, "showed", (double) showed.size());
    cells.set(key, "converted", (double) converted.size());
    cells.set(
        key, "conversions", converted.stream().mapToDouble(member -> member.conversions).sum());
    cells.set(key, "value", converted.stream().mapToDouble(member -> member.value).sum());
    if (tier != ACTED) {
      double part = converted.size();
      double whole = showed.size();
      Double rate = NaiveMath.ratio(part, whole);
      cells.set(key, "conversion_rate", rate);
      cells.set(key, "conversion_rate_low", NaiveMath.wilson(part, whole, -1));
      cells.set(key, "conversion_rate_high", NaiveMath.wilson(part, whole, 1));
      cells.set(key, "lift", NaiveMath.ratio(rate, acted.size() / all));
    }
  }
}
