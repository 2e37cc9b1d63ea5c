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

  /** Whether the event shows intent for the campaign. */
  boolean shown(Moment moment, String campaign) {
    PersonEvent event = moment.event();
    boolean named =
        (event.is(EventType.ENGAGEMENT) || event.is(EventType.PAGE_VIEW))
            && event.name() != null
            && names.contains(event.name())
            && event.concerns(campaign);
    return named || (returnVisits && moment.returning().contains(campaign));
  }
}
