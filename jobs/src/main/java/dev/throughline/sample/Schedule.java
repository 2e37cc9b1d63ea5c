package dev.throughline.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Which campaigns run on which day, worked out once for all people. */
final class Schedule {

  private final int days;
  private final List<List<Campaign>> forNewcomers = new ArrayList<>();
  private final List<List<Campaign>> forVisitors = new ArrayList<>();

  Schedule(int days) {
    this.days = days;
    for (int day = 0; day < days; day++) {
      forNewcomers.add(choice(day, false));
      forVisitors.add(choice(day, true));
    }
  }

  boolean runs(Campaign campaign, int day) {
    return campaign.runsOn(day, days);
  }

  /** A campaign of the day, drawn by weight; some are only for people who have visited the site. */
  Campaign pick(int day, boolean visited, SplittableRandom random) {
    List<Campaign> choice = (visited ? forVisitors : forNewcomers).get(day);
    double left = random.nextDouble() * choice.stream().mapToDouble(Campaign::weight).sum();
    for (Campaign campaign : choice) {
      left -= campaign.weight();
      if (left < 0) {
        return campaign;
      }
    }
    return choice.get(choice.size() - 1);
  }

  private List<Campaign> choice(int day, boolean visited) {
    return CampaignPlan.ALL.stream()
        .filter(campaign -> runs(campaign, day))
        .filter(campaign -> visited || !campaign.needsVisit())
        .toList();
  }
}
