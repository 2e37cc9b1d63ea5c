package dev.throughline.app;

import dev.throughline.app.LearnedShares.Group;
import dev.throughline.app.LearnedShares.Shares;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.input.Events;
import dev.throughline.model.DayCredits;
import dev.throughline.model.Journeys;
import dev.throughline.model.Learned;
import dev.throughline.table.Field;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Shares each day's conversions out, on the driver, by what models learned. */
final class Training {
  static final StructType CREDITS = schema(LearnedShares.CREDITS);
  static final StructType EFFECTS = schema(Learned.EFFECTS);

  private final SparkSession spark;
  private final int resamples;
  private final List<Row> credits = new ArrayList<>();
  private final List<Row> effects = new ArrayList<>();
  private int chains;

  /**
   * Learns and applies what was learned, day by day.
   *
   * @param converted what {@link DayCredits#converted} returned
   * @param values what {@link Learned#values} returned
   * @param transitions what {@link Learned#transitions} returned
   * @param models ids of the models that learn
   * @throws ThroughlineException of kind INPUT that names the chain, if one is too large
   */
  Training(
      SparkSession spark,
      List<LocalDate> days,
      Dataset<Row> converted,
      Dataset<Row> values,
      Dataset<Row> transitions,
      List<String> models,
      int resamples) {
    this.spark = spark;
    this.resamples = resamples;
    if (models.isEmpty()) {
      return;
    }
    Map<LocalDate, List<Row>> outcomes = byDay(converted.collectAsList());
    Chains ofDays = new Chains(transitions, resamples);
    for (LocalDate day : days) {
      List<Row> outcome = outcomes.getOrDefault(day, List.of());
      if (outcome.isEmpty()) {
        continue;
      }
      LearnedShares shares = new LearnedShares(day, outcome, models, resamples);
      shapley(shares, values.filter(onDay(day)).collectAsList());
      ofDays.solve(
          day,
          shares::has,
          (group, model, chain, draws) -> {
            effects.addAll(chain.effects(Date.valueOf(day), group, model));
            shares.apply(group, model, chain.shares(draws));
            chains++;
          });
      credits.addAll(shares.credits());
    }
  }

  private static StructType schema(List<Field> fields) {
    StructType schema = new StructType();
    for (Field field : fields) {
      schema = schema.add(field.structField());
    }
    return schema;
  }

  static Column onDay(LocalDate day) {
    return Events.DAY.col().equalTo(Date.valueOf(day));
  }

  static Map<LocalDate, List<Row>> byDay(List<Row> rows) {
    Map<LocalDate, List<Row>> days = new HashMap<>();
    for (Row row : rows) {
      days.computeIfAbsent(row.<Date>getAs(Events.DAY.name()).toLocalDate(), d -> new ArrayList<>())
          .add(row);
    }
    return days;
  }

  /** Closed form: what members earned in the days of training is what they get shares by. */
  private void shapley(LearnedShares shares, List<Row> values) {
    Map<Group, Map<String, List<Row>>> groups = new HashMap<>();
    for (Row row : values) {
      groups
          .computeIfAbsent(Group.of(row), group -> new HashMap<>())
          .computeIfAbsent(row.getAs(Journeys.MODEL.name()), model -> new ArrayList<>())
          .add(row);
    }
    groups.forEach(
        (group, byModel) -> {
          if (shares.has(group)) {
            byModel.forEach((model, rows) -> shares.apply(group, model, earned(rows)));
          }
        });
  }

  private Shares earned(List<Row> rows) {
    // In the order of members, so that sums are the same to the last digit.
    Map<String, Double> conversions = new TreeMap<>();
    Map<String, Double> value = new TreeMap<>();
    Map<String, double[]> resampled = new TreeMap<>();
    for (Row row : rows) {
      String member = row.getAs(Journeys.MEMBER.name());
      conversions.put(member, decimal(row, Journeys.CREDITED_CONVERSIONS));
      value.put(member, decimal(row, Journeys.CREDITED_VALUE));
      resampled.put(member, LearnedShares.resampled(row));
    }
    return new Shares(
        Shares.of(conversions), Shares.of(value), Shares.ofResamples(resampled, resamples));
  }

  private static double decimal(Row row, Field field) {
    return row.<BigDecimal>getAs(field.name()).doubleValue();
  }

  /** How many chains were solved, those of resamples not counted. */
  int chains() {
    return chains;
  }

  /** Credit by the models that learned, as {@link DayCredits#withShares} has that by others. */
  Dataset<Row> credits() {
    return spark.createDataFrame(credits, CREDITS);
  }

  /** What removing each member would change. */
  Dataset<Row> effects() {
    return spark.createDataFrame(effects, EFFECTS);
  }
}
