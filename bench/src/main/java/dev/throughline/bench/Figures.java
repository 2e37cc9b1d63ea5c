package dev.throughline.bench;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** Medians and ratios of measurements. */
final class Figures {
  private final List<Measurement> measurements;

  Figures(List<Measurement> measurements) {
    this.measurements = measurements;
  }

  List<Measurement> of(Plan plan) {
    return measurements.stream().filter(m -> m.plan().equals(plan)).toList();
  }

  /** Why a contender has no figures, if it failed in any round. */
  Optional<String> failure(Plan plan) {
    return of(plan).stream().filter(m -> !m.ok()).map(Measurement::failure).findFirst();
  }

  /** The median over the rounds; none where a round failed or there was none. */
  OptionalDouble median(Plan plan, ToDoubleFunction<Measurement> figure) {
    return failure(plan).isPresent()
        ? OptionalDouble.empty()
        : median(of(plan).stream().mapToDouble(figure).toArray());
  }

  /** The median of the ratios of a figure of the two within each round. */
  OptionalDouble ratio(Plan plan, Plan base, ToDoubleFunction<Measurement> figure) {
    if (failure(plan).isPresent() || failure(base).isPresent()) {
      return OptionalDouble.empty();
    }
    return median(
        of(plan).stream()
            .flatMapToDouble(
                m ->
                    of(base).stream()
                        .filter(b -> b.round() == m.round())
                        .mapToDouble(b -> figure.applyAsDouble(m) / figure.applyAsDouble(b)))
            .toArray());
  }

  /** How time grows with the log: 1 is in proportion, 2 is with its square. */
  static double exponent(double time, double events, double moreTime, double moreEvents) {
    return Math.log(moreTime / time) / Math.log(moreEvents / events);
  }

  private static OptionalDouble median(double[] values) {
    double[] sorted = values.clone();
    java.util.Arrays.sort(sorted);
    int n = sorted.length;
    return n == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((sorted[(n - 1) / 2] + sorted[n / 2]) / 2);
  }
}
