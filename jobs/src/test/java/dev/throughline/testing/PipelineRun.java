package dev.throughline.testing;

import dev.throughline.metrics.CampaignPeriods;
import dev.throughline.reports.Reports;
import dev.throughline.table.Field;
import dev.throughline.table.Table;
import java.nio.file.Path;
import java.util.List;
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

  /** The rows of a published table in the order of its key; of those with periods, of the day. */
  public List<Row> rows(String name) {
    Dataset<Row> table = table(name);
    boolean periods = List.of(table.columns()).contains(CampaignPeriods.PERIOD.name());
    return (periods ? table.filter(CampaignPeriods.PERIOD.col().equalTo(1)) : table)
        .orderBy(Reports.byName(name).table().keyColumns())
        .collectAsList();
  }
}
