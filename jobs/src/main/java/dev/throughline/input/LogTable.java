package dev.throughline.input;

import static org.apache.spark.sql.functions.to_date;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.functions;
import scala.collection.JavaConverters;

/** A log that is given as a table. */
final class LogTable {
  /** Options of a table win over those of the session, so right answers need these as well. */
  private static final Map<String, String> NEEDED =
      Map.of(
          "ignorecorruptfiles", "false",
          "ignoremissingfiles", "false",
          "datetimerebasemode", "CORRECTED",
          "int96rebasemode", "CORRECTED",
          "parquet.page.verify-checksum.enabled", "true");

  private LogTable() {}

  /**
   * The rows of the table that the period needs.
   *
   * @throws ThroughlineException of kind INPUT if the table is not there, has no such partitions or
   *     may pass over damaged files
   */
  static Dataset<Row> rows(SparkSession spark, String column, Period period, String table) {
    if (!spark.catalog().tableExists(table)) {
      throw new ThroughlineException(
          ErrorKind.INPUT,
          "The table " + table + " does not exist. Check throughline.input.events.table.");
    }
    Dataset<Row> all = spark.table(table);
    if (Stream.of(all.columns()).noneMatch(column::equalsIgnoreCase)) {
      throw new ThroughlineException(
          ErrorKind.INPUT,
          "The table "
              + table
              + " has no column "
              + column
              + ". Check throughline.input.events.partition.column. It has "
              + String.join(", ", all.columns())
              + ".");
    }
    for (LogicalPlan leaf :
        JavaConverters.seqAsJavaList(all.queryExecution().analyzed().collectLeaves())) {
      if (leaf instanceof LogicalRelation relation
          && relation.relation() instanceof HadoopFsRelation files) {
        JavaConverters.mapAsJavaMap(files.options())
            .forEach((option, value) -> refuseContradiction(table, option, value));
      }
    }
    List<LocalDate> wanted = period.partitions();
    return all.filter(
        to_date(functions.col(column))
            .between(Date.valueOf(wanted.get(0)), Date.valueOf(wanted.get(wanted.size() - 1))));
  }

  /** Fails unless every day has rows, and says which have none. */
  static void require(String table, List<LocalDate> days, Set<LocalDate> present) {
    List<LocalDate> missing = new ArrayList<>(days);
    missing.removeAll(present);
    if (!missing.isEmpty()) {
      throw new ThroughlineException(
          ErrorKind.INPUT,
          "The table "
              + table
              + " has no rows of "
              + missing.stream().map(LocalDate::toString).collect(Collectors.joining(", "))
              + (missing.size() == 1 ? ", a day" : ", days")
              + " of this run. Run again when they have arrived.");
    }
  }

  private static void refuseContradiction(String table, String option, String value) {
    String needed = NEEDED.get(option.toLowerCase(Locale.ROOT));
    if (needed != null && !needed.equalsIgnoreCase(value)) {
      throw new ThroughlineException(
          ErrorKind.INPUT,
          "The table "
              + table
              + " has the option "
              + option
              + " = "
              + value
              + ", but right answers need "
              + needed
              + ". Take it out of the table's definition, or give the log by its path.");
    }
  }
}
