package dev.throughline.bench;

import java.sql.SQLException;
import java.util.List;

/** The contenders that run within a process of the benchmark, by name. */
final class Contenders {
  /** Of the full history. */
  static final List<String> FULL =
      List.of("throughline", "duckdb", "duckdb-join", "naive", "scan-spark", "scan-duckdb");

  /** Of one night. */
  static final List<String> NIGHT =
      List.of(
          "night-throughline",
          "night-converters",
          "night-duckdb",
          "night-duckdb-touches",
          "scan-touches-spark",
          "scan-day-spark");

  private Contenders() {}

  static Contender of(String name, Machine machine) throws SQLException {
    Question all = Question.FULL_HISTORY;
    Question night = Question.NIGHT;
    List<String> funnel = List.of("funnel");
    return switch (name) {
      case "throughline" -> new Engine(machine, all, Engine.Kept.NONE);
      case "duckdb" -> new DuckDb(machine, all, DuckDb.Source.RAW, "pairs-indexed", funnel);
      case "duckdb-join" -> new DuckDb(machine, all, DuckDb.Source.RAW, "pairs-join", funnel);
      case "naive" -> new SparkQueries(machine, all, List.of("credits", "funnel"));
      case "scan-spark" -> new SparkQueries(machine, all, List.of("scan"));
      case "scan-duckdb" -> new DuckDb(machine, all, DuckDb.Source.RAW, "", List.of("scan"));
      case "night-throughline" -> new Engine(machine, night, Engine.Kept.ALL);
      case "night-converters" -> new Engine(machine, night, Engine.Kept.OF_CONVERTERS);
      case "night-duckdb" -> new DuckDb(machine, night, DuckDb.Source.RAW, "pairs-join", List.of());
      case "night-duckdb-touches" ->
          new DuckDb(machine, night, DuckDb.Source.KEPT, "pairs-join", List.of());
      case "scan-touches-spark" -> new SparkQueries(machine, night, List.of("scan-touches"));
      case "scan-day-spark" -> new SparkQueries(machine, night, List.of("scan"));
      default -> throw new IllegalArgumentException("there is no contender " + name);
    };
  }
}
