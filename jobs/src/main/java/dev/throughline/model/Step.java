package dev.throughline.model;

import dev.throughline.input.EventType;
import dev.throughline.model.DayVisits.Moment;
import java.util.Set;

/** A step of the people funnel: what takes a person there. */
sealed interface Step {
  /** Whether the event takes a person who is followed for the campaign to this step. */
  boolean fits(Moment moment, String campaign, IntentSignals signals);

  /**
   * A state is reached on top of the step that an event fills; of other steps it fills one at most.
   */
  default boolean state() {
    return false;
  }

  /** The campaigns whose funnel an event enters, if this is the first step. */
  default Set<String> entered(Moment moment, IntentSignals signals) {
    String campaign = moment.event().campaign();
    return campaign != null && fits(moment, campaign, signals) ? Set.of(campaign) : Set.of();
  }

  /** The step of a word in {@code throughline.drop-off.steps}, which the configuration checked. */
  static Step of(String word) {
    return switch (word) {
      case "impression" -> new Contact(EventType.IMPRESSION, false);
      case "viewable" -> new Contact(EventType.IMPRESSION, true);
      case "click" -> new Contact(EventType.CLICK, false);
      case "landed" -> new Landed();
      case "engaged" -> new Engaged();
      case "intent" -> new Intending();
      case "conversion" -> new Converted();
      default -> new Named(word.substring("event:".length()));
    };
  }

  /** An impression of the campaign, perhaps only a seen one, or a click on it. */
  record Contact(EventType type, boolean state) implements Step {
    @Override
    public boolean fits(Moment moment, String campaign, IntentSignals signals) {
      PersonEvent event = moment.event();
      return event.is(type) && campaign.equals(event.campaign()) && (!state || event.seen());
    }
  }

  /** A page view that belongs to the campaign. */
  record Landed() implements Step {
    @Override
    public boolean fits(Moment moment, String campaign, IntentSignals signals) {
      return moment.landing().contains(campaign);
    }

    @Override
    public Set<String> entered(Moment moment, IntentSignals signals) {
      return moment.landing();
    }
  }

  /** A visit of the campaign is engaged. */
  record Engaged() implements Step {
    @Override
    public boolean fits(Moment moment, String campaign, IntentSignals signals) {
      return moment.engagedFor(campaign);
    }

    @Override
    public boolean state() {
      return true;
    }
  }

  /** A signal of intent; who converts without one has shown it by that. */
  record Intending() implements Step {
    @Override
    public boolean fits(Moment moment, String campaign, IntentSignals signals) {
      return signals.shown(moment, campaign) || new Converted().fits(moment, campaign, signals);
    }

    @Override
    public boolean state() {
      return true;
    }
  }

  /** A conversion that counts. */
  record Converted() implements Step {
    @Override
    public boolean fits(Moment moment, String campaign, IntentSignals signals) {
      return moment.event().counts() && moment.event().concerns(campaign);
    }
  }

  /** An engagement or conversion of a name. */
  record Named(String name) implements Step {
    @Override
    public boolean fits(Moment moment, String campaign, IntentSignals signals) {
      PersonEvent event = moment.event();
      return (event.is(EventType.ENGAGEMENT) || event.is(EventType.CONVERSION))
          && name.equals(event.name())
          && event.concerns(campaign);
    }
  }
}
