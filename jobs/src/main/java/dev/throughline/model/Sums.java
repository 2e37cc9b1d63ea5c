package dev.throughline.model;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The sums that a task of the sweep builds up, exact: amounts are whole millionths and millionths
 * of these. So they do not depend on the order of rows.
 */
final class Sums {
  static final long UNIT = 1_000_000;

  /** What one sum is about, see {@link Swept}. */
  record Key(
      int day,
      String kind,
      String dimension,
      String member,
      String action,
      String detail,
      long amount,
      int number) {

    /**
     * Mixed, since amounts of one kind lie close together and would share a few places of a map.
     */
    @Override
    public int hashCode() {
      long texts = kind.hashCode();
      texts = 31 * texts + dimension.hashCode();
      texts = 31 * texts + member.hashCode();
      texts = 31 * texts + action.hashCode();
      texts = 31 * texts + detail.hashCode();
      long hash = (31 * texts + day) * 31 + number + amount * 0x9E37_79B9_7F4A_7C15L;
      return (int) ((hash * 0xC2B2_AE3D_27D4_EB4FL) >>> 32);
    }
  }

  /** Millionths, and millionths of millionths, of conversions and of value; and a count. */
  static final class Sum {
    private long conversionMicros;
    private long conversionPicos;
    private long valueMicros;
    private long valuePicos;
    private long count;
    private long[] resampled;

    /** Adds conversions, in millionths, to every resample as often as the person is in it. */
    void resample(long conversions, int[] draws) {
      if (resampled == null) {
        resampled = new long[draws.length];
      }
      for (int i = 0; i < draws.length; i++) {
        resampled[i] += draws[i] * conversions;
      }
    }

    void addCredit(long conversions, long conversionRest, long value, long valueRest) {
      conversionMicros += conversions;
      conversionPicos += conversionRest;
      valueMicros += value;
      valuePicos += valueRest;
    }

    private Row row(Key key) {
      return RowFactory.create(
          key.day(),
          key.kind(),
          key.dimension(),
          key.member(),
          key.action(),
          key.detail(),
          key.amount(),
          key.number(),
          exact(conversionMicros, conversionPicos),
          exact(valueMicros, valuePicos),
          count,
          resampled,
          null);
    }
  }

  private final Map<Key, Sum> sums = new HashMap<>();

  Sum of(Key key) {
    return sums.computeIfAbsent(key, ignored -> new Sum());
  }

  /** Counts one of something that is neither a conversion nor worth anything. */
  void count(int day, String kind, String member, String detail, long amount, int number) {
    of(new Key(day, kind, "", member, "", detail, amount, number)).count++;
  }

  /** Counts several of it. */
  void count(int day, String kind, String member, String detail, long times) {
    of(new Key(day, kind, "", member, "", detail, 0, 0)).count += times;
  }

  /** Counts one with conversions, and their worth in millionths. */
  void count(Key key, long conversions, long value) {
    Sum sum = of(key);
    sum.count++;
    sum.conversionMicros += conversions * UNIT;
    sum.valueMicros += value;
  }

  /**
   * Adds to, or takes from, what is counted.
   *
   * @param times 1 or −1
   * @param value worth in millionths
   * @param draws how often the person is in each resample
   */
  void change(Key key, int times, long value, int[] draws) {
    Sum sum = of(key);
    sum.count += times;
    sum.valueMicros += times * value;
    sum.resample(times, draws);
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
        .map(entry -> entry.getValue().row(entry.getKey()))
        .iterator();
  }

  private static BigDecimal exact(long micros, long picos) {
    return BigDecimal.valueOf(micros, 6).add(BigDecimal.valueOf(picos, 12));
  }
}
