package dev.throughline.testing;

import static org.apache.spark.sql.functions.col;

import dev.throughline.app.Throughline;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A small event log in a folder, a warehouse beside it, and the command line over both. */
public final class LogFixture {
  public static final String DAY = "2026-10-31";

  private static final String[] COLUMNS = {
    "dt",
    "event_id",
    "event_time",
    "event_type",
    "event_name",
    "user_id",
    "campaign_id",
    "channel",
    "value",
    "currency"
  };

  private static final String[] STANDARD = {
    "2026-10-30|e01|2026-10-30 09:00:00|click||u1|c1|paid_search||",
    "2026-10-31|e02|2026-10-31 08:00:00|impression||u1|c2|display||",
    "2026-10-31|e03|2026-10-31 08:59:59.999999|impression||u2|c2|display||",
    "2026-10-31|e04|2026-10-31 09:00:00|click||u2|c1|paid_search||",
    "2026-10-31|e05|2026-10-31 09:00:05|page_view||u2|c1|paid_search||",
    "2026-10-31|e06|2026-10-31 09:01:00|engagement|add_to_cart|u2|c1|paid_search||",
    "2026-10-31|e07|2026-10-31 10:00:00|conversion|purchase|u1|||50.00|EUR",
    "2026-10-31|e08|2026-10-31 10:30:00.123456|conversion|purchase|u2|||20.00|EUR",
    "2026-10-31|e09|2026-10-31 11:00:00|conversion|sign_up|u3||||",
  };

  /** What a command left behind for its caller. */
  public record Outcome(int code, String out, String err) {
    /** For messages of assertions. */
    public String all() {
      return "exit code " + code + "\n" + out + "\n" + err;
    }
  }

  private final Path events;
  private final Path warehouse;

  private LogFixture(Path folder) {
    events = folder.resolve("events");
    warehouse = folder.resolve("warehouse");
  }

  /** A fixture in a folder, without a log. */
  public static LogFixture in(Path folder) {
    return new LogFixture(folder);
  }

  /** A fixture in a folder, with the standard rows. */
  public static LogFixture standard(Path folder) {
    LogFixture fixture = new LogFixture(folder);
    fixture.write(standardRows());
    return fixture;
  }

  public Path events() {
    return events;
  }

  public Path warehouse() {
    return warehouse;
  }

  /** The standard rows: two buyers and a lead on the run's day, a click on the day before. */
  public static Dataset<Row> standardRows() {
    return rows(STANDARD);
  }

  /** Rows written as text, cells divided by a bar, an empty cell for NULL. */
  public static Dataset<Row> rows(String... lines) {
    StructType text = new StructType();
    for (String column : COLUMNS) {
      text = text.add(column, DataTypes.StringType);
    }
    List<Row> rows = new ArrayList<>();
    for (String line : lines) {
      rows.add(
          RowFactory.create(
              Arrays.stream(line.split("\\|", -1))
                  .map(cell -> cell.isEmpty() ? null : cell)
                  .toArray()));
    }
    Column[] typed =
        Arrays.stream(COLUMNS)
            .map(
                name ->
                    switch (name) {
                      case "event_time" -> col(name).cast("timestamp").as(name);
                      case "value" -> col(name).cast("decimal(12,2)").as(name);
                      default -> col(name);
                    })
            .toArray(Column[]::new);
    return TestSession.get().createDataFrame(rows, text).select(typed);
  }

  /** Adds rows to the log, one file a day. */
  public void write(Dataset<Row> rows) {
    rows.coalesce(1).write().mode(SaveMode.Append).partitionBy("dt").parquet(events.toString());
  }

  /** Marks a day as delivered without events. */
  public void markEmpty(String day) {
    try {
      Files.createDirectories(events.resolve("dt=" + day));
      Files.createFile(events.resolve("dt=" + day).resolve("_SUCCESS"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The only data file of a day. */
  public Path file(String day) {
    try (var files = Files.list(events.resolve("dt=" + day))) {
      return files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the day. Later settings win over those of the fixture. */
  public Outcome run(String... more) {
    return command("run", more);
  }

  /** The same; hears each line of progress as it is said. */
  public Outcome run(Consumer<String> heard, String... more) {
    return execute(heard, arguments("run", more));
  }

  /** A command over the day, with the fixture's log and warehouse. */
  public Outcome command(String command, String... more) {
    return execute(arguments(command, more));
  }

  private String[] arguments(String command, String... more) {
    List<String> args = new ArrayList<>(List.of(command));
    if (!Arrays.asList(more).contains("--date") && !Arrays.asList(more).contains("--from")) {
      args.addAll(List.of("--date", DAY));
    }
    String all = String.join(" ", more);
    if (!all.contains("input.events.path") && !all.contains("input.events.table")) {
      args.addAll(List.of("--set", "throughline.input.events.path=" + events));
    }
    if (!all.contains("output.path")) {
      args.addAll(List.of("--set", "throughline.output.path=" + warehouse));
    }
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  /** The command line as a user's shell calls it, in this process. */
  public static Outcome execute(String... args) {
    return execute(line -> {}, args);
  }

  private static Outcome execute(Consumer<String> heard, String... args) {
    SparkSession session = TestSession.get();
    SparkSession.setDefaultSession(session);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    PrintWriter hearing =
        new PrintWriter(err) {
          @Override
          public void println(String line) {
            super.println(line);
            heard.accept(line);
          }
        };
    int code = Throughline.execute(new PrintWriter(out), hearing, args);
    return new Outcome(code, out.toString(), err.toString());
  }

  /** Every published row of a table, as text, sorted. */
  public List<String> published(String table) {
    return TestSession.get()
        .read()
        .parquet(warehouse.resolve(table).toString())
        .collectAsList()
        .stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }

  /** Size, change time and content of every file below a folder, by path; hidden ones too. */
  public static Map<String, String> tree(Path folder) {
    Map<String, String> tree = new TreeMap<>();
    if (!Files.exists(folder)) {
      return tree;
    }
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.toList()) {
        tree.put(
            folder.relativize(path).toString(),
            Files.isDirectory(path)
                ? "folder"
                : Files.getLastModifiedTime(path)
                    + " "
                    + Arrays.hashCode(Files.readAllBytes(path)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tree;
  }

  /** {@link #tree} of the published tables alone, without manifests. */
  public Map<String, String> tables() {
    Map<String, String> tree = tree(warehouse);
    tree.keySet().removeIf(path -> path.isEmpty() || path.startsWith("_"));
    return tree;
  }
}
