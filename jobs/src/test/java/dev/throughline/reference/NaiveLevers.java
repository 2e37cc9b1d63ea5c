package dev.throughline.reference;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What a day would have brought had one rate been higher, stage by stage. */
final class NaiveLevers {
  static final List<String> STAGES =
      List.of("impressions", "click_through", "landing", "engagement", "conversion");
  static final List<String> COLUMNS =
      List.of(
          "stage_order",
          "rate",
          "gain_percent",
          "new_rate",
          "extra_conversions",
          "extra_value",
          "extra_spend",
          "new_cpa",
          "is_best_lever");

  private NaiveLevers() {}

  static Cells of(NaiveTables tables, NaiveRules rules, List<LocalDate> days) {
    NaiveFunnel funnel = NaiveFunnel.of(tables, rules, days);
    Cells cells = new Cells();
    for (List<String> row : funnel.rows) {
      if (!row.get(1).equals(NaiveJourneys.NOBODY)) {
        add(cells, Cells.key(row.toArray()), funnel.cells, rules.people().gainPercent());
      }
    }
    return cells;
  }

  private static void add(Cells cells, String row, Cells funnel, double gainPercent) {
    Double spend = funnel.get(row, "spend");
    double conversions = funnel.get(row, "conversions");
    double value = funnel.get(row, "value");
    List<String> stages = new ArrayList<>();
    for (String stage : STAGES) {
      Double rate =
          switch (stage) {
            case "impressions" -> null;
            case "click_through" -> rate(funnel, row, "clicks", "impressions");
            case "landing" -> rate(funnel, row, "landed_sessions", "clicks");
            case "engagement" -> rate(funnel, row, "engaged_sessions", "landed_sessions");
            default -> rate(funnel, row, "conversions", "clicks");
          };
      Double newRate = rate == null ? null : newRate(rate, gainPercent);
      Double gain = newRate == null ? null : (Double) (rate == 0 ? 0 : newRate / rate - 1);
      if (stage.equals("impressions")) {
        gain = gainPercent / 100;
      }
      boolean bought = stage.equals("impressions") || stage.equals("click_through");
      String key = Cells.key(row, stage);
      cells.set(key, "stage_order", STAGES.indexOf(stage) + 1.0);
      cells.set(key, "rate", rate);
      cells.set(key, "gain_percent", gainPercent);
      cells.set(key, "new_rate", newRate);
      cells.set(key, "extra_conversions", times(conversions, gain));
      cells.set(key, "extra_value", times(value, gain));
      cells.set(key, "extra_spend", bought ? times(spend, gain) : (Double) 0.0);
      cells.set(key, "new_cpa", newCpa(cells, key, spend, conversions));
      cells.set(key, "is_best_lever", 0.0);
      stages.add(key);
    }
    String best = best(cells, stages);
    if (best != null) {
      cells.set(best, "is_best_lever", 1.0);
    }
  }

  private static Double rate(Cells funnel, String row, String part, String whole) {
    return NaiveMath.ratio(funnel.get(row, part), funnel.get(row, whole));
  }

  static double newRate(double rate, double gainPercent) {
    return rate > 1 ? rate : Math.min(1, rate * (1 + gainPercent / 100));
  }

  private static Double times(Double amount, Double gain) {
    return amount == null || gain == null ? null : (Double) (amount * gain);
  }

  private static Double newCpa(Cells cells, String key, Double spend, double conversions) {
    Double extraSpend = cells.get(key, "extra_spend");
    Double extraConversions = cells.get(key, "extra_conversions");
    return spend == null || extraSpend == null || extraConversions == null
        ? null
        : NaiveMath.ratio(spend + extraSpend, conversions + extraConversions);
  }

  /** Of the stages that bring conversions at a known price; the later of equals. */
  private static String best(Cells cells, List<String> stages) {
    String best = null;
    for (String stage : stages) {
      Double conversions = cells.get(stage, "extra_conversions");
      Double spend = cells.get(stage, "extra_spend");
      boolean brings = conversions != null && conversions > 0 && spend != null;
      if (brings && (best == null || compare(cells, stage, best) >= 0)) {
        best = stage;
      }
    }
    return best;
  }

  private static int compare(Cells cells, String one, String other) {
    // Rounded, since equal amounts may differ in their last binary digits.
    int byProfit = Long.compare(profit(cells, one), profit(cells, other));
    return byProfit != 0
        ? byProfit
        : Long.compare(
            Math.round(cells.get(one, "extra_conversions") * 1e9),
            Math.round(cells.get(other, "extra_conversions") * 1e9));
  }

  private static long profit(Cells cells, String stage) {
    return Math.round((cells.get(stage, "extra_value") - cells.get(stage, "extra_spend")) * 1e6);
  }
}
