package dev.throughline.app;

import dev.throughline.app.LearnedShares.Group;
import dev.throughline.app.LearnedShares.Shares;
import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.input.Events;
import dev.throughline.markov.ChainTooLargeException;
import dev.throughline.markov.MarkovChain;
import dev.throughline.markov.RemovalEffect;
import dev.throughline.markov.State;
import dev.throughline.markov.Transition;
import dev.throughline.model.ChainStates;
import dev.throughline.model.Conversions;
import dev.throughline.model.Journeys;
import dev.throughline.model.Learned;
import java.math.BigDecimal;
import java.sql.Date;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** One chain of a day, from published steps to shares. */
final class Chain {
  private final List<Transition> transitions = new ArrayList<>();
  private final List<Row> steps;
  private final MarkovChain solved;
  private final List<RemovalEffect> effects;

  /**
   * @param steps rows that {@link Learned#transitions} returned, of one chain
   */
  Chain(List<Row> steps) {
    // Sums of fractions depend on their order in the last digit; that of the rows is any.
    this.steps =
        steps.stream()
            .sorted(
                Comparator.comparing((Row step) -> step.<String>getAs(Learned.FROM.name()))
                    .thenComparing(step -> step.<String>getAs(Learned.TO.name())))
            .toList();
    for (Row step : this.steps) {
      transitions.add(
          new Transition(
              state(step.getAs(Learned.FROM.name())),
              state(step.getAs(Learned.TO.name())),
              step.<Long>getAs(Learned.COUNT.name()),
              step.<BigDecimal>getAs(Learned.VALUE.name()).doubleValue()));
    }
    solved = MarkovChain.of(transitions);
    effects = solved.removalEffects();
  }

  private static State state(String text) {
    return switch (text) {
      case ChainStates.START -> State.START;
      case ChainStates.CONVERSION -> State.CONVERSION;
      case ChainStates.NULL -> State.NULL;
      default -> State.of(ChainStates.members(text));
    };
  }

  /** Rows of {@link Learned#EFFECTS}. */
  List<Row> effects(Date day, Group group, String model) {
    return effects.stream()
        .map(
            effect ->
                RowFactory.create(
                    day,
                    group.dimension(),
                    group.action(),
                    model,
                    effect.member(),
                    solved.conversionProbability(),
                    effect.probabilityWithout(),
                    effect.effect(),
                    effect.share(),
                    solved.expectedValue(),
                    effect.valueWithout(),
                    effect.valueEffect(),
                    effect.valueShare()))
        .toList();
  }

  /** The shares, and those of each resample of its steps. */
  Shares shares(int resamples) {
    Map<String, Double> conversions = new HashMap<>();
    Map<String, Double> value = new HashMap<>();
    Map<String, double[]> resampled = new HashMap<>();
    for (RemovalEffect effect : effects) {
      conversions.put(effect.member(), effect.share());
      value.put(effect.member(), effect.valueShare());
      if (resamples > 0) {
        resampled.put(effect.member(), new double[resamples]);
      }
    }
    List<double[]> counts = resamples == 0 ? List.of() : resampledCounts();
    // Each solve is on its own, and writes to its own places.
    IntStream.range(0, resamples)
        .parallel()
        .forEach(
            i -> resample(i, counts).forEach((member, share) -> resampled.get(member)[i] = share));
    return new Shares(conversions, value, resampled);
  }

  private List<double[]> resampledCounts() {
    return steps.stream().map(LearnedShares::resampled).toList();
  }

  /** Shares by member in one resample; NaN where nobody in it converted. */
  private Map<String, Double> resample(int i, List<double[]> counts) {
    List<Transition> drawn = new ArrayList<>();
    for (int step = 0; step < transitions.size(); step++) {
      double count = counts.get(step)[i];
      if (count > 0) {
        Transition all = transitions.get(step);
        drawn.add(new Transition(all.from(), all.to(), count, 0));
      }
    }
    MarkovChain chain = MarkovChain.of(drawn);
    Map<String, Double> shares = new HashMap<>();
    double missing = chain.conversionProbability() > 0 ? 0 : Double.NaN;
    effects.forEach(effect -> shares.put(effect.member(), missing));
    if (chain.conversionProbability() > 0) {
      chain.removalEffects().forEach(effect -> shares.put(effect.member(), effect.share()));
    }
    return shares;
  }

  /** The error of a chain that is too large to solve, by its row of sizes. */
  static ThroughlineException tooLarge(
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
            Chains.MOST_STEPS,
            model),
        cause);
  }
}
