package dev.throughline.model;

import dev.throughline.config.Settings.PeopleRules;
import dev.throughline.model.DayVisits.Moment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Follows a person through the steps of each campaign's funnel on a day: a part of the sweep. */
final class DropOff {
  private static final long SECOND = 1_000_000;

  /** How far a person has come in a campaign's funnel. */
  private static final class Chain {
    private final long entered;
    private int step;
    private long lastStep;

    Chain(long time) {
      entered = time;
      lastStep = time;
    }
  }

  private final Sums sums;
  private final List<Step> steps;
  private final IntentSignals signals;
  private final long window;
  private final Map<String, Chain> chains = new HashMap<>();

  DropOff(PeopleRules rules, IntentSignals signals, Sums sums) {
    this.sums = sums;
    this.signals = signals;
    steps = rules.steps().stream().map(Step::of).toList();
    window = rules.window().toNanos() / 1000;
  }

  void beginDay() {
    chains.clear();
  }

  void see(Moment moment) {
    PersonEvent event = moment.event();
    for (Map.Entry<String, Chain> followed : chains.entrySet()) {
      if (open(followed.getValue(), event)) {
        advance(followed.getKey(), followed.getValue(), moment, false);
      }
    }
    for (String campaign : steps.get(0).entered(moment, signals)) {
      Chain chain = chains.get(campaign);
      if (chain == null || !open(chain, event)) {
        Chain entry = new Chain(event.time());
        chains.put(campaign, entry);
        sums.count(event.day(), Swept.STEP, campaign, "", 0, 0);
        advance(campaign, entry, moment, true);
      }
    }
  }

  private boolean open(Chain chain, PersonEvent event) {
    return event.time() - chain.entered <= window;
  }

  private void advance(String campaign, Chain chain, Moment moment, boolean entering) {
    PersonEvent event = moment.event();
    boolean used = entering;
    while (chain.step + 1 < steps.size()) {
      Step next = steps.get(chain.step + 1);
      if ((used && !next.state()) || !next.fits(moment, campaign, signals)) {
        return;
      }
      used |= !next.state();
      chain.step++;
      long seconds = (event.time() - chain.lastStep) / SECOND;
      chain.lastStep = event.time();
      sums.count(event.day(), Swept.STEP, campaign, "", seconds, chain.step);
    }
  }
}
