package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.reports.Report;
import dev.throughline.reports.Reports;
import dev.throughline.testing.PipelineRun;
import dev.throughline.testing.Plans;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.types.DataTypes;

/** Runs over what earlier runs kept: what they read, and whether they publish the same. */
final class KeptRuns {
  private KeptRuns() {}

  static PipelineRun succeed(PipelineRun run) {
    assertEquals(0, run.exitCode(), run.stderr());
    return run;
  }

  /** A copy of an output folder beside it, with the times of its files. */
  static Path copy(Path from, String name) {
    Path to = from.resolveSibling(name);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The days that the latest run did not read, by its manifest. */
  static Set<LocalDate> kept(PipelineRun run) {
    Set<LocalDate> days = new TreeSet<>();
    run.manifest().getStringList("input.kept_days").forEach(day -> days.add(LocalDate.parse(day)));
    return days;
  }

  /** The partitions of the log that were read, in order. */
  static List<String> partitions(Plans plans) {
    return plans.nodes().stream()
        .filter(FileSourceScanExec.class::isInstance)
        .map(FileSourceScanExec.class::cast)
        .flatMap(scan -> Stream.of(scan.relation().location().inputFiles()))
        .filter(file -> file.contains("/events/dt="))
        .map(file -> file.replaceAll(".*/events/dt=([^/]+)/.*", "$1"))
        .distinct()
        .sorted()
        .toList();
  }

  /** Both runs published the same of a day, to the last bit but for sketches. */
  static void assertSame(LocalDate day, PipelineRun expected, PipelineRun run) {
    assertSame(Reports.ALL, day, expected, run);
  }

  static void assertSame(
      List<Report> reports, LocalDate day, PipelineRun expected, PipelineRun run) {
    for (Report report : reports) {
      String name = report.table().name();
      assertEquals(rows(expected, name, day), rows(run, name, day), name);
    }
  }

  static List<Row> rows(PipelineRun run, String name, LocalDate day) {
    Dataset<Row> table = run.table(name).where("day = DATE '" + day + "'");
    String[] sketches =
        Stream.of(table.schema().fields())
            .filter(field -> field.dataType().equals(DataTypes.BinaryType))
            .map(field -> field.name())
            .toArray(String[]::new);
    return table.orderBy(Reports.byName(name).table().keyColumns()).drop(sketches).collectAsList();
  }
}
