package dev.throughline.app;

import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;

import dev.throughline.app.LearnedShares.Group;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.input.Events;
import dev.throughline.markov.ChainTooLargeException;
import dev.throughline.markov.MarkovChain;
import dev.throughline.model.Conversions;
import dev.throughline.model.Journeys;
import dev.throughline.model.Learned;
import dev.throughline.model.Swept;
import dev.throughline.table.Field;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The chains of each day, solved on the driver. This is the one place where more than a few numbers
 * are brought there: the steps of some chains, of which there may be {@link #MOST_STEPS}.
 */
final class Chains {
  /** So many steps are brought to the driver at once at most. */
  static final int MOST_STEPS = 1_000_000;

  /**
   * Beyond so many states a chain is solved once, and not for every resample: its shares have no
   * interval.
   */
  static final int MOST_RESAMPLED_STATES = 200;

  /** A step with what it is in resamples takes as much memory as so many without. */
  private static final int SIZE_OF_RESAMPLED_STEP = 20;

  /**
   * Chains are solved side by side that have so many states together. One chain of as many takes
   * less than 1 GiB, see {@link MarkovChain#MOST_STATES}.
   */
  private static final int MOST_STATES_TOGETHER = 24_000;

  private static final String STEPS = "steps";
  private static final String STATES = "states";

  /** Between the parts of a chain's key. Names that hold it bring too much, which is left again. */
  private static final String BETWEEN = "\0";

  /** What tells the chains of a day apart. */
  private static final List<Field> KEY =
      List.of(Journeys.DIMENSION, Conversions.ACTION, Journeys.MODEL);

  /** Is told of a chain that was solved. */
  @FunctionalInterface
  interface Solved {
    /**
     * Of one chain after another.
     *
     * @param resamples how many resamples its shares are to be found in as well
     */
    void chain(Group group, String model, Chain chain, int resamples);
  }

  private final Dataset<Row> transitions;
  private final int resamples;
  private final Map<LocalDate, List<Row>> sizes;

  /**
   * Finds which chains there are.
   *
   * @param transitions what {@link Learned#transitions} returned
   */
  Chains(Dataset<Row> transitions, int resamples) {
    this.transitions = transitions;
    this.resamples = resamples;
    sizes = Training.byDay(sizes(transitions).collectAsList());
  }

  private static Dataset<Row> sizes(Dataset<Row> transitions) {
    return transitions
        .groupBy(
            Stream.concat(Stream.of(Events.DAY), KEY.stream())
                .map(Field::col)
                .toArray(Column[]::new))
        .agg(count(lit(1)).as(STEPS), count_distinct(Learned.FROM.col()).as(STATES))
        .orderBy(Journeys.DIMENSION.col(), Conversions.ACTION.col(), Journeys.MODEL.col());
  }

  /**
   * Solves the chains of a day.
   *
   * @param wanted which of them matter
   * @throws ThroughlineException of kind INPUT that names the chain, if one is too large
   */
  void solve(LocalDate day, Predicate<Group> wanted, Solved solved) {
    List<Row> chains = sizes.getOrDefault(day, List.of());
    chains.forEach(Chains::requireSolvable);
    Map<Boolean, List<Row>> byResampled =
        chains.stream()
            .filter(chain -> wanted.test(Group.of(chain)))
            .collect(Collectors.partitioningBy(this::resampled));
    Dataset<Row> steps = transitions.filter(Training.onDay(day));
    // A query for each would take as long as to solve it.
    parts(byResampled.get(true), Chains::steps, MOST_STEPS / SIZE_OF_RESAMPLED_STEP)
        .forEach(some -> solve(some, steps, resamples, solved));
    parts(byResampled.get(false), Chains::steps, MOST_STEPS)
        .forEach(some -> solve(some, steps.drop(Swept.RESAMPLED.name()), 0, solved));
  }

  private static void requireSolvable(Row chain) {
    if (states(chain) > MarkovChain.MOST_STATES || steps(chain) > MOST_STEPS) {
      throw tooLarge(chain, null);
    }
  }

  private static ThroughlineException tooLarge(Row chain, ChainTooLargeException cause) {
    return Chain.tooLarge(chain, states(chain), steps(chain), cause);
  }

  private boolean resampled(Row chain) {
    return resamples > 0 && states(chain) <= MOST_RESAMPLED_STATES;
  }

  private static long states(Row chain) {
    return chain.<Long>getAs(STATES);
  }

  private static long steps(Row chain) {
    return chain.<Long>getAs(STEPS);
  }

  /**
   * Chains in their order, in parts of so much at most; one of more is a part of its own.
   *
   * @param size of a chain
   */
  private static List<List<Row>> parts(List<Row> chains, ToLongFunction<Row> size, long most) {
    List<List<Row>> parts = new ArrayList<>();
    long filled = 0;
    for (Row chain : chains) {
      long own = size.applyAsLong(chain);
      if (parts.isEmpty() || filled + own > most) {
        parts.add(new ArrayList<>());
        filled = 0;
      }
      parts.get(parts.size() - 1).add(chain);
      filled += own;
    }
    return parts;
  }

  private static void solve(List<Row> chains, Dataset<Row> steps, int resamples, Solved solved) {
    Column key = concat_ws(BETWEEN, KEY.stream().map(Field::col).toArray(Column[]::new));
    Object[] wanted = chains.stream().map(chain -> String.join(BETWEEN, key(chain))).toArray();
    Map<List<String>, List<Row>> found =
        steps.filter(key.isin(wanted)).collectAsList().stream()
            .collect(Collectors.groupingBy(Chains::key));
    for (List<Row> part : parts(chains, Chains::states, MOST_STATES_TOGETHER)) {
      // Each is on its own; who is told of them is told in order.
      List<Chain> all =
          part.parallelStream().map(chain -> solve(chain, found.get(key(chain)))).toList();
      for (int i = 0; i < all.size(); i++) {
        Row chain = part.get(i);
        solved.chain(Group.of(chain), chain.getAs(Journeys.MODEL.name()), all.get(i), resamples);
      }
    }
  }

  private static List<String> key(Row row) {
    return KEY.stream().map(field -> row.<String>getAs(field.name())).toList();
  }

  private static Chain solve(Row chain, List<Row> steps) {
    try {
      return new Chain(steps);
    } catch (ChainTooLargeException e) {
      throw tooLarge(chain, e);
    }
  }
}
