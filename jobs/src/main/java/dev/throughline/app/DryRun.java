package dev.throughline.app;

import dev.throughline.input.Period;
import dev.throughline.output.Warehouse;
import dev.throughline.reports.Report;
import dev.throughline.table.Rule;
import java.io.PrintWriter;
import java.util.List;

/** Says what a run would write, and what it would check first. */
final class DryRun {
  private final List<Report> reports;
  private final Night.Days days;
  private final Warehouse warehouse;

  DryRun(List<Report> reports, Night.Days days, Warehouse warehouse) {
    this.reports = reports;
    this.days = days;
    this.warehouse = warehouse;
  }

  void print(PrintWriter out) {
    Period period = days.period();
    days.restating().days().forEach((day, why) -> out.printf("Would restate  %s: %s%n", day, why));
    out.printf(
        "Would write    %d tables × %d days, and check:%n", reports.size(), period.days().size());
    out.println("  every row of the log becomes a fact, a duplicate or a rejected row");
    out.println("  no day is unlike the published days before it");
    for (Report report : reports) {
      out.println("  " + warehouse.published(report.table().name(), period.from()));
      out.println("      required columns, key, schema");
      for (Rule rule : report.table().rules()) {
        out.println("      " + rule.name());
      }
    }
    out.println("Dry run: nothing was written.");
    out.flush();
  }
}
