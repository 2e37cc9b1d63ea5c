package dev.throughline.output;

import dev.throughline.output.KeptDays.Note;
import dev.throughline.table.Table;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A place where runs keep rows of their days for later runs. Nothing is ever needed from there: a
 * day without a note counts as not kept, and is read from the log.
 */
public interface DayStore {

  /** The notes of those of the days that are kept, whole. */
  Map<LocalDate, Note> notes(Collection<LocalDate> days);

  /** What was kept of a table on some days, in the columns of its contract. */
  Dataset<Row> read(Table table, Collection<LocalDate> days);

  /**
   * Replaces what is kept of days: from the beginning none of them counts as kept, and at the end
   * all do.
   *
   * @param notes what to note of each day
   * @param publishing puts the rows in place
   */
  void replace(Map<LocalDate, Note> notes, Runnable publishing);

  /** The days of which there are rows of the table, whether they count as kept or not. */
  List<LocalDate> stored(Table table);

  /** Removes all that is kept of the days. */
  void remove(Collection<LocalDate> days);
}
