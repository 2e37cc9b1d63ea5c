package dev.throughline.sample;

import static dev.throughline.sample.Rhythm.SECOND;

import java.math.BigDecimal;
import java.util.SplittableRandom;

/** What happens on the site: pages, engagement, and now and then a conversion. */
final class SiteVisit {

  /** How a visit goes: until when, whether the person stayed, whether something was bought. */
  record Outcome(long end, boolean engaged, boolean bought) {}

  private static final double ENGAGED = 0.45;

  private final SplittableRandom random;
  private final Timeline timeline;

  SiteVisit(SplittableRandom random, Timeline timeline) {
    this.random = random;
    this.timeline = timeline;
  }

  /**
   * One session.
   *
   * @param campaign whose landing page it is, or null
   * @param conversionRate chance that the visit ends in the action
   */
  Outcome at(long start, Campaign campaign, double conversionRate, String action) {
    String session = timeline.nextSession();
    boolean converts = Chance.hits(random, conversionRate);
    if (!converts && !Chance.hits(random, ENGAGED)) {
      page(start, campaign, session, random.nextInt(10));
      return new Outcome(start, false, false);
    }
    long time = start;
    // A third of those who stay read one page for long; everybody else looks around.
    int pages = !converts && random.nextInt(3) == 0 ? 1 : Chance.between(random, 2, 6);
    for (int i = 0; i < pages; i++) {
      int seconds = Chance.between(random, 11, 90);
      page(time, campaign, session, seconds);
      maybe(0.35, "scroll", time + seconds * SECOND / 2, campaign, session);
      time += (seconds + random.nextInt(40)) * SECOND;
    }
    maybe(0.10, "video_complete", time, campaign, session);
    double intent = converts ? 0.9 : 0.18;
    String signal = action.equals("purchase") ? "add_to_cart" : "form_start";
    maybe(intent, signal, time + 5 * SECOND, campaign, session);
    time += Chance.between(random, 20, 240) * SECOND;
    if (converts) {
      convert(time, campaign, session, action);
      if (random.nextInt(10) == 0) {
        convert(time + 30 * SECOND, campaign, session, "sign_up");
      }
    }
    return new Outcome(time, true, converts && !action.equals("sign_up"));
  }

  private void page(long time, Campaign campaign, String session, int seconds) {
    EventDraft page = new EventDraft("page_view", time).of(campaign).in(session);
    page.engagementSeconds = (double) seconds;
    timeline.add(page);
  }

  private void maybe(double chance, String name, long time, Campaign campaign, String session) {
    if (Chance.hits(random, chance)) {
      timeline.add(new EventDraft("engagement", time).named(name).of(campaign).in(session));
    }
  }

  private void convert(long time, Campaign campaign, String session, String action) {
    EventDraft conversion = new EventDraft("conversion", time).named(action);
    conversion.of(campaign).in(session).value = worth(action);
    boolean isLead = action.equals("sign_up") || action.equals("download");
    conversion.orderId = isLead ? null : timeline.nextOrder();
    timeline.add(conversion);
    if (!isLead && random.nextInt(50) == 0) {
      // The confirmation page was loaded again: another event of the same order.
      EventDraft again = conversion.copy();
      again.time += Chance.between(random, 60, 300) * SECOND;
      again.received = EventDraft.nextBatch(again.time);
      timeline.add(again);
    }
  }

  private BigDecimal worth(String action) {
    return switch (action) {
      case "purchase" -> cents(Chance.heavyTailed(random, 1_900, 1.4, 90_000));
      case "booking" -> cents(100L * Chance.heavyTailed(random, 140, 1.8, 4_000));
      case "download" -> cents(0);
      default -> null;
    };
  }

  private static BigDecimal cents(long amount) {
    return BigDecimal.valueOf(amount, 2);
  }
}
