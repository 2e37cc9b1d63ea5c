package dev.throughline.bench;

import dev.throughline.app.Engine;
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

  /** Of the full history, from what runs have kept. */
  static final List<String> TOUCHES =
      List.of("touches-throughline", "touches-duckdb", "touches-duckdb-join");

  /** Of each, where Comet takes part. */
  static final List<String> FULL_COMET = List.of("throughline-comet", "scan-comet");

  static final List<String> TOUCHES_COMET = List.of("touches-comet");

  static final List<String> NIGHT_COMET = List.of("night-comet");

  private Contenders() {}

  static Contender of(String name, Machine machine) throws SQLException {
    Question all = Question.FULL_HISTORY;
    Question night = Question.NIGHT;
    List<String> funnel = List.of("funnel");
    return switch (name) {
      case "throughline" -> new OwnSteps(machine, all, OwnSteps.Kept.NONE, Engine.SPARK);
      case "duckdb" -> new DuckDb(machine, all, DuckDb.Source.RAW, "pairs-indexed", funnel);
      case "duckdb-join" -> new DuckDb(machine, all, DuckDb.Source.RAW, "pairs-join", funnel);
      case "naive" -> new SparkQueries(machine, all, List.of("credits", "funnel"), Engine.SPARK);
      case "scan-spark" -> new SparkQueries(machine, all, List.of("scan"), Engine.SPARK);
      case "scan-duckdb" -> new DuckDb(machine, all, DuckDb.Source.RAW, "", List.of("scan"));
      case "night-throughline" ->
          new OwnSteps(machine, night, OwnSteps.Kept.AS_A_RUN, Engine.SPARK);
      case "night-converters" ->
          new OwnSteps(machine, night, OwnSteps.Kept.OF_CONVERTERS, Engine.SPARK);
      case "night-naive" -> new SparkQueries(machine, night, List.of("credits"), Engine.SPARK);
      case "night-duckdb" -> new DuckDb(machine, night, DuckDb.Source.RAW, "pairs-join", List.of());
      case "night-duckdb-touches" ->
          new DuckDb(machine, night, DuckDb.Source.KEPT, "pairs-join", List.of());
      case "touches-throughline" -> new OwnTouches(machine, all, Engine.SPARK);
      case "touches-comet" -> new OwnTouches(machine, all, Engine.COMET);
      case "touches-duckdb" ->
          new DuckDb(machine, all, DuckDb.Source.KEPT, "pairs-indexed", List.of());
      case "touches-duckdb-join" ->
          new DuckDb(machine, all, DuckDb.Source.KEPT, "pairs-join", List.of());
      case "scan-touches-spark" ->
          new SparkQueries(machine, night, List.of("scan-touches"), Engine.SPARK);
      case "scan-day-spark" -> new SparkQueries(machine, night, List.of("scan"), Engine.SPARK);
      case "throughline-comet" -> new OwnSteps(machine, all, OwnSteps.Kept.NONE, Engine.COMET);
      case "night-comet" -> new OwnSteps(machine, night, OwnSteps.Kept.AS_A_RUN, Engine.COMET);
      case "scan-comet" -> new SparkQueries(machine, all, List.of("scan"), Engine.COMET);
      default -> throw new IllegalArgumentException("there is no contender " + name);
    };
  }
}
