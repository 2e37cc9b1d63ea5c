package dev.throughline.drift;

import dev.throughline.config.Settings.AuditRules;
import dev.throughline.drift.Day.Part;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;

/** Compares a day with the days before it. */
public final class Drift {
  private final AuditRules rules;
  private final Map<LocalDate, Day> days;

  /**
   * @param days the day and the days before it, twice as many as it is compared with where there
   *     are
   */
  public Drift(AuditRules rules, Map<LocalDate, Day> days) {
    this.rules = rules;
    this.days = days;
  }

  /** Compares the day. */
  public Verdict judge(Day day) {
    List<LocalDate> history = new Past(series(any -> 0.0), day.date(), rules.days()).dates();
    if (rules.days() == 0 || history.size() < rules.minDays()) {
      return new Verdict(day.date(), history, false, List.of(), List.of());
    }
    List<Finding> findings = new ArrayList<>();
    for (Amount amount : Amount.values()) {
      if (day.amounts().containsKey(amount)) {
        amount(day, amount, findings);
      }
    }
    for (Share share : Share.values()) {
      if (!day.empty() && day.shares().containsKey(share)) {
        share(day, share, findings);
      }
    }
    List<Day> before = history.stream().map(days::get).toList();
    List<String> newcomers = new ArrayList<>();
    if (!day.empty()) {
      Members members = new Members(rules, day, before);
      findings.addAll(members.vanished());
      newcomers.addAll(members.newcomers());
    }
    return new Verdict(day.date(), history, true, List.copyOf(findings), List.copyOf(newcomers));
  }

  private void amount(Day day, Amount amount, List<Finding> findings) {
    if (day.empty() && amount != Amount.ROWS) {
      // That there are no rows says it all.
      return;
    }
    NavigableMap<LocalDate, Double> items = items(amount);
    double unit = unit(amount, day.date());
    items.replaceAll((date, value) -> value / unit);
    double x = day.amounts().get(amount) / unit;
    Past past = past(items, day.date(), (value, of) -> Scores.ofAmount(value, of, amount.noise()));
    if (past.days() >= rules.minDays()) {
      add(findings, past, day, amount.label(), x, Scores.ofAmount(x, past, amount.noise()), unit);
    }
  }

  private NavigableMap<LocalDate, Double> items(Amount amount) {
    return series(day -> day.amounts().get(amount));
  }

  /** What one item is worth; 1 for counts. Money has any unit, counting noise has not. */
  private double unit(Amount amount, LocalDate day) {
    if (amount.items() == amount) {
      return 1;
    }
    List<Double> each = new ArrayList<>();
    new Past(items(amount), day, rules.days())
        .dates()
        .forEach(
            date -> {
              Map<Amount, Double> amounts = days.get(date).amounts();
              double worth = amounts.get(amount) / amounts.getOrDefault(amount.items(), 0.0);
              if (Double.isFinite(worth) && worth > 0) {
                each.add(worth);
              }
            });
    return each.isEmpty() ? 1 : Past.median(each);
  }

  private void share(Day day, Share share, List<Finding> findings) {
    Function<Day, Part> part = of -> of.shares().get(share);
    Part today = part.apply(day);
    if (today.whole() == 0) {
      return;
    }
    NavigableMap<LocalDate, Double> shares =
        series(
            of ->
                part.apply(of) == null || part.apply(of).whole() == 0
                    ? null
                    : part.apply(of).share());
    NavigableMap<LocalDate, Double> wholes = new TreeMap<>();
    shares.keySet().forEach(date -> wholes.put(date, part.apply(days.get(date)).whole()));
    ToDoubleBiFunction<Double, Past> score =
        (value, of) ->
            Scores.ofShare(
                value,
                part.apply(days.get(of.day())).whole(),
                of,
                new Past(wholes, of.day(), rules.days()).median());
    Past past = past(shares, day.date(), score);
    if (past.days() >= rules.minDays()) {
      double before = new Past(wholes, day.date(), rules.days()).median();
      double z = Scores.ofShare(today.share(), today.whole(), past, before);
      add(findings, past, day, share.label(), today.share(), z, 1);
    }
  }

  /** What was there before the day; what stood out on its eve was accepted then. */
  private Past past(
      NavigableMap<LocalDate, Double> series,
      LocalDate day,
      ToDoubleBiFunction<Double, Past> score) {
    Past past = new Past(series, day, rules.days());
    Double eve = past.eve();
    if (eve != null) {
      Past ofEve = new Past(series, day.minusDays(1), rules.days());
      if (ofEve.days() >= rules.minDays()
          && Math.abs(score.applyAsDouble(eve, ofEve)) > rules.maxZ()) {
        past.include(eve);
      }
    }
    return past;
  }

  private void add(
      List<Finding> findings, Past past, Day day, String figure, double x, double z, double unit) {
    if (Math.abs(z) > rules.maxZ()) {
      findings.add(new Finding(day.date(), figure, x * unit, past.median() * unit, past.days(), z));
    }
  }

  /** A figure of the days that have it. */
  private NavigableMap<LocalDate, Double> series(Function<Day, Double> figure) {
    NavigableMap<LocalDate, Double> series = new TreeMap<>();
    for (LocalDate date : new TreeSet<>(days.keySet())) {
      Double value = figure.apply(days.get(date));
      if (value != null) {
        series.put(date, value);
      }
    }
    return series;
  }
}
