package dev.throughline.app;

import dev.throughline.input.Events;
import dev.throughline.output.DayStore;
import dev.throughline.output.KeptDays.Note;
import dev.throughline.table.Field;
import dev.throughline.table.Table;
import dev.throughline.testing.TestSession;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Kept days in memory, with the rules of those in files. */
final class MemoryDays implements DayStore {
  private final Map<LocalDate, Note> notes = new HashMap<>();
  private final Map<String, Map<LocalDate, List<Row>>> tables = new HashMap<>();

  /** Rows by day, in the columns of a table's contract; fails if two have one key. */
  static Map<LocalDate, List<Row>> byDay(Table table, Dataset<Row> rows) {
    Map<LocalDate, List<Row>> days = new TreeMap<>();
    Set<List<Object>> keys = new HashSet<>();
    Column[] columns = table.fields().stream().map(Field::col).toArray(Column[]::new);
    for (Row row : rows.select(columns).collectAsList()) {
      List<Object> key = new ArrayList<>();
      table.key().forEach(field -> key.add(row.getAs(field.name())));
      if (!keys.add(key)) {
        throw new AssertionError("two rows of " + table.name() + " have the key " + key);
      }
      LocalDate day = row.getDate(row.fieldIndex(Events.DAY.name())).toLocalDate();
      days.computeIfAbsent(day, any -> new ArrayList<>()).add(row);
    }
    return days;
  }

  /** Puts rows of a day in place. */
  void put(Table table, LocalDate day, List<Row> rows) {
    tables.computeIfAbsent(table.name(), any -> new HashMap<>()).put(day, rows);
  }

  /** The rows of a day; none where nothing was kept. */
  List<Row> rows(Table table, LocalDate day) {
    return tables.getOrDefault(table.name(), Map.of()).getOrDefault(day, List.of());
  }

  @Override
  public Map<LocalDate, Note> notes(Collection<LocalDate> days) {
    Map<LocalDate, Note> found = new TreeMap<>(notes);
    found.keySet().retainAll(days);
    return found;
  }

  @Override
  public Dataset<Row> read(Table table, Collection<LocalDate> days) {
    List<Row> rows = new ArrayList<>();
    days.forEach(day -> rows.addAll(rows(table, day)));
    return TestSession.get().createDataFrame(rows, table.schema());
  }

  @Override
  public void replace(Map<LocalDate, Note> replaced, Runnable publishing) {
    notes.keySet().removeAll(replaced.keySet());
    publishing.run();
    notes.putAll(replaced);
  }

  @Override
  public List<LocalDate> stored(Table table) {
    return List.copyOf(tables.getOrDefault(table.name(), Map.of()).keySet());
  }

  @Override
  public void remove(Collection<LocalDate> days) {
    notes.keySet().removeAll(days);
    tables.values().forEach(table -> table.keySet().removeAll(days));
  }
}
