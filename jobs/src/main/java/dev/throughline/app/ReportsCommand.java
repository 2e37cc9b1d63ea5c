package dev.throughline.app;

import dev.throughline.output.Restatements;
import dev.throughline.reports.Report;
import dev.throughline.reports.Reports;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the tables. */
@Command(
    name = "reports",
    mixinStandardHelpOptions = true,
    description = "Lists the tables with their grain and columns.")
final class ReportsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--markdown", description = "As docs/reports.md holds them.")
  private boolean markdown;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (markdown) {
      out.print(ReportDocs.markdown());
    } else {
      for (Report report : Reports.ALL) {
        out.println(ReportDocs.text(report.table()));
      }
      out.println(ReportDocs.text(Restatements.TABLE));
    }
    out.flush();
    return 0;
  }
}
