package dev.throughline.output;

import dev.throughline.table.Table;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes rows for a {@link DayStore}, which are put in place when the run publishes. */
public interface DayWriter {

  /**
   * Writes rows of some days.
   *
   * @return the rows, as they were written
   */
  Dataset<Row> write(Table table, Dataset<Row> rows, List<LocalDate> days);
}
