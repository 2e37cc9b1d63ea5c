package dev.throughline.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What to measure.
 *
 * @param millions sizes of the logs, in millions of events, ascending
 * @param rounds how often
 * @param limit seconds after which a process is stopped
 * @param threads of each engine
 * @param memory heap of each process, and DuckDB's limit
 * @param groups parts of the benchmark, see {@link Plan}
 * @param comet whether Comet takes part
 * @param page whether docs/performance.md gets the figures
 */
record Options(
    List<Double> millions,
    int rounds,
    int limit,
    int threads,
    String memory,
    Set<String> groups,
    boolean comet,
    boolean page) {

  static final String USAGE =
      """
      Usage: scripts/bench engines [--events 1,3,10,30] [--rounds 5] [--limit 600] [--threads N]
               [--memory 4g] [--groups full,night,reports,process,skew] [--comet] [--no-page]
      --events   millions of events of each log
      --limit    seconds after which a process is stopped
      --threads  of Spark and of DuckDB; all processors by default
      --memory   heap of each process, and DuckDB's limit; skew has 1g
      --comet    Throughline on Apache DataFusion Comet as well, with 2g beside its heap
      --no-page  print the figures only, leave docs/performance.md as it is
      """;

  /** Reads the command line. */
  static Options of(String... arguments) {
    List<Double> millions = List.of(1.0, 3.0, 10.0, 30.0);
    int rounds = 5;
    int limit = 600;
    int threads = Runtime.getRuntime().availableProcessors();
    String memory = "4g";
    Set<String> groups = new TreeSet<>(Plan.GROUPS);
    boolean comet = false;
    boolean page = true;
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].equals("--no-page")) {
        page = false;
        continue;
      }
      if (arguments[i].equals("--comet")) {
        comet = true;
        continue;
      }
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[i] + " is unknown or lacks its value");
      }
      String value = arguments[++i];
      switch (arguments[i - 1]) {
        case "--events" ->
            millions = Arrays.stream(value.split(",", -1)).map(Double::valueOf).sorted().toList();
        case "--rounds" -> rounds = Integer.parseInt(value);
        case "--limit" -> limit = Integer.parseInt(value);
        case "--threads" -> threads = Integer.parseInt(value);
        case "--memory" -> memory = value;
        case "--groups" -> groups = new TreeSet<>(Arrays.asList(value.split(",", -1)));
        default -> throw new IllegalArgumentException(arguments[i - 1] + " is unknown");
      }
    }
    if (!Plan.GROUPS.containsAll(groups)) {
      throw new IllegalArgumentException("--groups has other names than " + Plan.GROUPS);
    }
    return new Options(millions, rounds, limit, threads, memory, groups, comet, page);
  }
}
