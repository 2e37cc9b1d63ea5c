package dev.throughline.drift;

import dev.throughline.drift.Day.Part;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/**
 * What the events of a simulated log lack: some columns nothing, others always, others now and then
 * or as often as not. Weekends have habits of their own. Events with and without differ from day to
 * day by themselves, as every figure of the log does.
 */
final class SimulatedGaps {
  /** So many events are drawn one by one; of more the number that lack something is normal. */
  private static final double MOST_DRAWN = 200;

  private final Random random;
  private final double noise;
  private final Map<Share, Double> usual = new EnumMap<>(Share.class);
  private final Map<Share, Double> weekendOdds = new EnumMap<>(Share.class);

  SimulatedGaps(long seed, double noise) {
    random = new Random(~seed);
    this.noise = noise;
    for (Share share : Share.values()) {
      usual.put(share, habit());
      weekendOdds.put(share, Math.exp(0.5 * random.nextGaussian()));
    }
  }

  private double habit() {
    double kind = random.nextDouble();
    double often = random.nextDouble();
    return kind < 0.25 ? 0 : kind < 0.35 ? 1 : kind < 0.6 ? 0.05 * often : often;
  }

  /** Adds the shares that the day has not got. */
  void add(Day day, double pageViews, boolean weekend) {
    for (Share share : Share.values()) {
      if (!day.shares().containsKey(share)) {
        double odds = usual.get(share) / (1 - usual.get(share));
        odds *= (weekend ? weekendOdds.get(share) : 1) * own() / own();
        double whole = whole(day, share, pageViews);
        double chance = Double.isInfinite(odds) ? 1 : odds / (1 + odds);
        day.shares().put(share, new Part(drawn(whole, chance), whole));
      }
    }
  }

  private double own() {
    return Math.exp(noise / 2 * random.nextGaussian());
  }

  private static double whole(Day day, Share share, double pageViews) {
    String of = share.name().replaceFirst("_(WITHOUT|NOT)_.*", "");
    return of.equals("PAGE_VIEWS") ? pageViews : day.amounts().get(Amount.valueOf(of));
  }

  private double drawn(double of, double chance) {
    if (of > MOST_DRAWN) {
      double sd = Math.sqrt(of * chance * (1 - chance));
      return Math.max(0, Math.min(of, Math.rint(of * chance + sd * random.nextGaussian())));
    }
    return random.doubles((long) of).filter(draw -> draw < chance).count();
  }
}
