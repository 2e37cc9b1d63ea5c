package dev.throughline.model;

import dev.throughline.config.Settings.SessionRule;
import dev.throughline.input.EventType;

/**
 * What was done in a visit so far, and whether that makes it engaged: with a conversion, with as
 * many page views as the rule asks for, or with more time in the foreground. Once engaged it stays
 * so.
 */
final class VisitActivity {
  private final long engagedAbove;
  private final int engagedPageViews;
  private int pageViews;
  private long foreground;
  private boolean converted;

  VisitActivity(SessionRule rule) {
    engagedAbove = Math.round(rule.engagedSeconds() * 1e6);
    engagedPageViews = rule.engagedPageViews();
  }

  void see(PersonEvent event) {
    pageViews += event.is(EventType.PAGE_VIEW) ? 1 : 0;
    foreground += event.foreground();
    converted |= event.is(EventType.CONVERSION);
  }

  int pageViews() {
    return pageViews;
  }

  /** Microseconds in the foreground. */
  long foreground() {
    return foreground;
  }

  boolean engaged() {
    return converted || pageViews >= engagedPageViews || foreground > engagedAbove;
  }
}
