package dev.throughline.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code scripts/bench load}: whether a night over a log that is out of the ordinary ends well, in
 * what time and memory. Each is a whole cold process of {@code scripts/throughline run} with every
 * report; nothing was kept before.
 */
public final class Load {
  static final String USAGE =
      """
      Usage: scripts/bench load [NAME ...]
      Names: campaigns, steps, files, person, events30m, events100m; the first four without a name. What was measured
      before is kept, and docs/reliability.md gets all of it.
      """;

  private static final double BASE_MILLIONS = 1;
  private static final int LIMIT_SECONDS = 4 * 3600;

  /** Writes a log from the ordinary one. */
  private interface Maker {
    void make(Log base, Log log) throws Exception;
  }

  /**
   * A night that is tried.
   *
   * @param heap of the process
   * @param settings what is not the default
   */
  private record Trial(
      String what, Maker maker, LocalDate day, String heap, Map<String, String> settings) {}

  private static final Map<String, Trial> TRIALS = trials();

  private final Path home;
  private final Path folder;
  private final Commands commands;

  private Load(Path home, Path folder) {
    this.home = home;
    this.folder = folder;
    this.commands = new Commands(home);
  }

  private static Map<String, Trial> trials() {
    Map<String, Trial> trials = new LinkedHashMap<>();
    trials.put(
        "campaigns",
        new Trial(
            // A chain of so many campaigns is refused, see docs/operations.md.
            "200,000 campaigns, rule models",
            (base, log) -> OddLogs.manyCampaigns(base, log, 200_000),
            Log.TO,
            "1g",
            Map.of(
                "throughline.attribution.models", "[" + String.join(",", Question.MODELS) + "]")));
    trials.put(
        "steps",
        new Trial(
            "a journey of 10,000 touches",
            // Two conversions: the second has more than enough touches before it.
            (base, log) -> HeavyPeople.write(base, log, List.of(new HeavyPeople(1, 40_000, 2))),
            LocalDate.parse("2026-10-24"),
            "1g",
            Map.of("throughline.attribution.max-touches", "10000")));
    trials.put(
        "files",
        new Trial(
            "10,000 files in the day",
            (base, log) -> OddLogs.manyFiles(base, log, 10_000),
            Log.TO,
            "1g",
            Map.of()));
    trials.put(
        "person",
        new Trial(
            "a person with 2,000,000 events",
            (base, log) -> HeavyPeople.write(base, log, List.of(HeavyPeople.ONE)),
            Log.TO,
            "1g",
            Map.of()));
    trials.put("events30m", new Trial("30 million events", null, Log.TO, "6g", Map.of()));
    trials.put("events100m", new Trial("100 million events", null, Log.TO, "6g", Map.of()));
    return trials;
  }

  /** Measures, and writes the figures down. */
  public static void main(String[] arguments) throws Exception {
    List<String> names = new ArrayList<>(List.of(arguments));
    if (names.isEmpty()) {
      TRIALS.forEach(
          (name, trial) -> names.addAll(trial.maker() == null ? List.of() : List.of(name)));
    }
    if (!TRIALS.keySet().containsAll(names)) {
      System.err.print(USAGE);
      System.exit(2);
    }
    Load load =
        new Load(
            Path.of(System.getProperty("throughline.bench.home")),
            Path.of(System.getProperty("throughline.bench.folder")));
    for (String name : names) {
      load.measure(name, TRIALS.get(name));
    }
    Page.replace(load.home.resolve("docs/reliability.md"), Page.BENCH, load.table());
    System.out.println(load.table());
  }

  private void measure(String name, Trial trial) throws Exception {
    Logs logs = new Logs(folder, commands);
    Log log = log(logs, name, trial);
    Path out = folder.resolve("load-" + name);
    Folders.deleteAll(out);
    Files.createDirectories(out);
    Progress.say("running a night over " + trial.what());
    Watch.Seen seen =
        Watch.run(
            commands.night(log, trial.day(), out.resolve("warehouse"), trial.settings()),
            Map.of("THROUGHLINE_HEAP", trial.heap()),
            out.resolve("output.log"),
            LIMIT_SECONDS);
    Progress.say(name + ": " + (seen.failure().isEmpty() ? "well" : seen.failure()));
    String row =
        MarkdownTable.line(
            trial.what(),
            "%,d".formatted(Parquet.rows(log.events())),
            trial.heap(),
            seen.failure().isEmpty() ? "published" : seen.failure(),
            "%.0f".formatted(seen.wall()),
            "%.0f".formatted(seen.cpu()),
            "%,.0f".formatted(seen.peakMib()),
            LocalDate.now(ZoneOffset.UTC) + ", " + Conditions.load());
    Files.writeString(row(name), row + "\n");
    Folders.deleteAll(out.resolve("warehouse"));
  }

  private Log log(Logs logs, String name, Trial trial) throws Exception {
    if (trial.maker() == null) {
      double millions = Double.parseDouble(name.replaceAll("\\D", ""));
      logs.generate(Logs.name(millions), millions);
      return logs.log(Logs.name(millions));
    }
    String base = Logs.name(BASE_MILLIONS);
    logs.generate(base, BASE_MILLIONS);
    Log log = new Log(folder.resolve("odd-" + name));
    Path done = log.folder().resolve("generated.txt");
    if (!Files.exists(done)) {
      Progress.say("making " + trial.what());
      Files.createDirectories(log.folder());
      trial.maker().make(logs.log(base), log);
      Files.writeString(done, "");
    }
    return log;
  }

  private Path row(String name) {
    return folder.resolve("load-" + name + ".md");
  }

  private String table() throws Exception {
    StringBuilder table =
        new StringBuilder(
            new MarkdownTable(
                        "log",
                        "events",
                        "heap",
                        "outcome",
                        "s",
                        "CPU s",
                        "peak MiB",
                        "measured, load of the machine")
                    .toString()
                + "\n");
    for (String name : TRIALS.keySet()) {
      if (Files.exists(row(name))) {
        table.append(Files.readString(row(name)));
      }
    }
    return table.toString();
  }
}
