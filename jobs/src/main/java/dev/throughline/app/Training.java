package dev.throughline.app;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;

import dev.throughline.app.LearnedShares.Group;
import dev.throughline.app.LearnedShares.Shares;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.input.Events;
import dev.throughline.markov.ChainTooLargeException;
import dev.throughline.markov.MarkovChain;
import dev.throughline.model.Conversions;
import dev.throughline.model.DayCredits;
import dev.throughline.model.Journeys;
import dev.throughline.model.Learned;
import dev.throughline.model.Swept;
import dev.throughline.table.Field;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Solves the chains of each day on the driver, and shares the day's conversions out by what models
 * learned. This is the one place where more than a few numbers are brought to the driver: the steps
 * of one day's chains, of which there may be {@link #MOST_STEPS}.
 */
final class Training {
  /** So many steps of one chain are brought to the driver at most. */
  static final int MOST_STEPS = 1_000_000;

  /** So many steps of all chains of a day are brought there at once, with their resamples. */
  private static final int MOST_STEPS_TOGETHER = 50_000;

  /** What tells the chains of a day apart. */
  private static final List<Field> CHAIN =
      List.of(Journeys.DIMENSION, Conversions.ACTION, Journeys.MODEL);

  /**
   * Beyond so many states a chain is solved once, and not for every resample: its shares have no
   * interval.
   */
  static final int MOST_RESAMPLED_STATES = 200;

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
    Map<LocalDate, List<Row>> ofDays = byDay(sizes(transitions).collectAsList());
    for (LocalDate day : days) {
      List<Row> outcome = outcomes.getOrDefault(day, List.of());
      if (outcome.isEmpty()) {
        continue;
      }
      LearnedShares shares = new LearnedShares(day, outcome, models, resamples);
      shapley(shares, values.filter(onDay(day)).collectAsList());
      List<Row> ofDay = ofDays.getOrDefault(day, List.of());
      Dataset<Row> steps = transitions.filter(onDay(day));
      Map<List<Object>, List<Row>> together = together(ofDay, steps);
      for (Row chain : ofDay) {
        solve(shares, chain, together, steps);
      }
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

  private static Column onDay(LocalDate day) {
    return Events.DAY.col().equalTo(Date.valueOf(day));
  }

  private static Map<LocalDate, List<Row>> byDay(List<Row> rows) {
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

  /** Steps and states of each chain. */
  private static Dataset<Row> sizes(Dataset<Row> transitions) {
    return transitions
        .groupBy(
            Stream.of(Events.DAY, Journeys.DIMENSION, Conversions.ACTION, Journeys.MODEL)
                .map(Field::col)
                .toArray(Column[]::new))
        .agg(count(lit(1)).as("steps"), count_distinct(Learned.FROM.col()).as("states"))
        .orderBy(Journeys.DIMENSION.col(), Conversions.ACTION.col(), Journeys.MODEL.col());
  }

  /**
   * The steps of all chains of a day, if they are few: a query for each chain would take longer.
   */
  private static Map<List<Object>, List<Row>> together(List<Row> chains, Dataset<Row> steps) {
    Map<List<Object>, List<Row>> together = new HashMap<>();
    long all = chains.stream().mapToLong(chain -> chain.<Long>getAs("steps")).sum();
    if (all <= MOST_STEPS_TOGETHER) {
      for (Row step : steps.collectAsList()) {
        together.computeIfAbsent(key(step), key -> new ArrayList<>()).add(step);
      }
    }
    return together;
  }

  private static List<Object> key(Row row) {
    return CHAIN.stream().map(field -> row.getAs(field.name())).toList();
  }

  private void solve(
      LearnedShares shares,
      Row chain,
      Map<List<Object>, List<Row>> together,
      Dataset<Row> transitions) {
    long states = chain.getLong(chain.fieldIndex("states"));
    long steps = chain.getLong(chain.fieldIndex("steps"));
    if (states > MarkovChain.MOST_STATES || steps > MOST_STEPS) {
      throw Chain.tooLarge(chain, states, steps, null);
    }
    boolean resampled = resamples > 0 && states <= MOST_RESAMPLED_STATES;
    Dataset<Row> own = transitions;
    for (Field field : CHAIN) {
      own = own.filter(field.col().equalTo(lit(chain.getAs(field.name()))));
    }
    Group group = Group.of(chain);
    if (shares.has(group)) {
      String model = chain.getAs(Journeys.MODEL.name());
      Chain solved;
      try {
        List<Row> collected = together.get(key(chain));
        if (collected == null) {
          collected = (resampled ? own : own.drop(Swept.RESAMPLED.name())).collectAsList();
        }
        solved = new Chain(collected);
      } catch (ChainTooLargeException e) {
        throw Chain.tooLarge(chain, states, steps, e);
      }
      chains++;
      effects.addAll(solved.effects(chain.getAs(Events.DAY.name()), group, model));
      shares.apply(group, model, solved.shares(resampled ? resamples : 0));
    }
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
