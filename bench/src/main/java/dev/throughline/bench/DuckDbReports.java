package dev.throughline.bench;

import dev.throughline.config.Settings.Attribution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * A process that computes the tables of {@link ReportTable#ALL} of a log in hand-written SQL on
 * DuckDB, once, and writes them as Parquet files by day, as a run of the product does.
 *
 * <p>Arguments: log, folder for what comes out, threads, memory.
 */
public final class DuckDbReports {
  /** The contender's name. */
  static final String NAME = "duckdb-reports";

  /** What several tables are drawn from, in order. */
  private static final List<String> STEPS =
      List.of(
          "facts",
          "landings",
          "campaign-days",
          "touches",
          "journeys",
          "credits",
          "after-click",
          "shown",
          "signals");

  private final DuckDbConnection connection;
  private final Map<String, String> parameters;
  private final Path warehouse;
  private final Stages stages = new Stages();

  private DuckDbReports(DuckDbConnection connection, Attribution rules, Path warehouse) {
    this.connection = connection;
    this.parameters = Question.FULL_HISTORY.parameters(rules, "VARCHAR");
    this.warehouse = warehouse;
  }

  /** Computes and writes. */
  public static void main(String[] arguments) throws Exception {
    Path out = Path.of(arguments[1]);
    write(
            new Log(Path.of(arguments[0])),
            out.resolve(Commands.WAREHOUSE),
            new Machine(Integer.parseInt(arguments[2]), arguments[3], out.resolve("spill")))
        .write(out.resolve(Measured.STAGES));
  }

  /** Computes and writes the tables; returns the time of every step. */
  static Stages write(Log log, Path warehouse, Machine machine) throws Exception {
    try (DuckDbConnection connection = new DuckDbConnection(machine)) {
      connection.open(log);
      Attribution rules = Question.settings(log).attribution();
      DuckDbReports reports = new DuckDbReports(connection, rules, warehouse);
      for (String step : STEPS) {
        reports.stages.time(step, () -> reports.run(reports.statements(step)));
      }
      for (ReportTable table : ReportTable.ALL) {
        reports.stages.time(table.name(), () -> reports.write(table.name()));
      }
      return reports.stages;
    }
  }

  private List<String> statements(String name) {
    return Sql.statements("reports/" + name, parameters);
  }

  private Void run(List<String> statements) throws SQLException {
    for (String statement : statements) {
      connection.execute(statement);
    }
    return null;
  }

  /** The last statement of a report is its query. */
  private Void write(String table) throws Exception {
    List<String> statements = statements(table);
    int last = statements.size() - 1;
    run(statements.subList(0, last));
    Path folder = Files.createDirectories(warehouse.resolve(table));
    connection.execute(
        "COPY ("
            + statements.get(last)
            + ") TO '"
            + folder
            + "' (FORMAT parquet, PARTITION_BY (day), OVERWRITE_OR_IGNORE)");
    return null;
  }
}
