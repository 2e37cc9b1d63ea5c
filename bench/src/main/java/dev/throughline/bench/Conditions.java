package dev.throughline.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;

/** What a reader has to know to judge the figures. */
final class Conditions {
  private Conditions() {}

  static String text(Options options) {
    return """
        %s Spark %s, DuckDB %s; %d threads and %s each (heap of the \
        JVM; DuckDB's memory_limit), skew %s; %d rounds, a process for each figure, interleaved; limit %d s. Load of the \
        machine at the end: %s. Seconds are those of the work after %d runs of a log of 300 people in the same process; \
        process s, CPU s and peak are of the whole process, warm-up and start included. Medians; ratios are medians of the ratios within a \
        round. All contenders gave the same tables: counts exactly, credit to 1e-9."""
        .formatted(
            machine(),
            jarVersion(SparkSession.class),
            duckDb(),
            options.threads(),
            options.memory(),
            Plan.SKEW_MEMORY,
            options.rounds(),
            options.limit(),
            load(),
            Measured.WARM_UPS);
  }

  /** When, of what, and on what was measured. */
  static String machine() {
    return "%s, commit %s. Java %s; %d processors (%s), %s of memory."
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            System.getProperty("throughline.bench.commit", "unknown"),
            System.getProperty("java.runtime.version"),
            Runtime.getRuntime().availableProcessors(),
            first("/proc/cpuinfo", "model name\\s*:\\s*(.*)"),
            memory());
  }

  /** How busy the machine is: the mean length of its queue in the last 1, 5 and 15 minutes. */
  static String load() {
    return first("/proc/loadavg", "(\\S+ \\S+ \\S+)");
  }

  private static String memory() {
    long kib = Long.parseLong(first("/proc/meminfo", "MemTotal:\\s+(\\d+)"));
    return "%.0f GiB".formatted(kib / 1048576.0);
  }

  private static String jarVersion(Class<?> type) {
    Matcher version =
        Pattern.compile("-([0-9][^-]*)\\.jar$")
            .matcher(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    return version.find() ? version.group(1) : "unknown";
  }

  private static String duckDb() {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      return connection.getMetaData().getDatabaseProductVersion();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String first(String file, String pattern) {
    try {
      Matcher found = Pattern.compile(pattern).matcher(Files.readString(Path.of(file)));
      return found.find() ? found.group(1) : "unknown";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
