package dev.throughline.model;

import dev.throughline.config.Settings.SessionRule;
import dev.throughline.input.EventType;

/**
 * Tells which visit of a visitor's day an event is part of: the given session, or else one that
 * begins when the visitor's events without a session have paused for the gap. Impressions are no
 * part of a visit: they happen elsewhere; nor is invalid traffic, nor what nobody is known to have
 * done.
 */
final class VisitNumbers {
  private final long gap;
  private int number;
  private long last;

  VisitNumbers(SessionRule rule) {
    gap = rule.gap().toNanos() / 1000;
  }

  /** Begins a visitor's day. */
  void beginDay() {
    number = 0;
  }

  /** The visit, told from the others of the day by equals; null for none. */
  Object of(PersonEvent event) {
    if (!event.valid() || event.is(EventType.IMPRESSION) || event.kind() > Facts.SESSION) {
      return null;
    }
    if (event.session() != null) {
      return event.session();
    }
    if (number == 0 || event.time() - last >= gap) {
      number++;
    }
    last = event.time();
    return number;
  }
}
