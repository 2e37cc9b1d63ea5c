package dev.throughline.app;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;

import dev.throughline.app.LearnedShares.Group;
import dev.throughline.app.LearnedShares.Shares;
import dev.throughline.errors.ErrorKind;
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
import java.util.Locale;
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
    Map<LocalDate, List<Row>> outcomes = byDay(converted.collectAsList());
    Map<LocalDate, List<Row>> ofDays = byDay(sizes(transitions).collectAsList());
    for (LocalDate day : days) {
      List<Row> outcome = outcomes.getOrDefault(day, List.of());
      if (outcome.isEmpty()) {
        continue;
      }
      LearnedShares shares = new LearnedShares(day, outcome, models, resamples);
      shapley(shares, values.filter(onDay(day)).collectAsList());
      for (Row chain : ofDays.getOrDefault(day, List.of())) {
        solve(shares, chain, transitions.filter(onDay(day)));
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

  private void solve(LearnedShares shares, Row chain, Dataset<Row> transitions) {
    long states = chain.getLong(chain.fieldIndex("states"));
    long steps = chain.getLong(chain.fieldIndex("steps"));
    if (states > MarkovChain.MOST_STATES || steps > MOST_STEPS) {
      throw tooLarge(chain, states, steps, null);
    }
    boolean resampled = resamples > 0 && states <= MOST_RESAMPLED_STATES;
    Dataset<Row> own = transitions;
    for (Field field : List.of(Journeys.DIMENSION, Conversions.ACTION, Journeys.MODEL)) {
      own = own.filter(field.col().equalTo(lit(chain.getAs(field.name()))));
    }
    Group group = Group.of(chain);
    if (shares.has(group)) {
      String model = chain.getAs(Journeys.MODEL.name());
      Chain solved;
      try {
        solved = new Chain((resampled ? own : own.drop(Swept.RESAMPLED.name())).collectAsList());
      } catch (ChainTooLargeException e) {
        throw tooLarge(chain, states, steps, e);
      }
      chains++;
      effects.addAll(solved.effects(chain.getAs(Events.DAY.name()), group, model));
      shares.apply(group, model, solved.shares(resampled ? resamples : 0));
    }
  }

  private static ThroughlineException tooLarge(
      Row chain, long states, long steps, ChainTooLargeException cause) {
    String model = chain.getAs(Journeys.MODEL.name());
    return new ThroughlineException(
        ErrorKind.INPUT,
        String.format(
            Locale.ROOT,
            "The chain of %s by %s for %s on %s has %,d states and %,d steps between them, which is more than"
                + " can be solved exactly (%,d and %,d, or fewer where nearly all are neighbours). Take %s out of"
                + " throughline.attribution.models, or shorten journeys with"
                + " throughline.attribution.training-transforms.",
            model,
            chain.getAs(Journeys.DIMENSION.name()),
            chain.getAs(Conversions.ACTION.name()),
            chain.getAs(Events.DAY.name()),
            states,
            steps,
            MarkovChain.MOST_STATES,
            MOST_STEPS,
            model),
        cause);
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
