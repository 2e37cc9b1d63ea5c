package dev.throughline.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What each member is given by each model, and who gains or loses from another model. */
final class NaiveComparison {
  /** Of the models that the configuration names; other models have no number. */
  static final List<String> NUMBERS =
      List.of(
          "lowest",
          "highest",
          "spread",
          "last_touch_rank",
          "best_rank",
          "worst_rank",
          "rank_gain",
          "rank_loss");

  private final List<String> named;
  private final List<String> compared = new ArrayList<>();

  /** Credit by model, of members by group (day, dimension and action). */
  private final Map<List<String>, Map<String, Map<String, Double>>> groups = new TreeMap<>(BY_TEXT);

  private static final Comparator<List<String>> BY_TEXT = Comparator.comparing(Object::toString);

  private NaiveComparison(NaiveRules rules) {
    this.named = rules.learning().models();
    compared.addAll(named);
    compared.remove("participation");
    if (!compared.contains("last_touch")) {
      compared.add("last_touch");
    }
  }

  /** From the credit of all models, and of last_touch whether it is published or not. */
  static Cells of(NaiveRules rules, Cells... attributions) {
    NaiveComparison comparison = new NaiveComparison(rules);
    for (Cells attribution : attributions) {
      for (String row : attribution.rows()) {
        String[] key = row.split(" \\| ", -1);
        comparison
            .groups
            .computeIfAbsent(List.of(key[0], key[1], key[3]), group -> new TreeMap<>())
            .computeIfAbsent(key[2], member -> new HashMap<>())
            .put(key[4], attribution.get(row, "credited_conversions"));
      }
    }
    return comparison.cells();
  }

  /** Key columns, and those that hold the name of a model. */
  static final List<String> KEY =
      List.of("day", "dimension", "member", "action", "lowest_model", "highest_model");

  static List<String> columns() {
    List<String> columns = new ArrayList<>(NaiveRules.RULES);
    columns.addAll(RandomModels.LEARNED);
    columns.addAll(NUMBERS);
    return columns;
  }

  private Cells cells() {
    Cells cells = new Cells();
    groups.forEach(
        (group, members) ->
            members.forEach((member, credit) -> add(cells, group, members, member, credit)));
    return cells;
  }

  private static double of(Map<String, Double> credit, String model) {
    return credit.getOrDefault(model, 0.0);
  }

  private void add(
      Cells cells,
      List<String> group,
      Map<String, Map<String, Double>> members,
      String member,
      Map<String, Double> credit) {
    double lowest = compared.stream().mapToDouble(model -> of(credit, model)).min().orElseThrow();
    double highest = compared.stream().mapToDouble(model -> of(credit, model)).max().orElseThrow();
    String key =
        Cells.key(
            group.get(0),
            group.get(1),
            member,
            group.get(2),
            first(credit, lowest),
            first(credit, highest));
    for (String model : columns()) {
      if (!NUMBERS.contains(model)) {
        cells.set(key, model, named.contains(model) ? (Double) of(credit, model) : null);
      }
    }
    cells.set(key, "lowest", lowest);
    cells.set(key, "highest", highest);
    cells.set(key, "spread", highest - lowest);
    boolean nobody = member.equals(NaiveJourneys.NOBODY);
    List<Double> ranks = new ArrayList<>();
    compared.forEach(model -> ranks.add(rank(members, credit, model)));
    double byLastTouch = rank(members, credit, "last_touch");
    double best = ranks.stream().mapToDouble(rank -> rank).min().orElseThrow();
    double worst = ranks.stream().mapToDouble(rank -> rank).max().orElseThrow();
    cells.set(key, "last_touch_rank", nobody ? null : (Double) byLastTouch);
    cells.set(key, "best_rank", nobody ? null : (Double) best);
    cells.set(key, "worst_rank", nobody ? null : (Double) worst);
    cells.set(key, "rank_gain", nobody ? null : (Double) (byLastTouch - best));
    cells.set(key, "rank_loss", nobody ? null : (Double) (worst - byLastTouch));
  }

  /** What is left over of parts that are cut goes to one of equals; it is less than this. */
  private static long even(double credit) {
    return Math.round(credit * 1e6);
  }

  private String first(Map<String, Double> credit, double amount) {
    return compared.stream()
        .filter(model -> even(of(credit, model)) == even(amount))
        .findFirst()
        .orElseThrow();
  }

  private static double rank(
      Map<String, Map<String, Double>> members, Map<String, Double> credit, String model) {
    return 1
        + members.entrySet().stream()
            .filter(other -> !other.getKey().equals(NaiveJourneys.NOBODY))
            .filter(other -> even(of(other.getValue(), model)) > even(of(credit, model)))
            .count();
  }
}
