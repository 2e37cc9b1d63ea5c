package dev.throughline.reference;

import dev.throughline.reference.NaiveFacts.Fact;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The models that learn from several days: every day, dimension and action on its own. */
final class NaiveLearning {
  static final List<String> TRANSITIONS = List.of("days", "count", "probability", "value");
  static final List<String> EFFECTS =
      List.of(
          "probability",
          "probability_without",
          "removal_effect",
          "share",
          "expected_value",
          "value_without",
          "value_effect",
          "value_share");
  static final List<String> POSITIONS = List.of("conversions", "value", "share");

  /** A journey that is learned from. */
  record Journey(String person, List<String> members, boolean converted, double value) {}

  /** What the models of a day, dimension and action learn from. */
  record Lesson(LocalDate day, String dimension, String action, List<Journey> journeys) {
    List<Journey> converted() {
      return journeys.stream().filter(Journey::converted).toList();
    }
  }

  final List<Lesson> lessons = new ArrayList<>();
  final Cells attribution = new Cells();
  final Cells reconciliation = new Cells();
  final Cells transitions = new Cells();
  final Cells effects = new Cells();
  final Cells positions = new Cells();

  private final NaiveJourneys journeys;
  private final NaiveRules rules;

  NaiveLearning(NaiveTables tables, NaiveRules rules, List<LocalDate> days) {
    this.journeys = tables.journeys;
    this.rules = rules;
    for (LocalDate day : days) {
      for (String dimension : List.of("campaign", "channel")) {
        List<Journey> open = open(day, dimension);
        TreeSet<String> actions = new TreeSet<>();
        journeys.counted.forEach(conversion -> actions.add(conversion.event().name()));
        for (String action : actions) {
          List<Journey> learned = new ArrayList<>(converted(day, dimension, action));
          if (!learned.isEmpty()) {
            learned.addAll(open);
            lessons.add(new Lesson(day, dimension, action, learned));
          }
          reconcile(day, dimension, action);
        }
      }
    }
    lessons.forEach(this::learn);
  }

  private boolean trains(LocalDate when, LocalDate day) {
    return !when.isAfter(day) && when.isAfter(day.minusDays(rules.learning().days()));
  }

  private List<Journey> converted(LocalDate day, String dimension, String action) {
    return journeys.counted.stream()
        .filter(fact -> trains(fact.day(), day) && fact.event().name().equals(action))
        .filter(fact -> !journeys.touches.get(fact).isEmpty())
        .map(
            fact ->
                new Journey(
                    fact.event().user(),
                    journeys.members(dimension, journeys.touches.get(fact)),
                    true,
                    NaiveJourneys.worth(fact.event())))
        .toList();
  }

  private List<Journey> open(LocalDate day, String dimension) {
    List<Journey> open = new ArrayList<>();
    journeys.byUser.forEach(
        (person, events) -> {
          List<RawEvent> touches = openTouches(day, events);
          if (!touches.isEmpty()) {
            open.add(new Journey(person, journeys.members(dimension, touches), false, 0));
          }
        });
    return open;
  }

  /** Of one person's events, the touches that have not led to a conversion up to a day's end. */
  List<RawEvent> openTouches(LocalDate day, List<RawEvent> events) {
    List<RawEvent> touches = new ArrayList<>();
    for (RawEvent event : events) {
      LocalDate when = event.dayIn(rules.zone());
      if (event.is("conversion") && !when.isAfter(day)) {
        touches.clear();
      }
      if (trains(when, day) && !journeys.eligible(List.of(event), event.time()).isEmpty()) {
        touches.add(event);
      }
    }
    return touches.isEmpty()
        ? touches
        : journeys.latest(journeys.eligible(touches, touches.get(touches.size() - 1).time()));
  }

  /** The day's conversions of an action that have a touch, or that have none. */
  private List<Fact> conversions(LocalDate day, String action, boolean touched) {
    return journeys.counted.stream()
        .filter(fact -> fact.day().equals(day) && fact.event().name().equals(action))
        .filter(fact -> touched != journeys.touches.get(fact).isEmpty())
        .toList();
  }

  private static double worth(List<Fact> conversions) {
    return conversions.stream().mapToDouble(c -> NaiveJourneys.worth(c.event())).sum();
  }

  private List<String> models() {
    return rules.learning().models().stream().filter(RandomModels.LEARNED::contains).toList();
  }

  private void reconcile(LocalDate day, String dimension, String action) {
    List<Fact> touched = conversions(day, action, true);
    List<Fact> others = conversions(day, action, false);
    int all = touched.size() + others.size();
    for (String model : all == 0 ? List.<String>of() : models()) {
      String key = Cells.key(day, dimension, action, model);
      reconciliation.add(key, "attributed_conversions", touched.size());
      reconciliation.add(key, "unattributed_conversions", others.size());
      reconciliation.add(key, "total_conversions", all);
      reconciliation.add(key, "attributed_value", worth(touched));
      reconciliation.add(key, "unattributed_value", worth(others));
      reconciliation.add(key, "total_value", worth(touched) + worth(others));
      if (!others.isEmpty()) {
        String nobody = Cells.key(day, dimension, NaiveJourneys.NOBODY, action, model);
        attribution.add(nobody, "credited_conversions", others.size());
        attribution.add(nobody, "credited_value", worth(others));
        attribution.add(nobody, "share", others.size() / (double) all);
      }
    }
  }

  private void learn(Lesson lesson) {
    for (String model : models()) {
      Map<String, double[]> shares;
      if (model.equals("shapley")) {
        shares = NaiveChain.shares(NaiveShapley.of(lesson.converted()));
        addPositions(lesson);
      } else {
        shares = solve(lesson, model);
      }
      credit(lesson, model, shares);
    }
  }

  private void credit(Lesson lesson, String model, Map<String, double[]> shares) {
    List<Fact> touched = conversions(lesson.day(), lesson.action(), true);
    int all = touched.size() + conversions(lesson.day(), lesson.action(), false).size();
    boolean worthless = shares.values().stream().allMatch(share -> share[1] == 0);
    shares.forEach(
        (member, share) -> {
          double part = share[0] * touched.size();
          if (part >= 1e-12) {
            String key =
                Cells.key(lesson.day(), lesson.dimension(), member, lesson.action(), model);
            attribution.add(key, "credited_conversions", part);
            attribution.add(key, "credited_value", share[worthless ? 0 : 1] * worth(touched));
            attribution.add(key, "share", part / all);
          }
        });
  }

  private void addPositions(Lesson lesson) {
    double all = lesson.converted().size();
    NaiveShapley.positions(lesson.converted())
        .forEach(
            (memberAndPlace, earned) -> {
              String key =
                  Cells.key(
                      lesson.day(),
                      lesson.dimension(),
                      memberAndPlace.get(0),
                      lesson.action(),
                      memberAndPlace.get(1));
              positions.add(key, "conversions", earned[0]);
              positions.add(key, "value", earned[1]);
              positions.add(key, "share", earned[0] / all);
            });
  }

  NaiveChain chain(Lesson lesson, String model) {
    NaiveChain chain = new NaiveChain(Integer.parseInt(model.replace("markov_", "")));
    for (Journey journey : lesson.journeys()) {
      List<String> members = journey.members();
      for (String transform : rules.learning().transforms()) {
        members = NaivePaths.transformed(transform, members);
      }
      chain.add(members, journey.converted(), 1, journey.value());
    }
    return chain;
  }

  private static String text(List<String> state) {
    if (state.equals(NaiveChain.START)) {
      return "(start)";
    }
    if (state.equals(NaiveChain.CONVERSION) || state.equals(NaiveChain.NULL)) {
      return "(" + state.get(1) + ")";
    }
    String path = NaivePaths.text(List.of(), state);
    return List.of("(start)", "(conversion)", "(null)").contains(path) ? "\\" + path : path;
  }

  /** By member: shares of conversions and of value. */
  private Map<String, double[]> solve(Lesson lesson, String model) {
    NaiveChain chain = chain(lesson, model);
    String group = Cells.key(lesson.day(), lesson.dimension(), lesson.action(), model);
    chain.counts.forEach(
        (from, steps) ->
            steps.forEach(
                (to, count) -> {
                  String key = Cells.key(group, text(from), text(to));
                  boolean last = to.equals(NaiveChain.CONVERSION);
                  transitions.set(key, "days", (double) rules.learning().days());
                  transitions.set(key, "count", count);
                  transitions.set(key, "probability", count / chain.count(from));
                  transitions.set(key, "value", last ? chain.values.get(from) : 0.0);
                }));
    if (conversions(lesson.day(), lesson.action(), true).isEmpty()) {
      // Nothing to share, so there is nothing behind the shares either.
      return Map.of();
    }
    NaiveChain.Outcome whole = chain.solve(null);
    Map<String, NaiveChain.Outcome> removals = chain.removals();
    Map<String, double[]> lost = NaiveChain.lost(whole, removals);
    Map<String, double[]> shares = NaiveChain.shares(lost);
    lost.forEach(
        (member, effect) -> {
          String key = Cells.key(group, member);
          NaiveChain.Outcome without = removals.get(member);
          effects.set(key, "probability", whole.probability());
          effects.set(key, "probability_without", without.probability());
          effects.set(key, "removal_effect", effect[0]);
          effects.set(key, "share", shares.get(member)[0]);
          effects.set(key, "expected_value", whole.value());
          effects.set(key, "value_without", without.value());
          effects.set(key, "value_effect", effect[1]);
          effects.set(key, "value_share", shares.get(member)[1]);
        });
    return shares;
  }
}
