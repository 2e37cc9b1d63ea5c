package dev.throughline.app;

import dev.throughline.input.Events;
import dev.throughline.metrics.Apportionment;
import dev.throughline.model.Conversions;
import dev.throughline.model.DayCredits;
import dev.throughline.model.Journeys;
import dev.throughline.model.Swept;
import dev.throughline.table.Field;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The conversions of a day, shared out by what models learned. */
final class LearnedShares {
  /** Grain: day, dimension, member, action, model. */
  static final List<Field> CREDITS =
      List.of(
          Events.DAY,
          Journeys.DIMENSION,
          Journeys.MEMBER,
          Conversions.ACTION,
          Journeys.MODEL,
          Journeys.CREDITED_CONVERSIONS,
          Journeys.CREDITED_VALUE,
          DayCredits.RESAMPLED_SHARES);

  /** What shares are learned for. */
  record Group(String dimension, String action) {
    static Group of(Row row) {
      return new Group(row.getAs(Journeys.DIMENSION.name()), row.getAs(Conversions.ACTION.name()));
    }
  }

  /**
   * Shares by member, each adding up to 1 or all 0.
   *
   * @param resampled shares of conversions in each resample; empty where there are no intervals
   */
  record Shares(
      Map<String, Double> conversions, Map<String, Double> value, Map<String, double[]> resampled) {

    /** Amounts brought to a sum of 1; all 0 where there is none. */
    static Map<String, Double> of(Map<String, Double> amounts) {
      double sum = amounts.values().stream().mapToDouble(Double::doubleValue).sum();
      Map<String, Double> shares = new TreeMap<>();
      amounts.forEach((member, amount) -> shares.put(member, sum > 0 ? amount / sum : 0));
      return shares;
    }

    /** The same in each resample; NaN where there is nothing in one. */
    static Map<String, double[]> ofResamples(Map<String, double[]> amounts, int resamples) {
      double[] sums = new double[resamples];
      amounts.values().forEach(of -> add(sums, of));
      Map<String, double[]> shares = new HashMap<>();
      amounts.forEach(
          (member, of) -> {
            double[] share = new double[resamples];
            for (int i = 0; i < resamples; i++) {
              share[i] = of[i] / sums[i];
            }
            shares.put(member, share);
          });
      return shares;
    }

    private static void add(double[] sums, double[] parts) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += parts[i];
      }
    }
  }

  /** Conversions of a group that have a touch, or that have none. */
  private record Outcome(BigDecimal conversions, BigDecimal value, List<Long> resampled) {}

  private final Date day;
  private final int resamples;
  private final Map<Group, Outcome> touched = new HashMap<>();
  private final Map<Group, Outcome> untouched = new HashMap<>();
  private final List<Row> credits = new ArrayList<>();

  /**
   * @param converted rows of the day that {@link DayCredits#converted} returned
   * @param models ids of the models that learn
   */
  LearnedShares(LocalDate day, List<Row> converted, List<String> models, int resamples) {
    this.day = Date.valueOf(day);
    this.resamples = resamples;
    for (Row row : converted) {
      Outcome outcome =
          new Outcome(
              row.getAs(Journeys.CREDITED_CONVERSIONS.name()),
              row.getAs(Journeys.CREDITED_VALUE.name()),
              row.getList(row.fieldIndex(Swept.RESAMPLED.name())));
      boolean any = row.getAs(DayCredits.TOUCHED.name());
      (any ? touched : untouched).put(Group.of(row), outcome);
    }
    for (String model : models) {
      untouched.forEach(
          (group, outcome) ->
              credit(
                  group,
                  model,
                  Journeys.UNATTRIBUTED,
                  outcome.conversions(),
                  outcome.value(),
                  relative(
                      group,
                      outcome.resampled().stream().mapToDouble(Long::doubleValue).toArray())));
    }
  }

  /** What a row was in each resample. */
  static double[] resampled(Row row) {
    return row.<Long>getList(row.fieldIndex(Swept.RESAMPLED.name())).stream()
        .mapToDouble(Long::doubleValue)
        .toArray();
  }

  /** The groups that have conversions with a touch. */
  boolean has(Group group) {
    return touched.containsKey(group);
  }

  /** Shares the conversions of a group out. */
  void apply(Group group, String model, Shares shares) {
    Outcome outcome = touched.get(group);
    Map<String, BigDecimal> conversions =
        Apportionment.of(outcome.conversions(), shares.conversions());
    boolean worthless = shares.value().values().stream().allMatch(share -> share == 0);
    Map<String, BigDecimal> value =
        Apportionment.of(outcome.value(), worthless ? shares.conversions() : shares.value());
    conversions.forEach(
        (member, part) -> {
          double[] resampled = shares.resampled().get(member);
          double[] all = new double[resampled == null ? 0 : resamples];
          for (int i = 0; i < all.length; i++) {
            all[i] = resampled[i] * outcome.resampled().get(i);
          }
          credit(group, model, member, part, value.get(member), relative(group, all));
        });
  }

  /** Parts of all conversions of a group; NULL where a resample has none. */
  private List<Double> relative(Group group, double[] parts) {
    List<Double> shares = new ArrayList<>(Collections.nCopies(parts.length, null));
    for (int i = 0; i < parts.length; i++) {
      double whole = inResample(touched.get(group), i) + inResample(untouched.get(group), i);
      if (whole > 0 && !Double.isNaN(parts[i])) {
        shares.set(i, parts[i] / whole);
      }
    }
    return shares;
  }

  private static double inResample(Outcome outcome, int i) {
    return outcome == null ? 0 : outcome.resampled().get(i);
  }

  private void credit(
      Group group,
      String model,
      String member,
      BigDecimal conversions,
      BigDecimal value,
      List<Double> resampledShares) {
    if (conversions.signum() > 0 || value.signum() > 0) {
      credits.add(
          RowFactory.create(
              day,
              group.dimension(),
              member,
              group.action(),
              model,
              conversions,
              value,
              resampledShares.toArray(Double[]::new)));
    }
  }

  /** Credit by all models that were applied, of the columns {@link #CREDITS}. */
  List<Row> credits() {
    return credits;
  }
}
