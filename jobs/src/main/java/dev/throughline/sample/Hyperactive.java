package dev.throughline.sample;

import static dev.throughline.sample.Rhythm.DAY;
import static dev.throughline.sample.Rhythm.HOUR;
import static dev.throughline.sample.Rhythm.SECOND;

import java.util.Set;

/** Undeclared robots: an ordinary browser name, but far more events in one hour than a person. */
final class Hyperactive {
  private static final Set<Long> NUMBERS = Set.of(11L, 222L, 3333L);
  private static final int EVENTS = 1_300;

  private Hyperactive() {}

  static boolean is(long number) {
    return NUMBERS.contains(number);
  }

  /** Adds the burst: 1,300 impressions, every tenth of them clicked, inside one clock hour. */
  static void burst(Timeline timeline, SampleOptions options) {
    long number = timeline.person().number();
    Campaign campaign = CampaignPlan.ALL.get((int) (number % 2) + 20);
    long day = Math.min(options.days() - 1, 5 + number % 29);
    long start = options.startMillis() + day * DAY + 13 * HOUR;
    for (int i = 0; i < EVENTS; i++) {
      EventDraft impression = new EventDraft("impression", start + 2L * i * SECOND).of(campaign);
      impression.creativeId = campaign.id() + "-1";
      impression.impressionId = timeline.nextImpression();
      impression.viewable = true;
      timeline.add(impression);
      if (i % 10 == 0) {
        EventDraft click = new EventDraft("click", impression.time + SECOND).of(campaign);
        click.creativeId = impression.creativeId;
        click.impressionId = impression.impressionId;
        timeline.add(click);
      }
    }
  }
}
