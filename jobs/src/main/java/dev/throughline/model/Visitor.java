package dev.throughline.model;

import dev.throughline.input.EventType;
import dev.throughline.model.DayVisits.Moment;
import dev.throughline.model.JourneySweep.Plan;
import java.util.Set;

/**
 * Leads the events of one visitor after another, in order, to all that looks at them: the campaigns
 * on every day that is counted, the person's journeys on every day, and what people do on the days
 * of the run.
 */
final class Visitor {
  private final Plan plan;
  private final boolean daysOfPeople;
  private final Set<String> leadEvents;
  private final Person person;
  private final JourneyTally journeys;
  private final Learning learning;
  private final CampaignTally campaigns;
  private final VisitNumbers numbers;
  private final DayVisits visits;
  private final AfterClick afterClick;
  private final DropOff dropOff;
  private final Intent intent;
  private PersonEvent last;

  /** The last day on which the person touched or converted. */
  private int journeyDay;

  private boolean touched;
  private boolean converted;

  Visitor(Plan plan, Sums sums, CampaignTally campaigns) {
    this.plan = plan;
    daysOfPeople = plan.needs().contains(Need.DAYS_OF_PEOPLE);
    this.campaigns = campaigns;
    numbers = new VisitNumbers(plan.session());
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
        last != null && last.kind() == event.kind() && last.visitor().equals(event.visitor());
    if (!same || last.day() != event.day()) {
      endDay(same && event.day() < plan.from());
    }
    if (!same) {
      learning.endPerson();
      person.begin();
      visits.beginVisitor();
    }
    last = event;
    Object visit = numbers.of(event);
    if (event.counted()) {
      campaigns.see(event, visit);
    }
    if (event.followed()) {
      follow(event, visit);
    }
  }

  private void follow(PersonEvent event, Object visit) {
    if (daysOfPeople && event.day() < plan.from()) {
      visits.remember(event);
    } else if (daysOfPeople) {
      followDay(event, visit);
    }
    if (event.person()) {
      followJourney(event);
    }
  }

  /** After the last event. */
  void end() {
    endDay(false);
    learning.endPerson();
    last = null;
  }

  /**
   * Ends a visitor's day.
   *
   * @param again whether the visitor's next day comes before the run as well: what journeys are
   *     learned from is the same then, since only what is there when the run begins matters
   */
  private void endDay(boolean again) {
    if ((touched || converted) && !again) {
      endJourneyDay();
    }
    if (last == null) {
      return;
    }
    campaigns.endDay(last);
    numbers.beginDay();
    if (last.day() < plan.from() || !daysOfPeople) {
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
    learning.endDay(journeyDay, last.visitor(), open);
    if (touched && journeyDay >= plan.from()) {
      journeys.open(journeyDay, open);
    }
    touched = false;
    converted = false;
  }

  private void followDay(PersonEvent event, Object visit) {
    Moment moment = visits.see(event, visit);
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
      touch(event);
    } else if (event.campaign() != null && event.is(EventType.IMPRESSION) && event.seen()) {
      if (person.view(event)) {
        touch(event);
      }
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
      journeyDay = event.day();
      lead(event);
    } else if (event.is(EventType.ENGAGEMENT)) {
      lead(event);
    }
  }

  private void touch(PersonEvent event) {
    touched = true;
    journeyDay = event.day();
  }

  private void lead(PersonEvent event) {
    if (leadEvents.contains(event.name())) {
      person.lead();
    }
  }
}
