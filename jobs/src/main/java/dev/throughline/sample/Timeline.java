package dev.throughline.sample;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The events of one person as they come to be; it gives them what they have in common. */
final class Timeline {
  private final Person person;
  private final SampleOptions options;
  private final List<EventDraft> events = new ArrayList<>();
  private int impressions;
  private int sessions;
  private int orders;
  private boolean anonymous;

  Timeline(Person person, SampleOptions options) {
    this.person = person;
    this.options = options;
  }

  Person person() {
    return person;
  }

  /** From here on the person is, or is not, recognised. */
  void setAnonymous(boolean value) {
    anonymous = value;
  }

  /** Adds an event, unless it lies outside the range. */
  EventDraft add(EventDraft event) {
    event.userId = anonymous ? null : person.userId();
    event.consent = person.consent();
    event.userAgent = person.userAgent();
    event.invalidReason = person.invalidReason();
    if (event.time >= options.startMillis() && event.time < options.endMillis()) {
      events.add(event);
    }
    return event;
  }

  String nextImpression() {
    return "i" + scoped(++impressions);
  }

  /** The id of a new session, or null where the site records none. */
  String nextSession() {
    sessions++;
    return person.namedSessions() ? "s" + scoped(sessions) : null;
  }

  String nextOrder() {
    return "o" + scoped(++orders);
  }

  /** The events in order of time, with their ids. */
  List<EventDraft> numbered() {
    // The sort is stable, so that events of one instant keep the order in which they were made.
    events.sort(Comparator.comparingLong(event -> event.time));
    for (int i = 0; i < events.size(); i++) {
      events.get(i).eventId = "e" + scoped(i + 1);
    }
    return events;
  }

  private String scoped(int number) {
    return Ids.padded(person.number(), 7) + "-" + Ids.padded(number, 4);
  }
}
