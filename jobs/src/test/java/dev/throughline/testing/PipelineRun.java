package dev.throughline.testing;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.throughline.metrics.CampaignPeriods;
import dev.throughline.output.Restatements;
import dev.throughline.reports.Reports;
import dev.throughline.table.Field;
import dev.throughline.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a run left behind.
 *
 * @param exitCode its exit code; 0 is success
 * @param stdout what it printed as its result
 * @param stderr its progress, and what went wrong
 * @param output the folder of the published tables
 */
public record PipelineRun(int exitCode, String stdout, String stderr, Path output) {

  /** What the manifest of the latest run into the folder says. */
  public Config manifest() {
    try (Stream<Path> manifests = Files.list(output.resolve("_runs"))) {
      return manifests
          .filter(file -> file.toString().endsWith(".json"))
          .map(file -> ConfigFactory.parseFile(file.toFile()))
          .max(Comparator.comparing(manifest -> Instant.parse(manifest.getString("started"))))
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A published table, in the columns of its contract. */
  public Dataset<Row> table(String name) {
    if (exitCode != 0) {
      throw new AssertionError("the run ended with exit code " + exitCode + ":\n" + stderr);
    }
    Table table = Reports.byName(name).table();
    return TestSession.get()
        .read()
        .schema(table.schema())
        .parquet(output.resolve(name).toString())
        .select(table.fields().stream().map(Field::col).toArray(Column[]::new));
  }

  /** What was published of the days so far, and by which runs. */
  public Dataset<Row> history() {
    return TestSession.get().read().parquet(output.resolve(Restatements.TABLE.name()).toString());
  }

  /** The rows of a published table, in the order of its key. */
  public List<Row> rows(String name) {
    return table(name).orderBy(Reports.byName(name).table().keyColumns()).collectAsList();
  }

  /** Those rows that tell of the day alone, of a table that has periods. */
  public List<Row> rowsOfDays(String name) {
    return table(name).filter(CampaignPeriods.PERIOD.col().equalTo(1)).collectAsList();
  }
}
