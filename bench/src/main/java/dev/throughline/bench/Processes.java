package dev.throughline.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures contenders, each in a process of its own, and refuses results that differ. */
final class Processes {
  /** So many differences are enough to see what is wrong. */
  private static final int SHOWN = 10;

  private record Answer(String contender, Results results) {}

  private final Options options;
  private final Path folder;
  private final Logs logs;
  private final Commands commands;
  private final Map<String, Answer> answers = new HashMap<>();

  /**
   * @param folder for what comes out
   */
  Processes(Options options, Path folder, Logs logs, Commands commands) {
    this.options = options;
    this.folder = folder;
    this.logs = logs;
    this.commands = commands;
  }

  /** Measures once. */
  Measurement measure(Plan plan, int round) throws Exception {
    Path out = folder.resolve(plan.toString().replaceAll("\\W+", "-"));
    Folders.deleteAll(out);
    Files.createDirectories(out.resolve("spill"));
    Log log = logs.log(plan.log());
    boolean command = Commands.has(plan.contender());
    Watch.Seen seen =
        Watch.run(
            command ? commands.line(plan.contender(), log, out) : line(plan, log, out),
            command ? commands.environment(plan.contender(), plan.memory()) : Map.of(),
            out.resolve("output.log"),
            options.limit());
    Map<String, Double> stages = new LinkedHashMap<>();
    if (seen.failure().isEmpty()) {
      if (Files.exists(out.resolve(Measured.STAGES))) {
        for (String line : Files.readAllLines(out.resolve(Measured.STAGES))) {
          int tab = line.indexOf('\t');
          stages.put(line.substring(0, tab), Double.valueOf(line.substring(tab + 1)));
        }
      }
      requireAgreement(plan, results(plan, log, out, command));
    }
    Folders.deleteAll(out.resolve("spill"));
    Folders.deleteAll(out.resolve("warehouse"));
    return new Measurement(
        plan, round, seen.failure(), stages, seen.wall(), seen.cpu(), seen.peakMib());
  }

  private List<String> line(Plan plan, Log log, Path out) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        Arrays.stream(System.getProperty("throughline.bench.jvm", "").strip().split("\\s+", -1))
            .filter(word -> !word.isEmpty())
            .toList());
    line.addAll(List.of("-Xmx" + plan.memory(), "-cp", System.getProperty("java.class.path")));
    line.addAll(
        plan.contender().equals(DuckDbReports.NAME)
            ? List.of(DuckDbReports.class.getName(), log.folder().toString())
            : List.of(
                Measured.class.getName(),
                plan.contender(),
                log.folder().toString(),
                logs.log(Logs.TINY).folder().toString()));
    line.addAll(List.of(out.toString(), Integer.toString(options.threads()), plan.memory()));
    return line;
  }

  private static Results results(Plan plan, Log log, Path out, boolean command) throws Exception {
    if (plan.group().equals(Plan.REPORTS)) {
      return ReportTable.read(out.resolve(Commands.WAREHOUSE));
    }
    if (!command) {
      return Results.read(out.resolve(Measured.RESULTS));
    }
    return Parquet.published(
        Commands.warehouse(plan.contender(), log, out),
        plan.contender().startsWith("night-") ? Question.NIGHT : Question.FULL_HISTORY);
  }

  private void requireAgreement(Plan plan, Results results) {
    Answer first =
        answers.computeIfAbsent(plan.question(), key -> new Answer(plan.contender(), results));
    List<String> differences = Agreement.differences(first.results(), results);
    // The last day of a small log may have no conversion; all days together have some.
    boolean missing = results.rows().isEmpty() && !plan.question().startsWith("night ");
    if (missing || !differences.isEmpty()) {
      throw new IllegalStateException(
          plan
              + " does not agree with "
              + first.contender()
              + " in "
              + differences.size()
              + " numbers, so no time of it means anything:\n"
              + String.join("\n", differences.subList(0, Math.min(SHOWN, differences.size()))));
    }
  }
}
