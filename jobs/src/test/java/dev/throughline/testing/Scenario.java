package dev.throughline.testing;

import dev.throughline.app.Throughline;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The input of a run: a log, dimensions, settings. A run starts Spark jobs and costs seconds, so
 * put many cases with people and campaigns of their own into one.
 */
public final class Scenario {
  private final Path folder;
  private final List<Event> events = new ArrayList<>();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private int files = 1;
  private Long seed;
  private boolean written;
  private int runs;

  private Scenario(Path folder) {
    this.folder = folder;
    set("throughline.input.events.path", folder.resolve("events").toString());
    // Days of a made-up log need not be alike, and are full of flaws.
    set("throughline.audit.days", "0");
    set("throughline.audit.max-rejected-share", "1");
  }

  /** A scenario that keeps its input and the tables of its runs in a folder. */
  public static Scenario in(Path folder) {
    return new Scenario(folder);
  }

  public Scenario events(Event... added) {
    return events(Arrays.asList(added));
  }

  /** Adds events; those without an id are given e00001, e00002, … in this order. */
  public Scenario events(Collection<Event> added) {
    events.addAll(added);
    return this;
  }

  /** Lines of campaigns.csv: campaign_id,campaign_name,channel,phase,target. */
  public Scenario campaigns(String... lines) {
    return csv("campaigns", "campaign_id,campaign_name,channel,phase,target", lines);
  }

  /** Lines of spend.csv: day,campaign_id,spend,currency. */
  public Scenario spend(String... lines) {
    return csv("spend", "day,campaign_id,spend,currency", lines);
  }

  private Scenario csv(String name, String header, String... lines) {
    Path file = folder.resolve(name + ".csv");
    try {
      Files.writeString(file, header + "\n" + String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return set("throughline.input." + name + ".path", file.toString());
  }

  /** Sets a key of the configuration, as --set does. */
  public Scenario set(String key, String value) {
    settings.put(key, value);
    return this;
  }

  /** Spreads the rows of every day over so many files. */
  public Scenario files(int number) {
    files = number;
    return this;
  }

  /** Brings the rows of the log into another order. */
  public Scenario shuffled(long withSeed) {
    seed = withSeed;
    return this;
  }

  public PipelineRun run(String day) {
    return run(day, day);
  }

  /** Runs the days from the first to the last; every run has an output folder of its own. */
  public PipelineRun run(String from, String to) {
    return runInto("tables-" + runs++, from, to);
  }

  /** Runs into an output folder of this name, over what is there. */
  public PipelineRun runInto(String output, String from, String to, String... more) {
    writeOnce();
    markEmptyDays(LocalDate.parse(from), LocalDate.parse(to).plusDays(1));
    return execute(output, more, "run", "--from", from, "--to", to);
  }

  /** Runs one night, as a scheduler does, of whatever the log holds by then. */
  public PipelineRun night(String output, String day, String... more) {
    writeOnce();
    return execute(output, more, "run", "--date", day);
  }

  private PipelineRun execute(String output, String[] more, String... command) {
    Path tables = folder.resolve(output);
    List<String> args = new ArrayList<>(List.of(command));
    Collections.addAll(args, more);
    settings.forEach((key, value) -> Collections.addAll(args, "--set", key + "=" + value));
    Collections.addAll(args, "--set", "throughline.output.path=" + tables);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    TestSession.get();
    int code =
        Throughline.execute(
            new PrintWriter(out, true), new PrintWriter(err, true), args.toArray(String[]::new));
    return new PipelineRun(code, out.toString(), err.toString(), tables);
  }

  /** Where the log lies. */
  public Path log() {
    writeOnce();
    return folder.resolve("events");
  }

  /** The partitions of the log, to be changed. */
  public Deliveries deliveries() {
    return new Deliveries(log(), folder.resolve("away"));
  }

  private void writeOnce() {
    if (written) {
      return;
    }
    written = true;
    SparkSession spark = TestSession.get();
    List<Row> rows = new ArrayList<>();
    for (Event event : events) {
      rows.add(event.row(String.format("e%05d", rows.size() + 1)));
    }
    if (seed != null) {
      Collections.shuffle(rows, new Random(seed));
    }
    Dataset<Row> log = spark.createDataFrame(rows, Event.SCHEMA);
    (files == 1 ? log.coalesce(1) : log.repartition(files))
        .write()
        .partitionBy("dt")
        .parquet(folder.resolve("events").toString());
  }

  /** A day without events is delivered too: its folder holds the mark and no file. */
  private void markEmptyDays(LocalDate from, LocalDate to) {
    from.datesUntil(to.plusDays(1))
        .map(day -> folder.resolve("events").resolve("dt=" + day))
        .filter(day -> !Files.exists(day))
        .forEach(
            day -> {
              try {
                Files.createFile(Files.createDirectories(day).resolve("_SUCCESS"));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }
}
