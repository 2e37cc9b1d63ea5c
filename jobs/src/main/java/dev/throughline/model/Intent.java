package dev.throughline.model;

import dev.throughline.input.EventType;
import dev.throughline.model.DayVisits.Moment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds what a person showed of each campaign on a day: a part of the sweep. */
public final class Intent {
  /** The last tier: a conversion. */
  public static final String ACTED = "acted";

  /** The tiers, weakest first. */
  public static final List<String> TIERS =
      List.of("seen", "curious", "considering", "intending", ACTED);

  private static final int SEEN = 0;
  private static final int CURIOUS = 1;
  private static final int CONSIDERING = 2;
  private static final int INTENDING = 3;

  /** Who shows nothing before acting showed the last tier. */
  private static final int NOTHING = 4;

  /** What a person has shown of a campaign so far. */
  private static final class Shown {
    private boolean came;
    private int tier = NOTHING;
    private int conversions;
    private long value;

    void show(int strength) {
      if (conversions == 0 && strength != NOTHING && (tier == NOTHING || strength > tier)) {
        tier = strength;
      }
    }
  }

  private final Sums sums;
  private final IntentSignals signals;
  private final Map<String, Shown> campaigns = new HashMap<>();

  Intent(IntentSignals signals, Sums sums) {
    this.signals = signals;
    this.sums = sums;
  }

  void beginDay() {
    campaigns.clear();
  }

  private Shown of(String campaign) {
    return campaigns.computeIfAbsent(campaign, first -> new Shown());
  }

  void see(Moment moment) {
    PersonEvent event = moment.event();
    if (event.counts() || signals.named(event)) {
      act(event);
    }
    String own = event.campaign();
    if (own != null && event.is(EventType.IMPRESSION) && event.seen()) {
      come(own, SEEN);
    } else if (own != null && event.is(EventType.CLICK)) {
      come(own, CURIOUS);
    }
    moment.landing().forEach(campaign -> come(campaign, CURIOUS));
    for (String campaign : moment.returning()) {
      come(campaign, signals.returned(moment, campaign) ? INTENDING : NOTHING);
    }
    // That a conversion engages its visit is no sign before it: it has been acted upon by now.
    if (moment.visit() != null && moment.visit().activity.engaged()) {
      moment.visit().campaigns.forEach(campaign -> come(campaign, CONSIDERING));
    }
  }

  /** A signal or conversion: of its own campaign, or else of all that the person has come to. */
  private void act(PersonEvent event) {
    if (event.campaign() != null) {
      act(event, of(event.campaign()));
      return;
    }
    for (Shown shown : campaigns.values()) {
      if (shown.came) {
        act(event, shown);
      }
    }
  }

  private static void act(PersonEvent event, Shown shown) {
    if (event.counts()) {
      shown.conversions++;
      shown.value += event.value();
    } else {
      shown.show(INTENDING);
    }
  }

  private void come(String campaign, int strength) {
    Shown shown = of(campaign);
    shown.came = true;
    shown.show(strength);
  }

  void endDay(int day) {
    campaigns.forEach(
        (campaign, shown) -> {
          String action = shown.conversions > 0 ? ACTED : "";
          if (shown.tier != NOTHING || shown.conversions > 0) {
            String tier = TIERS.get(shown.tier);
            sums.count(
                new Sums.Key(day, Swept.INTENT, "", campaign, action, tier, 0, 0),
                shown.conversions,
                shown.value);
          }
        });
  }
}
