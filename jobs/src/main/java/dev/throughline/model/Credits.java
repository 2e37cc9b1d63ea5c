package dev.throughline.model;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Sums of credit, exact: amounts are whole millionths and millionths of these, and a conversion's
 * parts always add up to it. So sums do not depend on the order of rows, and what is attributed
 * reconciles to the last digit.
 */
final class Credits {
  private static final long UNIT = 1_000_000;

  /** What one sum of credit is about. */
  private record Key(int day, String dimension, String member, String action, String model) {}

  /** Millionths, and millionths of millionths, of conversions and of value. */
  private static final class Sum {
    private long conversionMicros;
    private long conversionPicos;
    private long valueMicros;
    private long valuePicos;
  }

  private final Map<Key, Sum> sums = new HashMap<>();
  private long[] conversionMicros = new long[16];
  private long[] conversionPicos = new long[16];
  private long[] valueMicros = new long[16];
  private long[] valuePicos = new long[16];

  /** Adds a whole conversion to one member. */
  void add(int day, String dimension, String member, String action, String model, long value) {
    Sum sum = sum(day, dimension, member, action, model);
    sum.conversionMicros += UNIT;
    sum.valueMicros += value;
  }

  /**
   * Shares a conversion among the touches of its journey.
   *
   * @param members the member of each touch
   * @param shares the share of each touch, adding up to 1
   * @param size how many touches there are
   * @param value worth of the conversion in millionths
   */
  void share(
      int day,
      String dimension,
      String[] members,
      double[] shares,
      int size,
      String action,
      String model,
      long value) {
    if (size > conversionMicros.length) {
      conversionMicros = new long[size];
      conversionPicos = new long[size];
      valueMicros = new long[size];
      valuePicos = new long[size];
    }
    allocate(UNIT, shares, size, conversionMicros, conversionPicos);
    allocate(value, shares, size, valueMicros, valuePicos);
    for (int i = 0; i < size; i++) {
      if (shares[i] > 0) {
        Sum sum = sum(day, dimension, members[i], action, model);
        sum.conversionMicros += conversionMicros[i];
        sum.conversionPicos += conversionPicos[i];
        sum.valueMicros += valueMicros[i];
        sum.valuePicos += valuePicos[i];
      }
    }
  }

  /**
   * Splits an amount into parts; the touch with the largest share takes what rounding left over.
   */
  private static void allocate(
      long amount, double[] shares, int size, long[] micros, long[] picos) {
    int largest = 0;
    for (int i = 1; i < size; i++) {
      if (shares[i] > shares[largest]) {
        largest = i;
      }
    }
    long restMicros = amount;
    long restPicos = 0;
    for (int i = 0; i < size; i++) {
      if (i != largest) {
        double part = shares[i] * amount;
        micros[i] = (long) Math.floor(part);
        picos[i] = Math.round((part - micros[i]) * UNIT);
        restMicros -= micros[i];
        restPicos -= picos[i];
      }
    }
    micros[largest] = restMicros;
    picos[largest] = restPicos;
  }

  private Sum sum(int day, String dimension, String member, String action, String model) {
    return sums.computeIfAbsent(new Key(day, dimension, member, action, model), key -> new Sum());
  }

  /** How many sums there are. */
  int size() {
    return sums.size();
  }

  /** Hands the sums out as rows of {@link JourneySweep#SWEPT} and begins anew. */
  Iterator<Row> drain() {
    Map<Key, Sum> drained = new HashMap<>(sums);
    sums.clear();
    return drained.entrySet().stream()
        .map(
            entry -> {
              Key key = entry.getKey();
              Sum sum = entry.getValue();
              return RowFactory.create(
                  key.day(),
                  key.dimension(),
                  key.member(),
                  key.action(),
                  key.model(),
                  exact(sum.conversionMicros, sum.conversionPicos),
                  exact(sum.valueMicros, sum.valuePicos));
            })
        .iterator();
  }

  private static BigDecimal exact(long micros, long picos) {
    return BigDecimal.valueOf(micros, 6).add(BigDecimal.valueOf(picos, 12));
  }
}
