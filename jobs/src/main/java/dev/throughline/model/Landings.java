package dev.throughline.model;

import dev.throughline.config.Settings.SessionRule;
import dev.throughline.input.EventType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which visits of a visitor and day landed for which campaign, and whether they were engaged: a
 * part of the sweep.
 *
 * <p>A visit lands for a campaign if it has a page view of the campaign, or a page view of none
 * after the first click or page view that names a campaign, which then is the visit's. A visit that
 * names no campaign lands for none.
 */
final class Landings {
  /** Is told of each campaign that a visit landed for; null for visits without one. */
  @FunctionalInterface
  interface Landed {
    void at(String campaign, boolean engaged);
  }

  /** A visit as it is so far. */
  private static final class Visit {
    private final Set<String> withPage = new HashSet<>();
    private String broughtBy;
    private boolean organicAfter;
    private boolean organic;
    private final VisitActivity activity;

    private Visit(SessionRule rule) {
      activity = new VisitActivity(rule);
    }
  }

  private final SessionRule rule;
  private final Map<Object, Visit> visits = new HashMap<>();

  Landings(SessionRule rule) {
    this.rule = rule;
  }

  void see(PersonEvent event, Object ofVisit) {
    Visit visit = visits.computeIfAbsent(ofVisit, first -> new Visit(rule));
    boolean page = event.is(EventType.PAGE_VIEW);
    if (visit.broughtBy == null && (page || event.is(EventType.CLICK))) {
      visit.broughtBy = event.campaign();
    }
    if (page) {
      if (event.campaign() != null) {
        visit.withPage.add(event.campaign());
      } else {
        visit.organic = true;
        visit.organicAfter |= visit.broughtBy != null;
      }
    }
    visit.activity.see(event);
  }

  /** Tells of all visits and forgets them. */
  void end(Landed landed) {
    if (visits.isEmpty()) {
      return;
    }
    for (Visit visit : visits.values()) {
      boolean engaged = visit.activity.engaged();
      if (visit.organicAfter) {
        visit.withPage.add(visit.broughtBy);
      }
      visit.withPage.forEach(campaign -> landed.at(campaign, engaged));
      if (visit.organic && visit.broughtBy == null) {
        landed.at(null, engaged);
      }
    }
    visits.clear();
  }
}
