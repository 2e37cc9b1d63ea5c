package dev.throughline.app;

import dev.throughline.errors.ThroughlineException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Days that a run does not publish though it computed them: those that it would only restate, and
 * that an audit refuses. They keep what they have; what is wrong with them is no reason to keep the
 * night's own day from being published.
 */
final class LeftOut {
  private final Set<LocalDate> restated;
  private final Progress progress;
  private final Map<LocalDate, String> days = new TreeMap<>();

  /**
   * @param restated the days of the run that were not asked for
   */
  LeftOut(Set<LocalDate> restated, Progress progress) {
    this.restated = restated;
    this.progress = progress;
  }

  /**
   * Leaves out the days that were refused.
   *
   * @param refused the days, each with what is wrong
   * @param refusal what to throw if days are among them that were asked for
   */
  void refuse(
      Map<LocalDate, String> refused,
      Function<Map<LocalDate, String>, ThroughlineException> refusal) {
    Map<LocalDate, String> asked = new LinkedHashMap<>(refused);
    asked.keySet().removeAll(restated);
    if (!asked.isEmpty()) {
      throw refusal.apply(asked);
    }
    refused.forEach(
        (day, why) -> {
          if (days.putIfAbsent(day, why) == null) {
            progress.warn(day + " is not restated and keeps what it has: " + why);
          }
        });
  }

  /** The days, each with the reason. */
  Map<LocalDate, String> days() {
    return days;
  }
}
