package dev.throughline.reference;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The funnel of each day for the periods that end with it: days added up, people counted once. */
final class NaivePeriods {
  static final List<String> COLUMNS =
      Stream.of(List.of("days"), NaiveFunnel.COUNTS, NaiveFunnel.RATES)
          .flatMap(List::stream)
          .toList();

  private NaivePeriods() {}

  /** Every day of the log. */
  static List<LocalDate> daysOf(NaiveTables tables) {
    Set<LocalDate> days = new TreeSet<>();
    tables.facts.facts.forEach(fact -> days.add(fact.day()));
    return List.copyOf(days);
  }

  static Cells of(NaiveTables tables, NaiveRules rules, List<LocalDate> days) {
    List<LocalDate> all = daysOf(tables);
    NaiveFunnel daily = NaiveFunnel.of(tables, rules, all);
    Cells cells = new Cells();
    for (LocalDate day : days) {
      for (int period : rules.people().periods()) {
        LocalDate first = day.minusDays(period - 1);
        Set<String> inside = new LinkedHashSet<>();
        all.stream()
            .filter(other -> !other.isBefore(first) && !other.isAfter(day))
            .forEach(other -> inside.add(other.toString()));
        Set<String> campaigns = new TreeSet<>();
        for (List<String> row : daily.rows) {
          if (inside.contains(row.get(0))) {
            campaigns.add(row.get(1));
          }
        }
        for (String campaign : campaigns) {
          add(cells, Cells.key(day, period, campaign), daily, inside, campaign);
        }
      }
    }
    return cells;
  }

  private static void add(
      Cells cells, String key, NaiveFunnel daily, Set<String> days, String campaign) {
    cells.set(key, "days", (double) days.size());
    cells.set(key, "spend", null);
    NaiveFunnel.COUNTS.forEach(column -> cells.set(key, column, 0.0));
    for (String day : days) {
      if (daily.rows.contains(List.of(day, campaign))) {
        String ofDay = Cells.key(day, campaign);
        for (String column : NaiveFunnel.COUNTS) {
          if (!NaiveFunnel.PEOPLE.contains(column)) {
            cells.add(key, column, daily.cells.get(ofDay, column));
          }
        }
        Double spend = daily.cells.get(ofDay, "spend");
        if (spend != null) {
          Double before = cells.get(key, "spend");
          cells.set(key, "spend", before == null ? spend : (Double) (before + spend));
        }
      }
    }
    for (String column : NaiveFunnel.PEOPLE) {
      Set<String> users = new HashSet<>();
      for (List<String> person : daily.people) {
        boolean counts =
            days.contains(person.get(1))
                && person.get(2).equals(campaign)
                && person.get(3).equals(column);
        if (counts) {
          users.add(person.get(0));
        }
      }
      cells.set(key, column, (double) users.size());
    }
    NaiveFunnel.addRates(cells, key);
  }
}
