package dev.throughline.sample;

import static dev.throughline.sample.Rhythm.DAY;
import static dev.throughline.sample.Rhythm.HOUR;
import static dev.throughline.sample.Rhythm.MINUTE;
import static dev.throughline.sample.Rhythm.SECOND;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.SplittableRandom;

/** The life of one ordinary person over the range: advertisements met, visits made, things done. */
final class Journey {
  private static final double LANDS = 0.85;

  /** Somebody who looks the brand up after an advertisement knows what they want. */
  private static final double LOOK_UP_CVR = 0.075;

  private final SplittableRandom random;
  private final Schedule schedule;
  private final Rhythm rhythm;
  private final Timeline timeline;
  private final SiteVisit site;
  private boolean visited;
  private Campaign favourite;

  Journey(SplittableRandom random, Schedule schedule, Rhythm rhythm, Timeline timeline) {
    this.random = random;
    this.schedule = schedule;
    this.rhythm = rhythm;
    this.timeline = timeline;
    this.site = new SiteVisit(random, timeline);
  }

  /** Fills the timeline. */
  void live() {
    Person person = timeline.person();
    long[] moments = new long[person.encounters()];
    Arrays.setAll(moments, i -> rhythm.moment(random));
    Arrays.sort(moments);
    for (long moment : moments) {
      timeline.setAnonymous(Chance.hits(random, 0.06));
      if (person.organicOnly()) {
        organic(moment, 0.035);
      } else if (Chance.hits(random, 0.045)) {
        organic(moment, 0.012);
      } else {
        encounter(moment, pick(moment));
      }
    }
  }

  /** People meet the same campaign again more often than chance would have it. */
  private Campaign pick(long time) {
    int day = rhythm.dayOf(time);
    if (favourite != null && schedule.runs(favourite, day) && random.nextInt(4) == 0) {
      return favourite;
    }
    favourite = schedule.pick(day, visited, random);
    return favourite;
  }

  private void encounter(long start, Campaign campaign) {
    if (!campaign.hasImpressions()) {
      click(start, campaign, null, campaign.cvr());
      return;
    }
    long time = start;
    for (int left = campaign.burst(random); left > 0; left--) {
      EventDraft impression = impression(time, campaign);
      if (Chance.hits(random, campaign.ctr() * timeline.person().interest())) {
        click(time + Chance.between(random, 2_000, 30_000), campaign, impression, campaign.cvr());
        return;
      }
      time += Chance.between(random, 20, 900) * SECOND;
    }
    if (campaign.isPassive() && Chance.hits(random, 0.008 * timeline.person().interest())) {
      lookUp(time + Chance.between(random, 20, 20 * 60) * MINUTE, campaign);
    }
  }

  /** The advertisement was only seen, yet it works: later on the person comes by themselves. */
  private void lookUp(long time, Campaign seen) {
    if (random.nextInt(10) < 4) {
      visit(time, null, LOOK_UP_CVR, seen.action());
      return;
    }
    Campaign brand = CampaignPlan.BRAND_SEARCH.get(seen.action().equals("booking") ? 1 : 0);
    EventDraft impression = impression(time, brand);
    click(time + Chance.between(random, 2_000, 15_000), brand, impression, LOOK_UP_CVR);
  }

  private void organic(long time, double conversionRate) {
    visit(time, null, conversionRate, random.nextInt(4) == 0 ? "booking" : "purchase");
  }

  private EventDraft impression(long time, Campaign campaign) {
    EventDraft impression = new EventDraft("impression", time).of(campaign);
    impression.creativeId = campaign.creative(random);
    impression.placement = campaign.placement(random);
    impression.impressionId = timeline.nextImpression();
    if (campaign.isPassive() || campaign.channel().equals("retargeting")) {
      int measured = random.nextInt(100);
      impression.viewable = measured < 63 ? Boolean.TRUE : measured < 88 ? Boolean.FALSE : null;
    }
    impression.cost = cost(campaign, campaign.cpm() / 1000);
    return timeline.add(impression);
  }

  private void click(long time, Campaign campaign, EventDraft impression, double conversionRate) {
    EventDraft click = new EventDraft("click", time).of(campaign);
    if (impression != null) {
      click.creativeId = impression.creativeId;
      click.placement = impression.placement;
      click.impressionId = impression.impressionId;
    }
    click.cost = cost(campaign, campaign.cpc());
    timeline.add(click);
    if (Chance.hits(random, 0.015)) {
      EventDraft second = click.copy();
      second.time += Chance.between(random, 150, 900);
      timeline.add(second);
    }
    if (Chance.hits(random, LANDS)) {
      visit(
          time + Chance.between(random, 1, 6) * SECOND,
          campaign,
          conversionRate / LANDS,
          campaign.action());
    }
  }

  private void visit(long time, Campaign campaign, double conversionRate, String action) {
    visited = true;
    SiteVisit.Outcome outcome = site.at(time, campaign, conversionRate, action);
    if (outcome.bought() && Chance.hits(random, 0.3)) {
      // Repeat buyers come back without an advertisement, half of them to buy again.
      visit(outcome.end() + Chance.between(random, 26, 15 * 24) * HOUR, null, 0.5, action);
    } else if (outcome.engaged() && !outcome.bought() && Chance.hits(random, 0.12)) {
      visit(outcome.end() + DAY / 2 + random.nextInt(48) * HOUR, null, 0.03, action);
    }
  }

  /** Prices of an auction: around the campaign's mean, on a few steps. */
  private BigDecimal cost(Campaign campaign, double price) {
    if (!campaign.costOnEvents() || price == 0) {
      return null;
    }
    double step = 0.8 + 0.1 * random.nextInt(5);
    return BigDecimal.valueOf(price * step).setScale(6, RoundingMode.HALF_UP);
  }
}
