package dev.throughline.model;

/**
 * Splits conversions among the touches of their journeys. A conversion's parts always add up to it,
 * so what is attributed reconciles to the last digit.
 */
final class Credits {

  /** What the sums are about, see {@link Swept}. */
  record Slot(int day, String kind, String dimension, String action, String model) {
    private Sums.Key of(String member, int position) {
      return new Sums.Key(day, kind, dimension, member, action, model, 0, position);
    }
  }

  private final Sums sums;
  private long[] conversionMicros = new long[16];
  private long[] conversionPicos = new long[16];
  private long[] valueMicros = new long[16];
  private long[] valuePicos = new long[16];

  Credits(Sums sums) {
    this.sums = sums;
  }

  /**
   * Adds a whole conversion to one member.
   *
   * @param draws how often the person is in each resample; null where none are wanted
   */
  void add(Slot slot, String member, long value, int[] draws) {
    Sums.Sum sum = sums.of(slot.of(member, 0));
    sum.addCredit(Sums.UNIT, 0, value, 0);
    if (draws != null) {
      sum.resample(Sums.UNIT, draws);
    }
  }

  /**
   * Works out the parts of a conversion.
   *
   * @param shares the share of each touch, adding up to 1
   * @param size how many touches there are
   * @param value worth of the conversion in millionths
   */
  void split(double[] shares, int size, long value) {
    if (size > conversionMicros.length) {
      conversionMicros = new long[size];
      conversionPicos = new long[size];
      valueMicros = new long[size];
      valuePicos = new long[size];
    }
    allocate(Sums.UNIT, shares, size, conversionMicros, conversionPicos);
    allocate(value, shares, size, valueMicros, valuePicos);
  }

  /**
   * Adds, or takes away, the part of a touch that {@link #split} worked out.
   *
   * @param i the touch
   * @param position what the sum says of its place; 0: nothing
   * @param times 1 or −1
   */
  void addPart(Slot slot, String member, int i, int position, int times, int[] draws) {
    Sums.Sum sum = sums.of(slot.of(member, position));
    sum.addCredit(
        times * conversionMicros[i],
        times * conversionPicos[i],
        times * valueMicros[i],
        times * valuePicos[i]);
    if (draws != null) {
      sum.resample(times * conversionMicros[i], draws);
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
        picos[i] = Math.round((part - micros[i]) * Sums.UNIT);
        restMicros -= micros[i];
        restPicos -= picos[i];
      }
    }
    micros[largest] = restMicros;
    picos[largest] = restPicos;
  }
}
