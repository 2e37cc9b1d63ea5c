package dev.throughline.drift;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/**
 * One figure on the days before a day, and what is to be expected of it from these.
 *
 * <p>That is a span rather than a value: from the median of the days to the median of those of the
 * same weekday, since weekends are ordinary. What stands out of it on the day before was accepted,
 * or it would not be published, so the span reaches to it as well.
 */
final class Past {
  /** Makes the median absolute deviation comparable with a standard deviation. */
  private static final double NORMAL = 1.4826;

  private final NavigableMap<LocalDate, Double> values;
  private final LocalDate day;
  private final List<Double> ofWeekday;
  private double low;
  private double high;

  /** Takes the latest so many of the values before the day. */
  Past(NavigableMap<LocalDate, Double> before, LocalDate day, int days) {
    this.day = day;
    values = new TreeMap<>();
    before.headMap(day, false).descendingMap().entrySet().stream()
        .limit(days)
        .forEach(value -> values.put(value.getKey(), value.getValue()));
    ofWeekday =
        values.entrySet().stream()
            .filter(value -> value.getKey().getDayOfWeek() == day.getDayOfWeek())
            .map(Map.Entry::getValue)
            .toList();
    if (values.isEmpty()) {
      return;
    }
    low = median();
    high = low;
    if (!ofWeekday.isEmpty()) {
      include(median(ofWeekday));
    }
  }

  /** How many days there are. */
  int days() {
    return values.size();
  }

  /** The days, ascending. */
  List<LocalDate> dates() {
    return List.copyOf(values.keySet());
  }

  LocalDate day() {
    return day;
  }

  /** The value on the day right before, if it is there. */
  Double eve() {
    return values.get(day.minusDays(1));
  }

  /** Whether one of the days is of the same weekday. */
  boolean knowsWeekday() {
    return !ofWeekday.isEmpty();
  }

  /** Makes the span of what is to be expected reach to a value. */
  void include(double value) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }

  /** What is to be expected, as near to a value as may be. */
  double nearest(double value) {
    return Math.max(low, Math.min(high, value));
  }

  double median() {
    return median(values.values());
  }

  /** How far the days are from their median, on a scale; robust. */
  double scatter(DoubleUnaryOperator scale) {
    double centre = scale.applyAsDouble(median());
    return NORMAL
        * median(
            values.values().stream().map(x -> Math.abs(scale.applyAsDouble(x) - centre)).toList());
  }

  static double median(Collection<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    sorted.sort(null);
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
