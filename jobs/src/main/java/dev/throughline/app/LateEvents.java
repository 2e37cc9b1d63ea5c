package dev.throughline.app;

import dev.throughline.output.PublishedTables;
import dev.throughline.output.Warehouse;
import dev.throughline.reports.EventLateness;
import java.time.LocalDate;
import java.util.List;

/** Events that came after their day was last restated: they are in no table of that day. */
final class LateEvents {
  private final Warehouse warehouse;
  private final int restateDays;

  LateEvents(Warehouse warehouse, int restateDays) {
    this.warehouse = warehouse;
    this.restateDays = restateDays;
  }

  /** Says how many there are on each of the days, by what was published of them. */
  void warn(List<LocalDate> days, Progress progress) {
    for (LocalDate day : days) {
      new PublishedTables(warehouse, day)
          .read(
              EventLateness.TABLE,
              row -> {
                long after = (Long) row.get(EventLateness.AFTER_RESTATED.name());
                if (after > 0) {
                  progress.warn(
                      ("%d of the %d events that were filed on %s came more than %d days after their"
                              + " day, when nights no longer restate it: raise"
                              + " throughline.restate-days, or run their days again by --from and"
                              + " --to; see event_lateness")
                          .formatted(
                              after,
                              (Long) row.get(EventLateness.EVENTS.name()),
                              day,
                              restateDays));
                }
              });
    }
  }
}
