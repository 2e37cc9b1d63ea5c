package dev.throughline.reference;

import dev.throughline.reference.NaiveLearning.Journey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The Shapley value by its definition: what each member adds to every coalition of the others. The
 * game of all journeys is the sum of one game for each person, in which other members are dummies,
 * so that the coalitions are few enough to be gone through.
 */
final class NaiveShapley {
  private static final int MOST = 12;

  private NaiveShapley() {}

  /** By member: Shapley value in conversions and in their value. */
  static Map<String, double[]> of(List<Journey> converted) {
    Map<String, List<Journey>> games = new TreeMap<>();
    converted.forEach(j -> games.computeIfAbsent(j.person(), k -> new ArrayList<>()).add(j));
    Map<String, double[]> values = new TreeMap<>();
    for (List<Journey> game : games.values()) {
      TreeSet<String> members = new TreeSet<>();
      game.forEach(journey -> members.addAll(journey.members()));
      add(List.copyOf(members), game, values);
    }
    return values;
  }

  private static void add(List<String> members, List<Journey> game, Map<String, double[]> values) {
    int n = members.size();
    if (n > MOST) {
      throw new IllegalArgumentException("too many coalitions: " + members);
    }
    double[][] worth = new double[1 << n][2];
    for (int coalition = 0; coalition < 1 << n; coalition++) {
      for (Journey journey : game) {
        if (holdsAll(coalition, members, journey)) {
          worth[coalition][0]++;
          worth[coalition][1] += journey.value();
        }
      }
    }
    for (int i = 0; i < n; i++) {
      double[] value = values.computeIfAbsent(members.get(i), key -> new double[2]);
      for (int coalition = 0; coalition < 1 << n; coalition++) {
        int with = coalition | 1 << i;
        if (with != coalition) {
          int size = Integer.bitCount(coalition);
          double weight = factorial(size) * factorial(n - size - 1) / factorial(n);
          value[0] += weight * (worth[with][0] - worth[coalition][0]);
          value[1] += weight * (worth[with][1] - worth[coalition][1]);
        }
      }
    }
  }

  private static boolean holdsAll(int coalition, List<String> members, Journey journey) {
    return journey.members().stream().allMatch(m -> (coalition >> members.indexOf(m) & 1) == 1);
  }

  private static double factorial(int n) {
    return n <= 1 ? 1 : n * factorial(n - 1);
  }

  /** By member and place: what the member earns by each journey, alike for each of its touches. */
  static Map<List<String>, double[]> positions(List<Journey> converted) {
    Map<List<String>, double[]> positions = new HashMap<>();
    for (Journey journey : converted) {
      Map<String, double[]> earned = of(List.of(journey));
      List<String> members = journey.members();
      for (int place = 0; place < members.size(); place++) {
        String member = members.get(place);
        long touches = members.stream().filter(member::equals).count();
        double[] sum =
            positions.computeIfAbsent(
                List.of(member, Integer.toString(place + 1)), key -> new double[2]);
        sum[0] += earned.get(member)[0] / touches;
        sum[1] += earned.get(member)[1] / touches;
      }
    }
    return positions;
  }
}
