package dev.throughline.model;

import dev.throughline.input.EventType;
import dev.throughline.model.DayVisits.Moment;
import dev.throughline.model.DayVisits.Visit;

/** Counts what follows clicks, by campaign: a part of the sweep. */
public final class AfterClick {
  public static final String FOLLOWED_CLICKS = "followed_clicks";
  public static final String LANDED_CLICKS = "landed_clicks";
  public static final String LANDED_SESSIONS = "landed_sessions";
  public static final String ENGAGED_SESSIONS = "engaged_sessions";
  public static final String PAGE_VIEWS = "page_views";
  public static final String ENGAGEMENT_EVENTS = "engagement_events";
  public static final String CONVERTING_SESSIONS = "converting_sessions";
  public static final String RETURN_VISITS = "return_visits";

  private final Sums sums;

  AfterClick(Sums sums) {
    this.sums = sums;
  }

  void see(Moment moment) {
    PersonEvent event = moment.event();
    int day = event.day();
    if (event.is(EventType.CLICK) && event.campaign() != null) {
      count(day, event.campaign(), FOLLOWED_CLICKS, 1);
    }
    for (String campaign : moment.landed()) {
      count(day, campaign, LANDED_CLICKS, 1);
    }
    for (String campaign : moment.returning()) {
      count(day, campaign, RETURN_VISITS, 1);
    }
  }

  void endDay(int day, DayVisits visits) {
    for (Visit visit : visits.all()) {
      for (String campaign : visit.clicked) {
        count(day, campaign, LANDED_SESSIONS, 1);
        count(day, campaign, ENGAGED_SESSIONS, visit.activity.engaged() ? 1 : 0);
        count(day, campaign, PAGE_VIEWS, visit.activity.pageViews());
        count(day, campaign, ENGAGEMENT_EVENTS, visit.engagements);
        count(day, campaign, CONVERTING_SESSIONS, visit.converted ? 1 : 0);
        sums.count(day, Swept.FOREGROUND, campaign, "", visit.activity.foreground(), 0);
      }
    }
  }

  private void count(int day, String campaign, String what, int times) {
    if (times > 0) {
      sums.count(day, Swept.AFTER_CLICK, campaign, what, times);
    }
  }
}
