package dev.throughline.model;

import dev.throughline.input.EventType;
import dev.throughline.model.DayVisits.Moment;
import dev.throughline.model.JourneySweep.Plan;
import java.util.Set;

/**
 * Leads the events of one visitor after another, in order, to all that looks at them: the person's
 * journeys on every day, and what people do on the days of the run.
 */
final class Visitor {
  private final Plan plan;
  private final Set<String> leadEvents;
  private final Person person;
  private final JourneyTally journeys;
  private final Learning learning;
  private final DayVisits visits;
  private final AfterClick afterClick;
  private final DropOff dropOff;
  private final Intent intent;
  private PersonEvent last;
  private boolean touched;
  private boolean converted;

  Visitor(Plan plan, Sums sums) {
    this.plan = plan;
    leadEvents = plan.attribution().leadEvents();
    person = new Person(plan.attribution());
    Resamples resamples = new Resamples(plan.attribution().resamples());
    journeys = new JourneyTally(plan, resamples, sums);
    learning = new Learning(plan, resamples, sums);
    visits = new DayVisits(plan.session());
    IntentSignals signals = new IntentSignals(plan.people());
    afterClick = new AfterClick(sums);
    dropOff = new DropOff(plan.people(), signals, sums);
    intent = new Intent(signals, sums);
  }

  void take(PersonEvent event) {
    boolean same =
        last != null && last.person() == event.person() && last.visitor().equals(event.visitor());
    if (!same || last.day() != event.day()) {
      endDay();
    }
    if (!same) {
      learning.endPerson();
      person.begin();
      visits.beginVisitor();
    }
    last = event;
    if (event.day() < plan.from()) {
      visits.remember(event);
    } else {
      followDay(event);
    }
    if (event.person()) {
      followJourney(event);
    }
  }

  /** After the last event. */
  void end() {
    endDay();
    learning.endPerson();
    last = null;
  }

  private void endDay() {
    if (touched || converted) {
      endJourneyDay();
    }
    if (last == null || last.day() < plan.from()) {
      return;
    }
    afterClick.endDay(last.day(), visits);
    intent.endDay(last.day());
    visits.beginDay();
    dropOff.beginDay();
    intent.beginDay();
  }

  private void endJourneyDay() {
    Journey open = person.unconverted();
    learning.endDay(last.day(), last.visitor(), open);
    if (touched && last.day() >= plan.from()) {
      journeys.open(last.day(), open);
    }
    touched = false;
    converted = false;
  }

  private void followDay(PersonEvent event) {
    Moment moment = visits.see(event);
    afterClick.see(moment);
    if (event.person()) {
      dropOff.see(moment);
      intent.see(moment);
    }
  }

  private void followJourney(PersonEvent event) {
    boolean click = event.is(EventType.CLICK);
    if (event.campaign() != null && click) {
      person.click(event);
      touched = true;
    } else if (event.campaign() != null && event.is(EventType.IMPRESSION) && event.seen()) {
      touched |= person.view(event);
    } else if (event.is(EventType.CONVERSION)) {
      if (event.counts() && event.day() >= Math.min(plan.creditedFrom(), plan.learnedFrom())) {
        Journey journey = person.convert(event.time());
        learning.converted(event, journey);
        if (event.day() >= plan.creditedFrom()) {
          journeys.credit(event, journey, person.capped());
        }
      }
      person.converted();
      converted = true;
      lead(event);
    } else if (event.is(EventType.ENGAGEMENT)) {
      lead(event);
    }
  }

  private void lead(PersonEvent event) {
    if (leadEvents.contains(event.name())) {
      person.lead();
    }
  }
}
