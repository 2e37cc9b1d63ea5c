package dev.throughline.reference;

import dev.throughline.reference.NaivePeople.PersonDay;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The steps of every person and campaign of a day, followed event by event. */
final class NaiveDropOff {
  static final List<String> COLUMNS =
      List.of(
          "entered",
          "continued",
          "dropped",
          "continuation_rate",
          "continuation_rate_low",
          "continuation_rate_high",
          "benchmark_rate",
          "median_seconds_to_next",
          "p90_seconds_to_next",
          "lost_conversions_estimate",
          "is_biggest_leak");

  /** How many came to each step of a campaign on a day, and the seconds from it to the next. */
  private static final class Steps {
    final double[] entered;
    final List<List<Double>> seconds = new ArrayList<>();

    Steps(int number) {
      entered = new double[number];
      for (int i = 0; i < number; i++) {
        seconds.add(new ArrayList<>());
      }
    }
  }

  private final NaiveRules.People rules;
  private final int last;
  private final Map<LocalDate, Map<String, Steps>> found = new TreeMap<>();

  /** Windows of a person and campaign that were not the first of their day. */
  int reentries;

  /** Steps that were filled by the event that filled the step before. */
  int shared;

  NaiveDropOff(NaivePeople people, NaiveRules rules, List<LocalDate> days) {
    this.rules = rules.people();
    this.last = this.rules.steps().size() - 1;
    for (PersonDay person : people.known(days)) {
      for (String campaign : person.campaigns()) {
        follow(person, campaign);
      }
    }
  }

  private void follow(PersonDay person, String campaign) {
    Long until = null;
    for (int at = 0; at < person.events.size(); at++) {
      long time = person.event(at).time();
      boolean outside = until == null || time > until;
      if (outside && fits(rules.steps().get(0), person, at, campaign)) {
        reentries += until == null ? 0 : 1;
        until = time + NaiveRules.micros(rules.window());
        walk(person, campaign, at, until);
      }
    }
  }

  /** From the event that opened a window. */
  private void walk(PersonDay person, String campaign, int entry, long until) {
    Steps steps =
        found
            .computeIfAbsent(person.day, day -> new TreeMap<>())
            .computeIfAbsent(campaign, name -> new Steps(last + 1));
    int at = entry;
    steps.entered[0]++;
    for (int step = 1; step <= last; step++) {
      int next = next(rules.steps().get(step), person, campaign, at, until);
      if (next < 0) {
        return;
      }
      shared += next == at ? 1 : 0;
      long micros = person.event(next).time() - person.event(at).time();
      steps.seconds.get(step - 1).add((double) Math.floorDiv(micros, 1_000_000L));
      steps.entered[step]++;
      at = next;
    }
  }

  private static int next(String step, PersonDay person, String campaign, int at, long until) {
    boolean state = step.equals("viewable") || step.equals("engaged");
    for (int i = state ? at : at + 1; i < person.events.size(); i++) {
      if (person.event(i).time() <= until && fits(step, person, i, campaign)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean fits(String step, PersonDay person, int at, String campaign) {
    return switch (step) {
      case "impression" -> person.is(at, "impression") && person.names(at, campaign);
      case "viewable" ->
          person.is(at, "impression")
              && person.names(at, campaign)
              && !Boolean.FALSE.equals(person.event(at).viewable());
      case "click" -> person.is(at, "click") && person.names(at, campaign);
      case "landed" ->
          person.is(at, "page_view")
              && (person.brings(at, campaign)
                  || (person.event(at).campaign() == null && person.belongs(at, campaign)));
      case "engaged" -> person.belongs(at, campaign) && person.engaged(at);
      case "intent" -> person.signals(at, campaign);
      case "conversion" -> person.counts(at) && person.namesOrNone(at, campaign);
      default ->
          (person.is(at, "engagement") || person.is(at, "conversion"))
              && step.equals("event:" + person.event(at).name())
              && person.namesOrNone(at, campaign);
    };
  }

  Cells cells() {
    Cells cells = new Cells();
    found.forEach(
        (day, campaigns) ->
            campaigns.forEach((campaign, steps) -> add(cells, day, campaign, campaigns)));
    return cells;
  }

  private void add(Cells cells, LocalDate day, String campaign, Map<String, Steps> campaigns) {
    Steps own = campaigns.get(campaign);
    double[] others = new double[last + 1];
    for (Map.Entry<String, Steps> other : campaigns.entrySet()) {
      for (int step = 0; step <= last && !other.getKey().equals(campaign); step++) {
        others[step] += other.getValue().entered[step];
      }
    }
    int leak = -1;
    double largest = 0;
    for (int step = 0; step <= last; step++) {
      String key = Cells.key(day, campaign, step + 1);
      COLUMNS.forEach(column -> cells.set(key, column, null));
      double entered = own.entered[step];
      cells.set(key, "entered", entered);
      cells.set(key, "is_biggest_leak", 0.0);
      if (step < last) {
        double continued = own.entered[step + 1];
        Double rate = NaiveMath.ratio(continued, entered);
        Double elsewhere = NaiveMath.ratio(others[step + 1], others[step]);
        double benchmark = elsewhere == null ? 1 : elsewhere;
        cells.set(key, "continued", continued);
        cells.set(key, "dropped", entered - continued);
        cells.set(key, "continuation_rate", rate);
        cells.set(key, "continuation_rate_low", NaiveMath.wilson(continued, entered, -1));
        cells.set(key, "continuation_rate_high", NaiveMath.wilson(continued, entered, 1));
        cells.set(key, "benchmark_rate", benchmark);
        List<Double> seconds = own.seconds.get(step);
        cells.set(key, "median_seconds_to_next", NaiveMath.median(seconds));
        cells.set(key, "p90_seconds_to_next", NaiveMath.percentile(seconds, .9));
        double behind = rate == null ? 0 : Math.max(0, benchmark - rate);
        double lost = entered * behind * onward(own.entered, others, step + 1);
        cells.set(key, "lost_conversions_estimate", lost);
        if (lost > largest) {
          largest = lost;
          leak = step;
        }
      }
    }
    if (leak >= 0) {
      cells.set(Cells.key(day, campaign, leak + 1), "is_biggest_leak", 1.0);
    }
  }

  /** The part of those at a step that reached the last one; 0 where nobody tells. */
  private double onward(double[] own, double[] others, int step) {
    Double part = NaiveMath.ratio(own[last], own[step]);
    if (part == null || part == 0) {
      part = NaiveMath.ratio(others[last], others[step]);
    }
    return part == null ? 0 : part;
  }

  /** How often anybody came to a step. */
  long entered(int step) {
    return (long)
        found.values().stream()
            .flatMap(campaigns -> campaigns.values().stream())
            .mapToDouble(steps -> steps.entered[step])
            .sum();
  }
}
