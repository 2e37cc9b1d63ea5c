package dev.throughline.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The partitions of a log, as they come: late, changed, with more files. Each day of the log has
 * one file at first.
 */
public final class Deliveries {
  private final Path log;
  private final Path away;

  /**
   * @param log its folder
   * @param away where a partition is until it is delivered; need not be there
   */
  public Deliveries(Path log, Path away) {
    this.log = log;
    this.away = away;
  }

  public Path partition(String day) {
    return log.resolve("dt=" + day);
  }

  /** The first data file of a day. */
  public Path file(String day) throws IOException {
    try (Stream<Path> files = Files.list(partition(day))) {
      return files.filter(Deliveries::isData).findFirst().orElseThrow();
    }
  }

  /** Takes a partition away, until it is delivered. */
  public void hold(String day) throws IOException {
    Files.createDirectories(away);
    Files.move(partition(day), away.resolve("dt=" + day));
  }

  /** Brings a partition that was held. */
  public void deliver(String day) throws IOException {
    Files.move(away.resolve("dt=" + day), partition(day));
  }

  /** Adds a file to a partition. */
  public void deliver(Dataset<Row> rows, String day, String name) throws IOException {
    Path written = away.resolve(name);
    rows.coalesce(1).write().parquet(written.toString());
    try (Stream<Path> files = Files.list(written)) {
      Files.move(
          files.filter(Deliveries::isData).findFirst().orElseThrow(), partition(day).resolve(name));
    }
  }

  /** Gives a partition another file instead of its first. */
  public void replace(Dataset<Row> rows, String day, String name) throws IOException {
    Path first = file(day);
    deliver(rows, day, name);
    Files.delete(first);
  }

  /** The rows of the first file of a day. */
  public Dataset<Row> rows(String day) throws IOException {
    return TestSession.get().read().parquet(file(day).toString());
  }

  private static boolean isData(Path file) {
    return file.toString().endsWith(".parquet");
  }
}
