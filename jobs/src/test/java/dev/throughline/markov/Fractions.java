package dev.throughline.markov;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Solves a chain whose counts are whole numbers by elimination in fractions, without rounding. */
final class Fractions {
  private record Fraction(BigInteger above, BigInteger below) {
    static final Fraction ZERO = of(0);

    static Fraction of(double whole) {
      return new Fraction(BigDecimal.valueOf(whole).toBigIntegerExact(), BigInteger.ONE);
    }

    Fraction shortened() {
      BigInteger common = above.gcd(below);
      return new Fraction(above.divide(common), below.divide(common));
    }

    Fraction minus(Fraction other) {
      return new Fraction(
              above.multiply(other.below).subtract(other.above.multiply(below)),
              below.multiply(other.below))
          .shortened();
    }

    Fraction times(Fraction other) {
      return new Fraction(above.multiply(other.above), below.multiply(other.below)).shortened();
    }

    Fraction inverse() {
      return above.signum() < 0
          ? new Fraction(below.negate(), above.negate())
          : new Fraction(below, above);
    }

    double rounded() {
      return new BigDecimal(above)
          .divide(new BigDecimal(below), MathContext.DECIMAL64)
          .doubleValue();
    }
  }

  private Fractions() {}

  /** Probability of a conversion and expected value; every state must have a way to an end. */
  static double[] solve(List<Transition> transitions) {
    Map<State, Integer> numbers = new LinkedHashMap<>();
    for (Transition t : transitions) {
      numbers.putIfAbsent(t.from(), numbers.size());
    }
    int n = numbers.size();
    List<Fraction[]> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Fraction[] row = new Fraction[n + 2];
      Arrays.fill(row, Fraction.ZERO);
      rows.add(row);
    }
    for (Transition t : transitions) {
      Fraction[] row = rows.get(numbers.get(t.from()));
      Fraction less = Fraction.of(-t.count());
      int self = numbers.get(t.from());
      row[self] = row[self].minus(less);
      if (t.to().kind() == State.Kind.TOUCHES) {
        int to = numbers.get(t.to());
        row[to] = row[to].minus(Fraction.of(t.count()));
      } else if (t.to().kind() == State.Kind.CONVERSION) {
        row[n] = row[n].minus(less);
        row[n + 1] = row[n + 1].minus(Fraction.of(-t.value()));
      }
    }
    for (int step = 0; step < n; step++) {
      eliminate(rows, step);
    }
    Fraction[] start = rows.get(numbers.get(State.START));
    return new double[] {start[n].rounded(), start[n + 1].rounded()};
  }

  private static void eliminate(List<Fraction[]> rows, int step) {
    int pivot = step;
    while (rows.get(pivot)[step].above().signum() == 0) {
      pivot++;
    }
    Collections.swap(rows, step, pivot);
    Fraction[] own = rows.get(step);
    Fraction factor = own[step].inverse();
    for (int column = step; column < own.length; column++) {
      own[column] = own[column].times(factor);
    }
    for (Fraction[] other : rows) {
      Fraction multiple = other[step];
      if (other != own && multiple.above().signum() != 0) {
        for (int column = step; column < own.length; column++) {
          other[column] = other[column].minus(own[column].times(multiple));
        }
      }
    }
  }
}
