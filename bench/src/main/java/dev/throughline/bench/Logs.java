package dev.throughline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The logs of the benchmark: generated once, and used again. */
final class Logs {
  /** The log of the warm-ups. */
  static final String TINY = "tiny";

  /** A log of 20,000 events, on which a night's own time is nearly all that there is. */
  static final String SMALL = "20k";

  private static final double EVENTS_PER_PERSON = 30.08;
  private static final long TINY_PEOPLE = 300;
  private static final int NO_LIMIT = 24 * 3600;

  /**
   * A log that is there.
   *
   * @param events how many it has
   * @param bytes of its files
   * @param generated seconds that it took to write
   */
  record Known(Log log, long events, long bytes, double generated) {}

  private final Path folder;
  private final Commands commands;
  private final Map<String, Known> known = new TreeMap<>();

  Logs(Path folder, Commands commands) {
    this.folder = folder;
    this.commands = commands;
  }

  Known known(String name) {
    return known.get(name);
  }

  Log log(String name) {
    return known.get(name).log();
  }

  /** The name of a log of so many millions of events. */
  static String name(double millions) {
    return millions < 1
        ? Math.round(millions * 1000) + "k"
        : String.format(Locale.ROOT, "%.4g M", millions).replaceAll("\\.?0+ M", " M");
  }

  /** Writes a log of about so many millions of events, unless it is there. */
  void generate(String name, double millions) throws Exception {
    long people = name.equals(TINY) ? TINY_PEOPLE : Math.round(millions * 1e6 / EVENTS_PER_PERSON);
    Log log = new Log(folder.resolve(people + "-people"));
    if (!done(log, "generated")) {
      Progress.say("generating " + name);
      long start = System.nanoTime();
      require(commands.sample(log.folder(), people), "sample");
      mark(log, "generated", Double.toString((System.nanoTime() - start) / 1e9));
    }
    remember(name, log);
  }

  /** The events of a log and of some people with very many more. */
  void skew(String name, String base, List<HeavyPeople> heavy) throws Exception {
    Path root = log(base).folder();
    Log log = new Log(root.resolveSibling(root.getFileName() + "-" + name.replaceAll("\\W+", "-")));
    if (!done(log, "generated")) {
      Progress.say("generating " + name);
      long start = System.nanoTime();
      HeavyPeople.write(log(base), log, heavy);
      mark(log, "generated", Double.toString((System.nanoTime() - start) / 1e9));
    }
    remember(name, log);
  }

  /** Has a run keep the touches of all days of a log, unless one has. */
  void keep(String name) throws Exception {
    Log log = log(name);
    if (!done(log, "carried")) {
      Progress.say("keeping the days of " + name);
      for (List<String> command : commands.keeping(log)) {
        require(command, "keep");
      }
      mark(log, "carried", "");
    }
  }

  private void remember(String name, Log log) throws IOException, SQLException {
    double seconds =
        Double.parseDouble(Files.readString(log.folder().resolve("generated.txt")).strip());
    known.put(
        name, new Known(log, Parquet.rows(log.events()), Parquet.bytes(log.events()), seconds));
  }

  private static boolean done(Log log, String step) {
    return Files.exists(log.folder().resolve(step + ".txt"));
  }

  private static void mark(Log log, String step, String text) throws IOException {
    Files.writeString(log.folder().resolve(step + ".txt"), text + "\n");
  }

  private void require(List<String> command, String name) throws Exception {
    Files.createDirectories(folder);
    Path output = folder.resolve(name + ".log");
    Watch.Seen seen = Watch.run(command, Map.of(), output, NO_LIMIT);
    if (!seen.failure().isEmpty()) {
      throw new IllegalStateException(
          String.join(" ", command) + " " + seen.failure() + ":\n" + Files.readString(output));
    }
  }
}
