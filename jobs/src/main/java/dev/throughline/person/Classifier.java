package dev.throughline.person;

import dev.throughline.input.EventType;

/**
 * Classifies events that come in {@link EventOrder}: tells duplicates from facts, and marks invalid
 * traffic by the first rule that applies. Every rule looks at one visitor and one reporting day.
 *
 * <p>Whether a person's hour has too many events is known when it ends. Until then its events are
 * held, at most one more than the limit.
 */
final class Classifier {
  private static final int CLICK = EventType.CLICK.rank();

  private final TrafficRules rules;
  private final ClassifiedEvents to;
  private final HeldEvents held = new HeldEvents();

  // The row before.
  private final HeldEvents before = new HeldEvents();
  private CompactEvent last;
  private int place;

  // The visitor's last click of the day.
  private boolean clicked;
  private int clickedCampaign;
  private long clickTime;

  // The hour of a person.
  private long hour;
  private int factsOfHour;
  private boolean overLimit;

  Classifier(TrafficRules rules, ClassifiedEvents to) {
    this.rules = rules;
    this.to = to;
  }

  void take(CompactEvent event) {
    boolean sameDay = last != null && EventOrder.sameDay(last, event);
    if (!sameDay) {
      endHour();
      place = 0;
      clicked = false;
    }
    place++;
    boolean limited = rules.eventsPerHour() > 0 && event.kind() == VisitorKind.USER;
    if (limited && (!sameDay || event.hour() != hour)) {
      endHour();
      hour = event.hour();
    }
    Classification found = classify(event, sameDay);
    remember(event);
    if (!limited) {
      to.take(event, found, place);
      return;
    }
    factsOfHour += found.fact() ? 1 : 0;
    if (!overLimit && factsOfHour > rules.eventsPerHour()) {
      overLimit = true;
      release();
    }
    if (overLimit) {
      to.take(event, limited(found), place);
    } else {
      held.add(event, found, place);
    }
  }

  private Classification classify(CompactEvent event, boolean sameDay) {
    if (event.rejected()) {
      return Classification.REJECTED;
    }
    boolean click = event.rank() == CLICK;
    boolean repeats =
        click
            && clicked
            && event.kind().compareTo(VisitorKind.SESSION) <= 0
            && rules.doubleClickWindow() > 0
            && event.campaign() == clickedCampaign
            && event.time() - clickTime <= rules.doubleClickWindow();
    if (click) {
      // A duplicate has the campaign and the time of the fact before it, so it may stand for it.
      clicked = true;
      clickedCampaign = event.campaign();
      clickTime = event.time();
    }
    if (sameDay && last.payload() == event.payload() && sameId(event)) {
      return Classification.DUPLICATE;
    }
    if (event.invalidUpstream()) {
      return Classification.UPSTREAM;
    }
    if (event.bot()) {
      return Classification.DECLARED_BOT;
    }
    return repeats ? Classification.DOUBLE_CLICK : Classification.VALID;
  }

  private boolean sameId(CompactEvent event) {
    return last.texts().compareIds(event.texts()) == 0;
  }

  /** What a row of an hour over the limit is: that rule comes before double clicks. */
  private static Classification limited(Classification found) {
    boolean later = found == Classification.VALID || found == Classification.DOUBLE_CLICK;
    return later ? Classification.ACTIVITY_LIMIT : found;
  }

  private void remember(CompactEvent event) {
    before.clear();
    before.add(event, Classification.VALID, 0);
    last = before.get(0);
  }

  private void release() {
    for (int i = 0; i < held.size(); i++) {
      Classification found = held.classification(i);
      to.take(held.get(i), overLimit ? limited(found) : found, held.place(i));
    }
    held.clear();
  }

  private void endHour() {
    release();
    factsOfHour = 0;
    overLimit = false;
  }

  /** After the last event. */
  void end() {
    endHour();
    last = null;
  }
}
