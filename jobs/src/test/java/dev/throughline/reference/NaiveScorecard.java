package dev.throughline.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every portfolio's campaigns, one beside the others, with probabilities that are exact. */
final class NaiveScorecard {
  static final List<String> KEY = List.of("day", "period", "campaign_id");
  static final String CHANCE = "chance_of_no_shortfall";
  static final List<String> COSTS = List.of("cpm", "cpc", "cpa");
  private static final String VANITY = "vanity";
  private static final String TOO_EARLY = "too_early";
  private static final String KEEP = "keep";

  final Cells cells = new Cells();
  final Cells chances = new Cells();

  /** Metric, verdict and focus of each row. */
  final Map<String, List<String>> texts = new TreeMap<>();

  /** Rows that an approximation of the probability might judge otherwise. */
  final List<String> close = new ArrayList<>();

  private final Cells counts;
  private final NaiveRules.Campaigns rules;
  private final Map<String, Double> totals = new HashMap<>();
  private final Map<String, Double> weights = new HashMap<>();
  private List<String> portfolio = List.of();
  private Double rate;
  private Double strength;

  private NaiveScorecard(Cells counts, NaiveRules.Campaigns rules) {
    this.counts = counts;
    this.rules = rules;
  }

  /**
   * @param counts what NaivePeriods counts, by day, period and campaign
   */
  static NaiveScorecard of(Cells counts, NaiveRules.Campaigns rules) {
    NaiveScorecard card = new NaiveScorecard(counts, rules);
    Map<String, List<String>> portfolios = new TreeMap<>();
    for (String row : counts.rows()) {
      if (!campaign(row).equals(NaiveJourneys.NOBODY)) {
        String of = row.substring(0, row.lastIndexOf(" | "));
        portfolios.computeIfAbsent(of, name -> new ArrayList<>()).add(row);
      }
    }
    for (List<String> rows : portfolios.values()) {
      card.begin(rows);
      rows.forEach(card::add);
    }
    return card;
  }

  private static String campaign(String row) {
    return row.substring(row.lastIndexOf(" | ") + 3);
  }

  private double count(String row, String column) {
    return counts.get(row, column);
  }

  private double total(String column) {
    return totals.get(column);
  }

  private void begin(List<String> rows) {
    portfolio = rows;
    for (String column : List.of("impressions", "clicks", "conversions", "value")) {
      totals.put(column, rows.stream().mapToDouble(row -> count(row, column)).sum());
    }
    rows.forEach(row -> weights.put(row, weight(row)));
    rate = NaiveMath.ratio(rows.stream().mapToDouble(this::hits).sum(), total("clicks"));
    strength = rate == null ? null : (Double) priorStrength(rate);
  }

  private void add(String row) {
    addShares(row);
    addRate(row);
    addChance(row);
    addTarget(row);
    String verdict = verdict(row);
    String phase = rules.phases().get(campaign(row));
    texts.put(row, List.of(metric(row), verdict, focus(row, verdict, phase)));
  }

  /** The mean over impressions and clicks, of those that the portfolio has any of. */
  private Double attention(String row, int side) {
    List<Double> parts = new ArrayList<>();
    for (String column : List.of("impressions", "clicks")) {
      if (total(column) > 0) {
        parts.add(share(row, column, side));
      }
    }
    return parts.isEmpty()
        ? null
        : (Double) (parts.stream().mapToDouble(part -> part).sum() / parts.size());
  }

  private Double share(String row, String column, int side) {
    return side == 0
        ? NaiveMath.ratio(count(row, column), total(column))
        : NaiveMath.wilson(count(row, column), total(column), side);
  }

  private void addShares(String row) {
    String[] ends = {"_low", "", "_high"};
    for (int side = -1; side <= 1; side++) {
      cells.set(row, "attention_share" + ends[side + 1], attention(row, side));
      cells.set(row, "outcome_share" + ends[side + 1], share(row, "conversions", side));
    }
    Double attention = cells.get(row, "attention_share");
    Double outcome = cells.get(row, "outcome_share");
    cells.set(row, "value_share", share(row, "value", 0));
    cells.set(row, "value_index", NaiveMath.ratio(outcome, attention));
    Double expected = attention == null ? null : (Double) (attention * total("conversions"));
    cells.set(row, "expected_conversions", expected);
    cells.set(row, "rank_by_attention", attentionRank(row));
    cells.set(row, "rank_by_outcome", outcomeRank(row));
  }

  /** Shares over one denominator, so that equal ones are equal. */
  private double weight(String row) {
    double impressions = Math.max(1, total("impressions"));
    double clicks = Math.max(1, total("clicks"));
    return count(row, "impressions") * clicks + count(row, "clicks") * impressions;
  }

  private Double attentionRank(String row) {
    return 1.0 + portfolio.stream().filter(other -> weights.get(other) > weights.get(row)).count();
  }

  private Double outcomeRank(String row) {
    return 1.0
        + portfolio.stream()
            .filter(other -> count(other, "conversions") > count(row, "conversions"))
            .count();
  }

  private double hits(String row) {
    return Math.min(count(row, "conversions"), count(row, "clicks"));
  }

  private double priorStrength(double p) {
    double all = total("clicks");
    double scatter = 0;
    double squares = 0;
    int m = 0;
    for (String row : portfolio) {
      double n = count(row, "clicks");
      if (n > 0) {
        scatter += n * Math.pow(hits(row) / n - p, 2);
        squares += n * n;
        m++;
      }
    }
    double below = all - squares / all - (m - 1);
    double rho = p == 0 || p == 1 || below == 0 ? 0 : (scatter / (p * (1 - p)) - (m - 1)) / below;
    return Math.min(all, Math.max(1, rho > 0 ? 1 / rho - 1 : all));
  }

  private void addRate(String row) {
    double n = count(row, "clicks");
    cells.set(row, "cvr", NaiveMath.ratio(count(row, "conversions"), n));
    cells.set(row, "cvr_low", null);
    cells.set(row, "cvr_high", null);
    if (rate != null) {
      // Not below none, and not above all.
      double successes = Math.max(0, rate * strength + hits(row) - 0.5);
      double trials = Math.max(strength + n - 1, successes);
      cells.set(row, "cvr_low", NaiveMath.wilson(successes, trials, -1));
      cells.set(row, "cvr_high", NaiveMath.wilson(successes, trials, 1));
    }
  }

  private void addChance(String row) {
    double n = count(row, "clicks");
    Double attention = cells.get(row, "attention_share");
    Double chance = null;
    if (rate != null && n * rate >= rules.minConversions()) {
      double a = rate * strength + hits(row);
      double b = (1 - rate) * strength + n - hits(row);
      chance = rate == 1 ? 1 : NaiveChance.betaAtLeast(Math.max(1, a), Math.max(1, b), rate);
    } else if (attention != null) {
      long conversions = (long) count(row, "conversions");
      chance = NaiveChance.binomialAtMost(conversions, (long) total("conversions"), attention);
    }
    chances.set(row, CHANCE, chance);
    double limit = limit();
    if (chance != null && Math.abs(chance - limit) <= 0.1 * limit) {
      close.add(row);
    }
  }

  private double limit() {
    return 0.05 / portfolio.size();
  }

  private static boolean below(Double left, Double right) {
    return left != null && right != null && left < right;
  }

  private String verdict(String row) {
    Double expected = cells.get(row, "expected_conversions");
    double least = rules.minConversions();
    if (count(row, "conversions") < least && (expected == null || expected < least)) {
      return TOO_EARLY;
    }
    Double chance = chances.get(row, CHANCE);
    boolean apart =
        below(cells.get(row, "outcome_share_high"), cells.get(row, "attention_share_low"));
    return apart && chance != null && chance <= limit() ? VANITY : "earning";
  }

  private String metric(String row) {
    return rules.metrics().get(rules.phases().getOrDefault(campaign(row), "conversion"));
  }

  private void addTarget(String row) {
    String metric = metric(row);
    Double actual = counts.get(row, metric);
    Double target = rules.targets().get(campaign(row));
    cells.set(row, "actual", actual);
    cells.set(row, "target", target);
    Double onTarget = null;
    if (actual != null && target != null) {
      onTarget = (COSTS.contains(metric) ? actual <= target : actual >= target) ? 1.0 : 0.0;
    }
    cells.set(row, "on_target", onTarget);
  }

  private String focus(String row, String verdict, String phase) {
    Double onTarget = cells.get(row, "on_target");
    boolean brand = "brand".equals(phase);
    boolean engagement = "engagement".equals(phase);
    if (verdict.equals(TOO_EARLY)) {
      return "gather_data";
    }
    if (verdict.equals(VANITY)) {
      boolean asked = (brand || engagement) && onTarget != null && onTarget == 1;
      return asked ? KEEP : "fix_after_click";
    }
    if (below(cells.get(row, "attention_share_high"), cells.get(row, "outcome_share_low"))) {
      return "scale_up";
    }
    if (onTarget == null || onTarget == 1) {
      return KEEP;
    }
    return brand ? "improve_reach" : engagement ? "improve_click_through" : "improve_conversion";
  }
}
