package dev.throughline.drift;

import dev.throughline.config.Settings.AuditRules;
import dev.throughline.drift.Day.Counts;
import dev.throughline.drift.Day.Member;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/** Campaigns and channels that are gone, or new. */
final class Members {
  /** Such a part of the clicks, or of the conversions, does not go unnoticed. */
  private static final double SUBSTANTIAL = 0.2;

  private final AuditRules rules;
  private final Day day;
  private final List<Day> before;

  Members(AuditRules rules, Day day, List<Day> before) {
    this.rules = rules;
    this.day = day;
    this.before = before;
  }

  /** Those that were a substantial part of the days before, and of whom the day has nothing. */
  List<Finding> vanished() {
    List<Finding> findings = new ArrayList<>();
    for (Member member : Member.values()) {
      List<Day> known = known(member);
      if (known.size() >= rules.minDays() && day.members().containsKey(member)) {
        List<Measure> measures =
            List.of(
                measure(known, member, "clicks", Counts::clicks),
                measure(known, member, "conversions", Counts::conversions));
        for (String id : ids(known, member)) {
          measures.stream()
              .flatMap(measure -> gone(known, member, id, measure).stream())
              .findFirst()
              .ifPresent(findings::add);
        }
      }
    }
    return findings;
  }

  /** What is counted of members, with the sums over all of them: on the days before, and today. */
  private record Measure(
      String name, ToDoubleFunction<Counts> of, List<Double> before, double today) {}

  private Measure measure(
      List<Day> known, Member member, String name, ToDoubleFunction<Counts> of) {
    return new Measure(
        name,
        of,
        known.stream().map(past -> total(past, member, of)).toList(),
        total(day, member, of));
  }

  private Optional<Finding> gone(List<Day> known, Member member, String id, Measure measure) {
    if (measure.today() == 0 || measure.of().applyAsDouble(counts(day, member, id)) > 0) {
      return Optional.empty();
    }
    List<Double> shares = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    double least = Double.MAX_VALUE;
    for (int i = 0; i < known.size(); i++) {
      Day past = known.get(i);
      double value = measure.of().applyAsDouble(counts(past, member, id));
      double total = measure.before().get(i);
      values.add(value);
      shares.add(total == 0 ? 0 : value / total);
      LocalDate date = past.date();
      if (date.getDayOfWeek() == day.date().getDayOfWeek()
          || date.equals(day.date().minusDays(1))) {
        least = Math.min(least, value);
      }
    }
    double median = Past.median(values);
    // Those that are not named may all be this one.
    double most = measure.of().applyAsDouble(day.unnamed(member));
    double z = Scores.ofCount(most, Math.min(median, least), 1);
    return Past.median(shares) >= SUBSTANTIAL && -z > rules.maxZ()
        ? Optional.of(
            new Finding(
                day.date(),
                measure.name() + " of " + member.label() + " " + id,
                most,
                median,
                known.size(),
                z))
        : Optional.empty();
  }

  /** Those that none of the days before had; who has had unnamed ones may have had any. */
  List<String> newcomers() {
    List<String> found = new ArrayList<>();
    for (Member member : Member.values()) {
      List<Day> known = known(member);
      if (known.size() >= rules.minDays()
          && known.stream().noneMatch(past -> past.unnamed(member).any())) {
        Set<String> seen = ids(known, member);
        for (String id : ids(List.of(day), member)) {
          if (!seen.contains(id)) {
            found.add(member.label() + " " + id);
          }
        }
      }
    }
    return found;
  }

  private List<Day> known(Member member) {
    return before.stream().filter(past -> past.members().containsKey(member)).toList();
  }

  private static Set<String> ids(List<Day> days, Member member) {
    Set<String> ids = new TreeSet<>();
    for (Day of : days) {
      of.members()
          .getOrDefault(member, Map.of())
          .forEach(
              (id, counts) -> {
                if (counts.any()) {
                  ids.add(id);
                }
              });
    }
    return ids;
  }

  private static Counts counts(Day of, Member member, String id) {
    return of.members().get(member).getOrDefault(id, Counts.NONE);
  }

  private static double total(Day of, Member member, ToDoubleFunction<Counts> measure) {
    return measure.applyAsDouble(of.unnamed(member))
        + of.members().get(member).values().stream().mapToDouble(measure).sum();
  }
}
