package dev.throughline.app;

import dev.throughline.config.Settings;
import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.input.Period;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Money of two currencies has no sum. */
final class OneCurrency {
  private OneCurrency() {}

  /**
   * The one currency of a run's money; null where none is named.
   *
   * @param byDay currencies of events, by day, from several sources
   * @param ofSpend currencies of the spend table
   * @throws ThroughlineException of kind INPUT that names the currencies, if there are several
   */
  static String of(
      Period period,
      Settings settings,
      List<Map<LocalDate, Set<String>>> byDay,
      Set<String> ofSpend) {
    Set<String> found = new TreeSet<>();
    for (Map<LocalDate, Set<String>> known : byDay) {
      known.forEach(
          (day, codes) -> {
            if (!day.isBefore(period.countedFrom())) {
              found.addAll(codes);
            }
          });
    }
    found.addAll(ofSpend);
    settings.currency().ifPresent(found::add);
    if (found.size() > 1) {
      throw new ThroughlineException(
          ErrorKind.INPUT,
          "The money of "
              + period.countedFrom()
              + " to "
              + period.to()
              + " is in more than one currency: "
              + String.join(", ", found)
              + " (throughline.currency, and the currencies of values, costs and spend). It cannot be"
              + " summed; convert it to one in throughline.input.events.columns or before.");
    }
    return found.isEmpty() ? null : found.iterator().next();
  }
}
