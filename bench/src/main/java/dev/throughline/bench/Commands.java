package dev.throughline.bench;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The contenders that are the product's own command, as a user starts it. */
final class Commands {
  /** A range of all days: every report and model; and without resamples. */
  static final List<String> RANGE = List.of("throughline-all", "throughline-all-no-resamples");

  /** A night over kept days; and without the archive of classes that scripts/install makes. */
  static final List<String> NIGHT = List.of("night-all", "night-all-no-archive");

  /** Any options of the JVM that come last win: this is the archive that the JDK brings. */
  private static final String JDK_ARCHIVE =
      "-XX:SharedArchiveFile=" + System.getProperty("java.home") + "/lib/server/classes.jsa";

  /** A range of all days: the tables that SQL was written for, and no others. */
  static final String REPORTS = "throughline-reports";

  /** The folder of the tables of a command that has one of its own. */
  static final String WAREHOUSE = "warehouse";

  private final Path home;

  /**
   * @param home the checkout
   */
  Commands(Path home) {
    this.home = home;
  }

  static boolean has(String contender) {
    return RANGE.contains(contender) || NIGHT.contains(contender) || REPORTS.equals(contender);
  }

  /** Where the tables of a command's run lie afterwards. */
  static Path warehouse(String contender, Log log, Path out) {
    return NIGHT.contains(contender) ? log.warehouse() : out.resolve(WAREHOUSE);
  }

  /** The command line of a contender. */
  List<String> line(String contender, Log log, Path out) {
    List<String> line =
        NIGHT.contains(contender)
            ? run(log, List.of("--date", Log.TO.toString()))
            : run(log, List.of("--from", Log.FROM.toString(), "--to", Log.TO.toString()));
    set(line, "throughline.output.path", warehouse(contender, log, out).toString());
    if (contender.endsWith("-no-resamples")) {
      set(line, "throughline.attribution.resamples", "0");
    }
    if (contender.equals(REPORTS)) {
      Question.MODEL_SETTINGS.forEach((key, value) -> set(line, key, value));
      line.addAll(List.of("--reports", ReportTable.names()));
    }
    return line;
  }

  /** What the command finds in its environment. */
  Map<String, String> environment(String contender, String memory) {
    Map<String, String> environment = new HashMap<>();
    environment.put("THROUGHLINE_HEAP", memory);
    if (contender.endsWith("-no-archive")) {
      environment.put("THROUGHLINE_JAVA_OPTS", JDK_ARCHIVE);
    }
    return environment;
  }

  /**
   * Runs of the log's days that keep what nights need, and compute little else. So that the last
   * night is an ordinary one, a night carries touches on two days before it.
   */
  List<List<String>> keeping(Log log) {
    LocalDate carried = Log.TO.minusDays(2);
    return List.of(
        keeping(log, Log.FROM, carried.minusDays(1)),
        keeping(log, carried, carried),
        keeping(log, carried.plusDays(1), Log.TO));
  }

  private List<String> keeping(Log log, LocalDate from, LocalDate to) {
    List<String> line = run(log, List.of("--from", from.toString(), "--to", to.toString()));
    set(line, "throughline.attribution.models", "[last_touch]");
    set(line, "throughline.attribution.resamples", "0");
    line.addAll(List.of("--reports", "campaign_funnel"));
    return line;
  }

  /** A night with every report. */
  List<String> night(Log log, LocalDate day, Path warehouse, Map<String, String> settings) {
    List<String> line = run(log, List.of("--date", day.toString()));
    set(line, "throughline.output.path", warehouse.toString());
    settings.forEach((key, value) -> set(line, key, value));
    return line;
  }

  /** Writes a log. */
  List<String> sample(Path folder, long people) {
    return new ArrayList<>(
        List.of(
            program(),
            "sample",
            "--out",
            folder.toString(),
            "--from",
            Log.FROM.toString(),
            "--to",
            Log.TO.toString(),
            "--people",
            Long.toString(people),
            "--seed",
            "1",
            "--no-reference-case",
            "--no-flaws",
            "--force"));
  }

  private List<String> run(Log log, List<String> days) {
    // A campaign that ends within a made-up log is no reason to measure nothing.
    List<String> line = new ArrayList<>(List.of(program(), "run", "--accept-drift"));
    line.addAll(days);
    Question.NO_INVALID_TRAFFIC.forEach((key, value) -> set(line, key, value));
    Question.paths(log).forEach((key, value) -> set(line, key, value));
    return line;
  }

  private static void set(List<String> line, String key, String value) {
    line.addAll(List.of("--set", key + "=" + value));
  }

  private String program() {
    return home.resolve("scripts/throughline").toString();
  }
}
