package dev.throughline.model;

/**
 * Splits conversions among the touches of their journeys. A conversion's parts always add up to it,
 * so what is attributed reconciles to the last digit.
 */
final class Credits {
  private final Sums sums;
  private long[] conversionMicros = new long[16];
  private long[] conversionPicos = new long[16];
  private long[] valueMicros = new long[16];
  private long[] valuePicos = new long[16];

  Credits(Sums sums) {
    this.sums = sums;
  }

  /** Adds a whole conversion to one member. */
  void add(int day, String dimension, String member, String action, String model, long value) {
    sum(day, dimension, member, action, model).addCredit(Sums.UNIT, 0, value, 0);
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
    allocate(Sums.UNIT, shares, size, conversionMicros, conversionPicos);
    allocate(value, shares, size, valueMicros, valuePicos);
    for (int i = 0; i < size; i++) {
      if (shares[i] > 0) {
        sum(day, dimension, members[i], action, model)
            .addCredit(conversionMicros[i], conversionPicos[i], valueMicros[i], valuePicos[i]);
      }
    }
  }

  private Sums.Sum sum(int day, String dimension, String member, String action, String model) {
    return sums.of(new Sums.Key(day, Swept.CREDIT, dimension, member, action, model, 0, 0));
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
        picos[i] = Math.round((part - micros[i]) * Sums.UNIT);
        restMicros -= micros[i];
        restPicos -= picos[i];
      }
    }
    micros[largest] = restMicros;
    picos[largest] = restPicos;
  }
}
