package dev.throughline.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code scripts/bench engines}: measures, and writes the figures down. */
public final class Bench {
  private Bench() {}

  /** Runs the benchmark; see {@link Options#USAGE}. */
  public static void main(String[] arguments) throws Exception {
    if (List.of(arguments).contains("--help")) {
      System.out.print(Options.USAGE);
      return;
    }
    Options options;
    try {
      options = Options.of(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage() + "\n" + Options.USAGE);
      System.exit(2);
      return;
    }
    Path home = Path.of(System.getProperty("throughline.bench.home"));
    Path folder = Path.of(System.getProperty("throughline.bench.folder"));
    Commands commands = new Commands(home);
    Logs logs = new Logs(folder, commands);
    Benchmark benchmark = new Benchmark(options, logs);
    benchmark.prepare();
    Processes processes = new Processes(options, folder.resolve("processes"), logs, commands);
    List<Measurement> measured =
        benchmark.measure(
            processes, soFar -> write(folder, new Report(options, benchmark, logs, soFar)));
    Report report = new Report(options, benchmark, logs, measured);
    System.out.println(report.markdown());
    if (options.page()) {
      Page.replace(home.resolve("docs/performance.md"), Page.BENCH, report.markdown());
      writeChart(home.resolve("docs/bench.svg"), report);
    }
    Progress.say("the figures are in " + folder.resolve("report.md"));
  }

  /** After each round, so that a long measurement that is stopped leaves something. */
  private static void write(Path folder, Report report) {
    try {
      Files.writeString(folder.resolve("report.md"), report.markdown());
      writeChart(folder.resolve("bench.svg"), report);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of the full history; not where nothing of it was measured within the limit. */
  private static void writeChart(Path file, Report report) throws IOException {
    Chart chart = new Chart();
    Contenders.FULL.forEach(name -> chart.line(name, report.secondsByEvents(name)));
    if (!chart.isEmpty()) {
      Files.writeString(file, chart.svg());
    }
  }
}
