package dev.throughline.drift;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures of a day; one that its tables do not tell is absent.
 *
 * @param date the day
 * @param amounts what it adds up to
 * @param shares parts of it
 * @param members what each campaign and channel has, by what they are
 * @param unnamed what those have that the tables do not name, by what they are
 */
public record Day(
    LocalDate date,
    Map<Amount, Double> amounts,
    Map<Share, Part> shares,
    Map<Member, Map<String, Counts>> members,
    Map<Member, Counts> unnamed) {

  /** What members are. */
  public enum Member {
    CAMPAIGN,
    CHANNEL;

    /** Its name in messages and manifests. */
    public String label() {
      return this == CAMPAIGN ? "campaign" : "channel";
    }
  }

  /** So many of so many. */
  public record Part(double part, double whole) {
    double share() {
      return part / whole;
    }
  }

  /** What a campaign or a channel has. */
  public record Counts(double impressions, double clicks, double conversions) {
    static final Counts NONE = new Counts(0, 0, 0);

    Counts plus(Counts other) {
      return new Counts(
          impressions + other.impressions, clicks + other.clicks, conversions + other.conversions);
    }

    boolean any() {
      return impressions > 0 || clicks > 0 || conversions > 0;
    }
  }

  /** A day of which nothing is known yet. */
  public Day(LocalDate date) {
    this(
        date,
        new EnumMap<>(Amount.class),
        new EnumMap<>(Share.class),
        new EnumMap<>(Member.class),
        new EnumMap<>(Member.class));
  }

  /** Adds to what a campaign or a channel has. */
  public void add(Member member, String id, Counts counts) {
    members.computeIfAbsent(member, any -> new TreeMap<>()).merge(id, counts, Counts::plus);
  }

  /** What all have together whom the tables do not name. */
  Counts unnamed(Member member) {
    return unnamed.getOrDefault(member, Counts.NONE);
  }

  /** Whether the log is known to have no row of the day. */
  boolean empty() {
    return amounts.getOrDefault(Amount.ROWS, 1.0) == 0;
  }
}
