package dev.throughline.app;

import dev.throughline.input.EventType;
import dev.throughline.metrics.CampaignDays;
import dev.throughline.model.Journeys;
import dev.throughline.table.Table;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** What may go wrong with kept rows, done on purpose. */
enum PlantedFault {
  NONE,
  /** The snapshot holds touches of people who have converted only, if the run needs no more. */
  SNAPSHOT_OF_CONVERTERS,
  /** A click of the days that a run keeps is missing. */
  DROPPED_TOUCH,
  /** Two days that a run keeps have each other's touches. */
  SWAPPED_DAYS,
  /** A snapshot ends a day too early. */
  SHORT_SNAPSHOT,
  /** Counts of campaigns of a day that was kept before are not replaced. */
  STALE_CAMPAIGNS,
  /** The fingerprint of a partition says nothing of its changes. */
  WRONG_FINGERPRINT;

  /**
   * The rows that a run writes with this fault in the place of the right ones.
   *
   * @param before what the store holds
   * @param converters the people who converted; null if the run needs others too
   */
  Map<LocalDate, List<Row>> applied(
      Table table, Map<LocalDate, List<Row>> days, MemoryDays before, Set<String> converters) {
    boolean touches = table.equals(Journeys.touchesTable());
    boolean snapshot = table.equals(Carrying.TABLE);
    Map<LocalDate, List<Row>> changed = new TreeMap<>(days);
    switch (this) {
      case SNAPSHOT_OF_CONVERTERS -> {
        if (snapshot && converters != null) {
          changed.replaceAll((day, rows) -> ofPeople(rows, converters));
        }
      }
      case DROPPED_TOUCH -> {
        if (touches) {
          changed.replaceAll((day, rows) -> withoutFirstClick(rows));
        }
      }
      case SWAPPED_DAYS -> {
        List<LocalDate> two = days.keySet().stream().limit(2).toList();
        if (touches && two.size() == 2) {
          changed.put(two.get(0), onDay(days.get(two.get(1)), two.get(0)));
          changed.put(two.get(1), onDay(days.get(two.get(0)), two.get(1)));
        }
      }
      case SHORT_SNAPSHOT -> {
        if (snapshot) {
          changed.replaceAll((day, rows) -> withoutLastDay(rows));
        }
      }
      case STALE_CAMPAIGNS -> {
        if (table.equals(CampaignDays.EVENTS)) {
          changed.replaceAll(
              (day, rows) -> before.stored(table).contains(day) ? before.rows(table, day) : rows);
        }
      }
      default -> {}
    }
    return changed;
  }

  private static List<Row> ofPeople(List<Row> rows, Set<String> people) {
    String person = Journeys.touchesPerson().name();
    return rows.stream().filter(row -> people.contains(row.<String>getAs(person))).toList();
  }

  private static List<Row> withoutFirstClick(List<Row> rows) {
    List<Row> left = new ArrayList<>(rows);
    rows.stream()
        .filter(row -> row.<Integer>getAs("type") == EventType.CLICK.rank())
        .findFirst()
        .ifPresent(left::remove);
    return left;
  }

  private static List<Row> withoutLastDay(List<Row> rows) {
    return rows.stream()
        .map(row -> row.<Date>getAs("touch_day"))
        .max(Date::compareTo)
        .map(last -> rows.stream().filter(row -> !row.getAs("touch_day").equals(last)).toList())
        .orElse(rows);
  }

  private static List<Row> onDay(List<Row> rows, LocalDate day) {
    List<Row> moved = new ArrayList<>();
    for (Row row : rows) {
      Object[] values = new Object[row.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = i == 0 ? Date.valueOf(day) : row.get(i);
      }
      moved.add(RowFactory.create(values));
    }
    return moved;
  }
}
