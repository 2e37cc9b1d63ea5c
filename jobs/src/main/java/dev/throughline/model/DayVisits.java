package dev.throughline.model;

import dev.throughline.config.Settings.PeopleRules;
import dev.throughline.config.Settings.SessionRule;
import dev.throughline.input.EventType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The visits of one visitor and day: which campaigns they belong to, which clicks led to them, when
 * they were engaged. It sees the events in order and says of each what it means.
 */
final class DayVisits {
  private static final long RETURN_WINDOW = PeopleRules.RETURN_WINDOW.toNanos() / 1000;

  /** A visit as it is so far. */
  static final class Visit {
    final Set<String> campaigns = new LinkedHashSet<>();
    final Set<String> clicked = new LinkedHashSet<>();
    final VisitActivity activity;
    int engagements;
    boolean converted;
    private final List<String> waiting = new ArrayList<>();

    private Visit(SessionRule rule) {
      activity = new VisitActivity(rule);
    }
  }

  /** A click without a session that may still find one. */
  private record Seeking(String campaign, long until) {}

  /**
   * What an event means.
   *
   * @param event the event
   * @param visit the visit that it is part of, or null
   * @param landed the campaign of each click whose session this page view makes
   * @param landing the campaigns that this page view is a landing for
   * @param returning the campaigns that it is a return visit to
   */
  record Moment(
      PersonEvent event,
      Visit visit,
      List<String> landed,
      Set<String> landing,
      Set<String> returning) {

    /** Whether the event lies in an engaged visit of the campaign. */
    boolean engagedFor(String campaign) {
      return visit != null && visit.activity.engaged() && visit.campaigns.contains(campaign);
    }
  }

  private final SessionRule rule;
  private final long gap;
  private final Map<Object, Visit> visits = new LinkedHashMap<>();
  private final List<Seeking> seeking = new ArrayList<>();
  private final Map<String, Long> lastClick = new HashMap<>();

  DayVisits(SessionRule rule) {
    this.rule = rule;
    gap = rule.gap().toNanos() / 1000;
  }

  /** Forgets the visitor. */
  void beginVisitor() {
    beginDay();
    lastClick.clear();
  }

  /** Forgets the visits. The visitor's clicks are remembered: one may return to them. */
  void beginDay() {
    visits.clear();
    seeking.clear();
  }

  Collection<Visit> all() {
    return visits.values();
  }

  /** Remembers a click of a day that is not looked at otherwise. */
  void remember(PersonEvent event) {
    if (event.person() && event.is(EventType.CLICK) && event.campaign() != null) {
      lastClick.put(event.campaign(), event.time());
    }
  }

  /**
   * Looks at an event.
   *
   * @param ofVisit the visit that it is part of, see {@link VisitNumbers}; or null
   */
  Moment see(PersonEvent event, Object ofVisit) {
    Visit visit = ofVisit == null ? null : visits.computeIfAbsent(ofVisit, id -> new Visit(rule));
    List<String> landed = List.of();
    Set<String> landing = Set.of();
    Set<String> returning = Set.of();
    if (visit != null) {
      if (event.is(EventType.PAGE_VIEW)) {
        landed = land(event, visit);
        landing = landing(event, visit, landed);
        returning = visit.activity.pageViews() == 0 ? returning(event, landed) : Set.of();
      } else if (event.is(EventType.CLICK) && event.campaign() != null) {
        seek(event, visit);
      } else if (event.is(EventType.ENGAGEMENT)) {
        visit.engagements++;
      }
      visit.converted |= event.counts();
      visit.activity.see(event);
    }
    remember(event);
    return new Moment(event, visit, landed, landing, returning);
  }

  private void seek(PersonEvent click, Visit visit) {
    if (click.session() != null) {
      visit.waiting.add(click.campaign());
    } else {
      seeking.add(new Seeking(click.campaign(), click.time() + gap));
    }
  }

  /** The clicks whose session the page view makes; they have one then. */
  private List<String> land(PersonEvent page, Visit visit) {
    if (visit.waiting.isEmpty() && seeking.isEmpty()) {
      return List.of();
    }
    List<String> landed = new ArrayList<>(visit.waiting);
    visit.waiting.clear();
    for (Seeking click : seeking) {
      if (page.time() <= click.until()) {
        landed.add(click.campaign());
      }
    }
    seeking.clear();
    visit.clicked.addAll(landed);
    return landed;
  }

  private static Set<String> landing(PersonEvent page, Visit visit, List<String> landed) {
    visit.campaigns.addAll(landed);
    if (page.campaign() == null) {
      return Collections.unmodifiableSet(visit.campaigns);
    }
    visit.campaigns.add(page.campaign());
    Set<String> landing = new LinkedHashSet<>(landed);
    landing.add(page.campaign());
    return landing;
  }

  private Set<String> returning(PersonEvent page, List<String> landed) {
    if (!page.person() || lastClick.isEmpty()) {
      return Set.of();
    }
    Set<String> returning = new LinkedHashSet<>();
    lastClick.forEach(
        (campaign, time) -> {
          if (page.time() - time <= RETURN_WINDOW && !landed.contains(campaign)) {
            returning.add(campaign);
          }
        });
    return returning;
  }
}
