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
    private int tier = NOTHING;
    private int conversions;
    private long value;

    void show(int strength) {
      if (conversions == 0 && (tier == NOTHING || strength > tier)) {
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
    String own = event.campaign();
    if (own != null && event.is(EventType.IMPRESSION) && event.seen()) {
      of(own).show(SEEN);
    } else if (own != null && event.is(EventType.CLICK)) {
      of(own).show(CURIOUS);
    }
    moment.landing().forEach(campaign -> of(campaign).show(CURIOUS));
    moment.returning().forEach(this::of);
    if (own != null && (event.counts() || signals.shown(moment, own))) {
      of(own);
    }
    for (Map.Entry<String, Shown> known : campaigns.entrySet()) {
      String campaign = known.getKey();
      Shown shown = known.getValue();
      if (event.counts()) {
        // It engages its visit, but that is no sign of what was to come.
        if (event.concerns(campaign)) {
          shown.conversions++;
          shown.value += event.value();
        }
        continue;
      }
      if (moment.engagedFor(campaign)) {
        shown.show(CONSIDERING);
      }
      if (signals.shown(moment, campaign)) {
        shown.show(INTENDING);
      }
    }
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
