package dev.throughline.reference;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** People by stage, for every stage that somebody reached. */
final class NaiveReach {
  static final List<String> COLUMNS = List.of("people", "people_estimate");
  private static final Map<String, String> STAGES =
      Map.of("reach", "saw", "people_clicked", "clicked", "people_landed", "landed");

  private NaiveReach() {}

  static Cells of(NaiveTables tables, NaiveRules rules, List<LocalDate> days) {
    Cells cells = new Cells();
    for (List<String> person : NaiveFunnel.of(tables, rules, days).people) {
      if (days.contains(LocalDate.parse(person.get(1)))) {
        String key = Cells.key(person.get(1), person.get(2), STAGES.get(person.get(3)));
        cells.add(key, "people", 1);
        cells.add(key, "people_estimate", 1);
      }
    }
    return cells;
  }
}
