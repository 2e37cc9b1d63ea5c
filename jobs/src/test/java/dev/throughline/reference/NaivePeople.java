package dev.throughline.reference;

import dev.throughline.reference.NaiveFacts.Fact;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** People's days: what one person did on one day, and what that means for a campaign. */
final class NaivePeople {
  /** Every day of every person or session, by day and then by visitor. */
  final List<PersonDay> all = new ArrayList<>();

  NaivePeople(NaiveTables tables, NaiveRules rules) {
    Set<Fact> counted = new HashSet<>(tables.journeys.counted);
    List<Fact> followed =
        tables.facts.facts.stream()
            .filter(NaivePeople::followed)
            .sorted((a, b) -> NaiveFacts.ORDER.compare(a.event(), b.event()))
            .toList();
    Map<String, List<Fact>> visitors =
        new TreeMap<>(NaiveFacts.group(followed, fact -> NaiveFacts.visitor(fact.event())));
    for (List<Fact> ofVisitor : visitors.values()) {
      Set<LocalDate> days = new TreeSet<>();
      ofVisitor.forEach(fact -> days.add(fact.day()));
      for (LocalDate day : days) {
        List<Fact> earlierClicks =
            ofVisitor.stream().filter(f -> f.valid("click") && f.day().isBefore(day)).toList();
        List<Fact> events = ofVisitor.stream().filter(f -> f.day().equals(day)).toList();
        all.add(new PersonDay(day, events, earlierClicks, counted, rules));
      }
    }
  }

  /** Valid, not refused, and of somebody who can be followed. */
  static boolean followed(Fact fact) {
    RawEvent event = fact.event();
    return fact.valid()
        && !Boolean.FALSE.equals(event.consent())
        && (event.user() != null || event.session() != null);
  }

  /** The people that are known by a user_id, on the given days. */
  List<PersonDay> known(Collection<LocalDate> days) {
    return all.stream().filter(p -> p.known() && days.contains(p.day)).toList();
  }

  /** One person's followed events of one day, in order; an event is meant by its place. */
  static final class PersonDay {
    final LocalDate day;
    final List<Fact> events;
    private final List<Fact> earlierClicks;
    private final Set<Fact> counted;
    private final NaiveRules.People rules;

    /** The page view that makes a click land, for clicks that landed. */
    private final Map<Integer, Integer> landings = new HashMap<>();

    PersonDay(
        LocalDate day,
        List<Fact> events,
        List<Fact> earlierClicks,
        Set<Fact> counted,
        NaiveRules rules) {
      this.day = day;
      this.events = events;
      this.earlierClicks = earlierClicks;
      this.counted = counted;
      this.rules = rules.people();
      for (int i = 0; i < events.size(); i++) {
        int page = is(i, "click") ? landing(i) : -1;
        if (page >= 0) {
          landings.put(i, page);
        }
      }
    }

    boolean known() {
      return events.get(0).event().user() != null;
    }

    RawEvent event(int at) {
      return events.get(at).event();
    }

    String visit(int at) {
      return events.get(at).visit();
    }

    boolean is(int at, String type) {
      return event(at).is(type);
    }

    boolean names(int at, String campaign) {
      return campaign.equals(event(at).campaign());
    }

    boolean namesOrNone(int at, String campaign) {
      return event(at).campaign() == null || names(at, campaign);
    }

    /** Every campaign that the person may have to do with on the day. */
    Set<String> campaigns() {
      Set<String> campaigns = new TreeSet<>();
      for (List<Fact> facts : List.of(events, earlierClicks)) {
        for (Fact fact : facts) {
          if (fact.event().campaign() != null) {
            campaigns.add(fact.event().campaign());
          }
        }
      }
      return campaigns;
    }

    /** The page view at which the session of a click begins for it, or -1. */
    int landing(int click) {
      for (int page = click + 1; page < events.size(); page++) {
        if (is(page, "page_view")) {
          if (event(click).session() == null) {
            boolean soon = event(page).time() - event(click).time() <= NaiveRules.GAP;
            return soon ? page : -1;
          }
          if (visit(page).equals(visit(click))) {
            return page;
          }
        }
      }
      return -1;
    }

    /** The visit that is the session of a click, or null. */
    String sessionOf(int click) {
      return landings.containsKey(click) ? visit(landings.get(click)) : null;
    }

    /** A click on the campaign lands at this page view. */
    boolean lands(int page, String campaign) {
      for (Map.Entry<Integer, Integer> landing : landings.entrySet()) {
        if (landing.getValue() == page && names(landing.getKey(), campaign)) {
          return true;
        }
      }
      return false;
    }

    /** A page view for which its visit belongs to the campaign. */
    boolean brings(int page, String campaign) {
      return is(page, "page_view") && (names(page, campaign) || lands(page, campaign));
    }

    /** The visit of this event belongs to the campaign by then. */
    boolean belongs(int at, String campaign) {
      for (int page = 0; page <= at; page++) {
        if (sameVisit(page, at) && brings(page, campaign)) {
          return true;
        }
      }
      return false;
    }

    private boolean sameVisit(int one, int other) {
      return visit(one) != null && visit(one).equals(visit(other));
    }

    /** The visit of this event is engaged by then. */
    boolean engaged(int at) {
      double seconds = 0;
      int pages = 0;
      boolean converted = false;
      for (int i = 0; i <= at; i++) {
        if (sameVisit(i, at)) {
          seconds += event(i).seconds() == null ? 0 : event(i).seconds();
          pages += is(i, "page_view") ? 1 : 0;
          converted |= is(i, "conversion");
        }
      }
      return seconds > 10 || pages >= 2 || converted;
    }

    /** A visit begins that a click on the campaign some time before may explain. */
    boolean returns(int at, String campaign) {
      if (!is(at, "page_view") || lands(at, campaign)) {
        return false;
      }
      for (int i = 0; i < at; i++) {
        if (is(i, "page_view") && sameVisit(i, at)) {
          return false;
        }
      }
      List<Fact> before = new ArrayList<>(earlierClicks);
      before.addAll(events.subList(0, at));
      return before.stream()
          .filter(f -> f.valid("click") && campaign.equals(f.event().campaign()))
          .anyMatch(f -> event(at).time() - f.event().time() <= NaiveRules.WEEK);
    }

    /** An event named among the signals, whichever campaign it names. */
    boolean named(int at) {
      return (is(at, "engagement") || is(at, "page_view"))
          && event(at).name() != null
          && rules.signals().contains(event(at).name());
    }

    /** A return visit begins, and is to be taken for intent. */
    boolean returnSignal(int at, String campaign) {
      return rules.returnVisit() && returns(at, campaign);
    }

    boolean signals(int at, String campaign) {
      return (named(at) && namesOrNone(at, campaign)) || returnSignal(at, campaign);
    }

    boolean counts(int at) {
      return counted.contains(events.get(at));
    }
  }
}
