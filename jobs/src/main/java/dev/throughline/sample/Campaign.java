package dev.throughline.sample;

import java.util.SplittableRandom;

/**
 * One campaign of the plan: what {@code campaigns.csv} says of it, and how people behave towards
 * it.
 *
 * @param phase brand, engagement or conversion
 * @param target the wanted CPM (brand), CPC (engagement) or CPA (conversion) in EUR
 * @param weight its share of exposures among the campaigns of the day
 * @param ctr chance that an impression is clicked by an averagely interested person
 * @param cvr chance that a click ends in the campaign's action
 * @param action event name of the conversion that it is made for
 * @param cpm price of 1,000 impressions, EUR
 * @param cpc price of a click, EUR
 * @param costOnEvents whether events carry the cost; otherwise {@code spend.csv} does
 * @param firstPercent start of its flight, in percent of the range
 * @param lastPercent end of its flight
 */
record Campaign(
    String id,
    String name,
    String channel,
    String phase,
    String target,
    double weight,
    double ctr,
    double cvr,
    String action,
    double cpm,
    double cpc,
    boolean costOnEvents,
    int firstPercent,
    int lastPercent) {

  boolean runsOn(int day, int days) {
    int percent = days == 1 ? firstPercent : day * 100 / (days - 1);
    return firstPercent <= percent && percent <= lastPercent;
  }

  /** Retargeting and reminders reach only people who have been on the site. */
  boolean needsVisit() {
    return channel.equals("retargeting") || name.contains("Reminder");
  }

  /** A printed code is typed in: there is a click, but nobody could count the impression. */
  boolean hasImpressions() {
    return !channel.equals("direct");
  }

  /** Whether people see it without having looked for anything. */
  boolean isPassive() {
    return switch (channel) {
      case "display", "video", "social" -> true;
      default -> false;
    };
  }

  /** How many impressions one encounter brings. */
  int burst(SplittableRandom random) {
    return isPassive() || channel.equals("retargeting") ? 1 + random.nextInt(3) : 1;
  }

  String creative(SplittableRandom random) {
    return id + "-" + (1 + random.nextInt(3));
  }

  String placement(SplittableRandom random) {
    boolean first = random.nextInt(10) < 7;
    return switch (channel) {
      case "display", "retargeting" -> first ? "article" : "sidebar";
      case "video" -> first ? "pre_roll" : "in_feed";
      case "social" -> first ? "feed" : "story";
      case "email" -> "inbox";
      case "affiliate" -> first ? "partner_list" : "partner_review";
      case "direct" -> "letter";
      default -> first ? "top" : "side";
    };
  }
}
