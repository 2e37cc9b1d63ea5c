package dev.throughline.reference;

import static dev.throughline.testing.Event.event;

import dev.throughline.reference.NaiveLearning.Journey;
import dev.throughline.reference.NaiveModels.Touch;
import dev.throughline.testing.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * People drawn from known kinds of people. Every day and action is an experiment with kinds and
 * people of its own; the journeys that have not converted are those of all actions of the day.
 */
final class ShareExperiments {
  static final List<String> RULES =
      List.of(
          "first_touch",
          "last_touch",
          "linear",
          "time_decay",
          "position_based",
          "w_shaped",
          "participation");
  static final Duration HALF_LIFE = Duration.ofHours(2);
  private static final int CAMPAIGNS = 6;
  private static final int CHANNELS = 4;

  /**
   * What people of a kind do: touch campaigns hour by hour, and convert after so many touches, any
   * number of times.
   */
  private record Kind(double people, List<Integer> touches, List<Integer> conversionsAfter) {
    Kind times(double factor) {
      return new Kind(people * factor, touches, conversionsAfter);
    }

    List<Integer> open() {
      int last = conversionsAfter.isEmpty() ? 0 : Collections.max(conversionsAfter);
      return touches.subList(last, touches.size());
    }
  }

  final List<Event> events = new ArrayList<>();

  /** The share that the published one estimates: day, dimension, member, action, model. */
  final Map<String, Double> truth = new HashMap<>();

  int converted;

  private final SplittableRandom random = new SplittableRandom(20261031);

  /** Adds an experiment for each number of people. */
  void add(LocalDate day, List<Integer> sizes) {
    Map<String, List<Kind>> experiments = new TreeMap<>();
    for (int size : sizes) {
      String action = "a" + experiments.size();
      List<Kind> kinds = kinds();
      double all = kinds.stream().mapToDouble(Kind::people).sum();
      List<Kind> scaled = kinds.stream().map(kind -> kind.times(size / all)).toList();
      for (int person = 0; person < size; person++) {
        double drawn = random.nextDouble() * size;
        int kind = 0;
        while (drawn > scaled.get(kind).people() && kind < scaled.size() - 1) {
          drawn -= scaled.get(kind++).people();
        }
        live(day, action, Cells.key(day, action, person), scaled.get(kind));
      }
      experiments.put(action, scaled);
    }
    for (String dimension : List.of("campaign", "channel")) {
      List<Kind> everyone = experiments.values().stream().flatMap(List::stream).toList();
      experiments.forEach((action, kinds) -> addTruth(dimension, day, action, kinds, everyone));
    }
  }

  private List<Integer> touches(int most) {
    return random.ints(1 + random.nextInt(most), 0, CAMPAIGNS).boxed().toList();
  }

  /** Six tenths of all people convert, some of them by no touch, some twice. */
  private List<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      List<Integer> touches = touches(4);
      kinds.add(new Kind(.06 + .08 * random.nextDouble(), touches, List.of(touches.size())));
    }
    kinds.add(new Kind(.05, List.of(), List.of(0)));
    List<Integer> touches = touches(4);
    kinds.add(new Kind(.05, touches, List.of(1, touches.size())));
    kinds.add(new Kind(.05, List.of(random.nextInt(CAMPAIGNS), 0), List.of(1)));
    for (int i = 0; i < 3; i++) {
      kinds.add(new Kind(.05 + .1 * random.nextDouble(), touches(4), List.of()));
    }
    return kinds;
  }

  private static String member(String dimension, int campaign) {
    return dimension.equals("campaign") ? "c" + campaign : "h" + campaign % CHANNELS;
  }

  private static List<String> members(String dimension, List<Integer> touches) {
    return touches.stream().map(campaign -> member(dimension, campaign)).toList();
  }

  private void live(LocalDate day, String action, String user, Kind kind) {
    Instant morning = day.atStartOfDay(ZoneOffset.UTC).plusHours(8).toInstant();
    for (int i = 0; i < kind.touches().size(); i++) {
      int campaign = kind.touches().get(i);
      Event click = event().user(user).at(morning.plus(Duration.ofHours(i)));
      events.add(
          click
              .campaign(member("campaign", campaign))
              .channel(member("channel", campaign))
              .click());
    }
    for (int touches : kind.conversionsAfter()) {
      Instant at = morning.plus(Duration.ofHours(touches)).minus(Duration.ofMinutes(30));
      events.add(event().user(user).at(at).conversion(action));
    }
    converted += kind.conversionsAfter().isEmpty() ? 0 : 1;
  }

  /** What the shares would be if there were as many people of each kind as are to be expected. */
  private void addTruth(
      String dimension, LocalDate day, String action, List<Kind> kinds, List<Kind> everyone) {
    double all = 0;
    double touched = 0;
    Map<String, Map<String, Double>> credit = new HashMap<>();
    Map<String, double[]> shapley = new HashMap<>();
    NaiveChain[] chains = {new NaiveChain(1), new NaiveChain(2)};
    for (Kind kind : kinds) {
      for (int touches : kind.conversionsAfter()) {
        all += kind.people();
        if (touches > 0) {
          List<String> journey = members(dimension, kind.touches().subList(0, touches));
          touched += kind.people();
          addRules(journey, kind.people(), credit);
          NaiveShapley.of(List.of(new Journey("", journey, true, 1)))
              .forEach(
                  (member, value) ->
                      shapley.computeIfAbsent(member, m -> new double[2])[0] +=
                          kind.people() * value[0]);
          for (NaiveChain chain : chains) {
            chain.add(journey, true, kind.people(), 1);
          }
        }
      }
    }
    for (Kind kind : everyone) {
      if (!kind.open().isEmpty()) {
        for (NaiveChain chain : chains) {
          chain.add(members(dimension, kind.open()), false, kind.people(), 0);
        }
      }
    }
    for (Map.Entry<String, Map<String, Double>> of : credit.entrySet()) {
      for (Map.Entry<String, Double> part : of.getValue().entrySet()) {
        String key = Cells.key(day, dimension, part.getKey(), action, of.getKey());
        truth.put(key, part.getValue() / all);
      }
    }
    double found = touched / all;
    addShares(Cells.key(day, dimension), Cells.key(action, "shapley"), shapley, found);
    for (int order = 1; order <= chains.length; order++) {
      NaiveChain chain = chains[order - 1];
      Map<String, double[]> lost = NaiveChain.lost(chain.solve(null), chain.removals());
      addShares(Cells.key(day, dimension), Cells.key(action, "markov_" + order), lost, found);
    }
  }

  private void addShares(String before, String after, Map<String, double[]> of, double found) {
    NaiveChain.shares(of)
        .forEach((member, share) -> truth.put(Cells.key(before, member, after), share[0] * found));
  }

  private static void addRules(
      List<String> members, double part, Map<String, Map<String, Double>> credit) {
    List<Touch> touches = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      Duration age = Duration.ofMinutes(60L * (members.size() - i) - 30);
      touches.add(new Touch(true, members.get(i), NaiveRules.micros(age)));
    }
    for (String model : RULES) {
      Map<String, Double> given = credit.computeIfAbsent(model, m -> new HashMap<>());
      if (model.equals("participation")) {
        members.stream().distinct().forEach(m -> given.merge(m, part, Double::sum));
      } else {
        double halfLife = NaiveRules.micros(HALF_LIFE);
        double[] parts = NaiveModels.credit(model, touches, -1, halfLife);
        for (int i = 0; i < parts.length; i++) {
          given.merge(members.get(i), part * parts[i], Double::sum);
        }
      }
    }
  }
}
