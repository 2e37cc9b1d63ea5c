package dev.throughline.drift;

import dev.throughline.drift.Day.Counts;
import dev.throughline.drift.Day.Member;
import dev.throughline.drift.Day.Part;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Days of an advertiser whose habits are drawn at random: size, weekends, how much days differ, and
 * counts that scatter as Poisson's do, about these.
 */
final class SimulatedLog {
  static final LocalDate FIRST = LocalDate.parse("2026-01-01");

  /** So many conversions have a worth of their own; of more the sum is scaled up. */
  private static final double MOST_DRAWN = 200;

  private final Random random;
  private final SimulatedGaps gaps;
  private final double rowsPerImpression;
  private final double impressions;
  private final double ctr;
  private final double cvr;
  private final double worth;
  private final double weekend;
  private final double noise;
  private final double withoutUser;
  private final double withoutTouch;

  SimulatedLog(long seed) {
    this(seed, new Random(seed).nextDouble() * 0.12);
  }

  /**
   * @param noise by how much ordinary days of a weekday differ, on the logarithmic scale
   */
  SimulatedLog(long seed, double noise) {
    this.random = new Random(seed);
    this.noise = noise;
    gaps = new SimulatedGaps(seed, noise);
    // From a shop with a hundred impressions a day to one with three millions.
    impressions = 100 * Math.exp(random.nextDouble() * Math.log(30_000));
    rowsPerImpression = 1 + random.nextDouble();
    ctr = 0.002 * Math.exp(random.nextDouble() * Math.log(25));
    cvr = 0.005 * Math.exp(random.nextDouble() * Math.log(20));
    worth = Math.exp(random.nextGaussian() * 2 + 3);
    weekend = 0.4 + random.nextDouble();
    withoutUser = random.nextDouble() * 0.5;
    withoutTouch = random.nextDouble();
  }

  double clicksOfWeekday() {
    return impressions * ctr;
  }

  /** The days from the first on. */
  Map<LocalDate, Day> days(int number) {
    Map<LocalDate, Day> days = new TreeMap<>();
    for (int i = 0; i < number; i++) {
      days.put(FIRST.plusDays(i), day(FIRST.plusDays(i), 1));
    }
    return days;
  }

  static boolean isWeekend(LocalDate date) {
    return date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
  }

  /** A day with so many times what it would have. */
  Day day(LocalDate date, double times) {
    double level =
        times * (isWeekend(date) ? weekend : 1) * Math.exp(noise * random.nextGaussian());
    double seen = poisson(impressions * level);
    double clicks = poisson(impressions * level * ctr * own());
    double bought = poisson(impressions * level * ctr * cvr * own());
    double facts = seen + clicks + bought + poisson(impressions * level * (rowsPerImpression - 1));
    double rejected = poisson(facts * 0.002);
    double value = 0;
    for (int i = 0; i < Math.min(bought, MOST_DRAWN); i++) {
      value += worth * Math.exp(0.8 * random.nextGaussian());
    }
    value *= Math.max(1, bought / MOST_DRAWN);
    Day day = new Day(date);
    day.amounts().put(Amount.ROWS, facts + rejected);
    day.amounts().put(Amount.FACTS, facts);
    day.amounts().put(Amount.IMPRESSIONS, seen);
    day.amounts().put(Amount.CLICKS, clicks);
    day.amounts().put(Amount.CONVERSIONS, bought);
    day.amounts().put(Amount.VALUE, value);
    day.amounts().put(Amount.SPEND, clicks * 0.4 * own());
    day.shares().put(Share.REJECTED, new Part(rejected, facts + rejected));
    day.shares().put(Share.FACTS_WITHOUT_USER, part(facts, withoutUser));
    day.shares().put(Share.CONVERSIONS_WITHOUT_TOUCH, part(bought, withoutTouch));
    gaps.add(day, facts - seen - clicks - bought, isWeekend(date));
    for (int i = 0; i < 3; i++) {
      double part = new double[] {0.5, 0.3, 0.2}[i];
      Counts counts = new Counts(seen * part, poisson(clicks * part), poisson(bought * part));
      day.add(Member.CAMPAIGN, "c" + i, counts);
      day.add(Member.CHANNEL, i < 2 ? "display" : "search", counts);
    }
    return day;
  }

  /** Each figure differs from day to day by itself as well. */
  private double own() {
    return Math.exp(noise / 2 * random.nextGaussian());
  }

  private Part part(double whole, double share) {
    double sd = Math.sqrt(whole * share * (1 - share));
    double part = Math.rint(whole * share + sd * random.nextGaussian());
    return new Part(Math.max(0, Math.min(whole, part)), whole);
  }

  /** Poisson's distribution, for large means the normal one. */
  private double poisson(double mean) {
    if (mean > 500) {
      return Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    int events = 0;
    for (double left = mean; (left += Math.log(1 - random.nextDouble())) > 0; ) {
      events++;
    }
    return events;
  }
}
