package dev.throughline.model;

import dev.throughline.config.Settings.PeopleRules;
import dev.throughline.input.EventType;
import dev.throughline.model.DayVisits.Moment;
import java.util.Set;

/** What counts as a signal of intent. */
final class IntentSignals {
  private final Set<String> names;
  private final boolean returnVisits;

  IntentSignals(PeopleRules rules) {
    names = rules.signals();
    returnVisits = rules.returnVisitIsSignal();
  }

  /** Whether the event is a signal by its name. */
  boolean named(PersonEvent event) {
    return (event.is(EventType.ENGAGEMENT) || event.is(EventType.PAGE_VIEW))
        && event.name() != null
        && names.contains(event.name());
  }

  /** Whether the event is a return visit, and that is a signal. */
  boolean returned(Moment moment, String campaign) {
    return returnVisits && moment.returning().contains(campaign);
  }

  /** Whether the event shows intent for a campaign that the person is followed for. */
  boolean shown(Moment moment, String campaign) {
    return (named(moment.event()) && moment.event().concerns(campaign))
        || returned(moment, campaign);
  }
}
