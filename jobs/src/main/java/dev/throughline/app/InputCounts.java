package dev.throughline.app;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import dev.throughline.input.Events;
import dev.throughline.input.Period;
import dev.throughline.model.Facts;
import dev.throughline.output.KeptDays;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What was read, and what became of it, gathered in the pass that classifies.
 *
 * @param byPartition rows classified, by the partition that held them
 * @param byFile rows classified, by the file that held them, where that is known
 * @param byStatus rows of the run's days, by status
 * @param rejected rejected rows of the run's days, by reason
 * @param invalid invalid facts of the run's days, by reason
 * @param days rows of each of the days that are counted, the run's own among them
 * @param currencies currencies of the money on each of the days that are counted; of a day with
 *     several, two
 */
record InputCounts(
    Map<LocalDate, Long> byPartition,
    Map<Long, Long> byFile,
    Map<String, Long> byStatus,
    Map<String, Long> rejected,
    Map<String, Long> invalid,
    Map<LocalDate, DayRows> days,
    Map<LocalDate, Set<String>> currencies) {

  /**
   * Rows of a day.
   *
   * @param status how many of each status
   * @param rejected how many of each reason
   */
  record DayRows(Map<String, Long> status, Map<String, Long> rejected) {
    private DayRows() {
      this(new TreeMap<>(), new TreeMap<>());
    }

    long all() {
      return status.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * Counts.
   *
   * @param counted holds for rows of the days that are counted
   */
  static InputCounts of(Dataset<Row> facts, Column counted, Period period) {
    List<Row> groups =
        facts
            .groupBy(
                Events.INPUT_DAY.col(),
                functions.when(counted, Events.DAY.col()).as("counted_day"),
                Facts.STATUS.col(),
                Events.REJECT_REASON.col(),
                Facts.INVALID.col(),
                Events.FILE.col())
            .agg(count(lit(1)))
            .collectAsList();
    InputCounts counts =
        new InputCounts(
            new TreeMap<>(),
            new HashMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            currencies(facts.filter(counted).filter(Facts.STATUS.col().equalTo(Facts.FACT))));
    for (Row group : groups) {
      long rows = group.getLong(6);
      counts.byPartition.merge(group.getDate(0).toLocalDate(), rows, Long::sum);
      if (!group.isNullAt(5)) {
        counts.byFile.merge(group.getLong(5), rows, Long::sum);
      }
      if (!group.isNullAt(1)) {
        LocalDate date = group.getDate(1).toLocalDate();
        DayRows day = counts.days.computeIfAbsent(date, any -> new DayRows());
        day.status.merge(group.getString(2), rows, Long::sum);
        merge(day.rejected, group.getString(3), rows);
        if (!date.isBefore(period.from())) {
          counts.byStatus.merge(group.getString(2), rows, Long::sum);
          merge(counts.rejected, group.getString(3), rows);
          merge(counts.invalid, group.getString(4), rows);
        }
      }
    }
    return counts;
  }

  /** Two currencies of a day are enough to refuse. */
  private static Map<LocalDate, Set<String>> currencies(Dataset<Row> facts) {
    Column code = functions.col("code");
    // Different pairs first: they are few, and the least of some strings is found by sorting rows.
    Dataset<Row> pairs =
        facts
            .select(
                Events.DAY.col(),
                functions.when(Events.VALUE.col().isNotNull(), Events.CURRENCY.col()).as("value"),
                functions
                    .when(Events.COST.col().isNotNull(), Events.COST_CURRENCY.col())
                    .as("cost"))
            .distinct();
    Map<LocalDate, Set<String>> found = new TreeMap<>();
    pairs
        .select(
            Events.DAY.col(),
            functions
                .explode(functions.array(functions.col("value"), functions.col("cost")))
                .as("code"))
        .filter(code.isNotNull())
        .groupBy(Events.DAY.col())
        .agg(min(code), max(code))
        .collectAsList()
        .forEach(
            row ->
                found.put(
                    row.getDate(0).toLocalDate(),
                    new TreeSet<>(List.of(row.getString(1), row.getString(2)))));
    return found;
  }

  private static void merge(Map<String, Long> counts, String reason, long rows) {
    if (reason != null) {
      counts.merge(reason, rows, Long::sum);
    }
  }

  /** What is noted of a day that is kept, see {@link KeptDays.Note}. */
  KeptDays.Note note(LocalDate day, String stamp, String input) {
    // The log may have no row of it.
    DayRows rows = days.getOrDefault(day, new DayRows());
    List<String> codes = List.copyOf(currencies.getOrDefault(day, Set.of()));
    return new KeptDays.Note(stamp, input, codes, rows.status(), rows.rejected());
  }

  /** Rows of the run's days. */
  long rows() {
    return byStatus.values().stream().mapToLong(Long::longValue).sum();
  }
}
