package dev.throughline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.app.Engine;
import dev.throughline.app.Sessions;
import dev.throughline.app.Throughline;
import dev.throughline.sample.SampleOptions;
import dev.throughline.sample.SampleWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A benchmark of answers that differ would be of nothing. */
class ContendersTest {
  private static final Commands COMMANDS = new Commands(Path.of("unused"));

  @TempDir private Path folder;

  @Test
  void allGiveTheSameTables() throws Exception {
    Machine machine = new Machine(2, "1g", folder.resolve("spill"));
    // Contenders use the session that is there, so that it is started once.
    try (Sessions session = SparkQueries.open(machine, Engine.SPARK)) {
      Log ordinary = new Log(folder.resolve("ordinary"));
      new SampleWriter(session.spark(), ordinary.folder().toString())
          .write(
              new SampleOptions(
                  Log.FROM, Log.TO, 60, 1, /* referenceCase= */ false, /* flaws= */ false),
              /* overwrite= */ false);
      // They convert on every day, the last included, after more touches than a journey may hold.
      Log log = new Log(folder.resolve("log"));
      HeavyPeople.write(ordinary, log, List.of(new HeavyPeople(2, 3_000, 60)));
      requireTheSameReports(machine, log);
      keepDays(log);
      requireAgreement(machine, log, List.of("throughline", "duckdb", "duckdb-join", "naive"));
      requireAgreement(machine, log, List.of("scan-spark", "scan-duckdb"));
      requireAgreement(
          machine, log, List.of("touches-throughline", "touches-duckdb", "touches-duckdb-join"));
      requireTheSameCredit(machine, log);
      requireAgreement(
          machine,
          log,
          List.of("night-throughline", "night-converters", "night-duckdb", "night-duckdb-touches"));
    }
  }

  /**
   * As many people as make a night look back on more than it follows: some convert on the last day
   * who had done nothing but see and click when the snapshot of touches was written.
   */
  @Test
  void allGiveTheSameTablesOfManyPeople() throws Exception {
    Machine machine = new Machine(2, "2g", folder.resolve("spill"));
    try (Sessions session = SparkQueries.open(machine, Engine.SPARK)) {
      Log log = new Log(folder.resolve("many"));
      new SampleWriter(session.spark(), log.folder().toString())
          .write(
              new SampleOptions(
                  Log.FROM, Log.TO, 30_000, 1, /* referenceCase= */ false, /* flaws= */ false),
              /* overwrite= */ false);
      keepDays(log);
      requireAgreement(machine, log, List.of("throughline", "duckdb", "naive"));
      requireAgreement(
          machine,
          log,
          List.of("night-throughline", "night-converters", "night-duckdb", "night-naive"));
    }
  }

  private static void keepDays(Log log) {
    for (List<String> line : COMMANDS.keeping(log)) {
      run(line);
    }
  }

  private static void run(List<String> line) {
    StringWriter said = new StringWriter();
    int code =
        Throughline.execute(
            new PrintWriter(said),
            new PrintWriter(said),
            line.subList(1, line.size()).toArray(String[]::new));
    assertEquals(0, code, said.toString());
  }

  /** Every number of every table. */
  private void requireTheSameReports(Machine machine, Log log) throws Exception {
    Path own = folder.resolve("own");
    run(COMMANDS.line(Commands.REPORTS, log, own));
    DuckDbReports.write(log, folder.resolve("sql"), machine);
    Results expected = ReportTable.read(own.resolve(Commands.WAREHOUSE));
    for (ReportTable table : ReportTable.ALL) {
      assertTrue(
          expected.rows().keySet().stream().anyMatch(key -> key.startsWith(table.name() + "\t")),
          table.name() + " has no rows");
    }
    assertEquals(
        List.of(), Agreement.differences(expected, ReportTable.read(folder.resolve("sql"))));
  }

  /** From the log and from what was kept of it. */
  private static void requireTheSameCredit(Machine machine, Log log) throws Exception {
    try (Contender raw =
        new DuckDb(machine, Question.FULL_HISTORY, DuckDb.Source.RAW, "pairs-join", List.of())) {
      assertEquals(
          List.of(),
          Agreement.differences(
              raw.run(log, new Stages()), results("touches-throughline", machine, log)));
    }
  }

  private static void requireAgreement(Machine machine, Log log, List<String> names)
      throws Exception {
    Results expected = results(names.get(0), machine, log);
    assertFalse(expected.rows().isEmpty());
    for (String name : names.subList(1, names.size())) {
      assertEquals(List.of(), Agreement.differences(expected, results(name, machine, log)), name);
    }
  }

  private static Results results(String name, Machine machine, Log log) throws Exception {
    try (Contender contender = Contenders.of(name, machine)) {
      return contender.run(log, new Stages());
    }
  }
}
