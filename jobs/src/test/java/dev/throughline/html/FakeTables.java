package dev.throughline.html;

import dev.throughline.testing.Campaigning;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Tables of a day that never was, with as many campaigns as a test wants. */
final class FakeTables implements Tables {
  private final Map<String, List<TableRow>> tables = new HashMap<>();

  @Override
  public List<TableRow> rows(String table, Predicate<TableRow> wanted) {
    return tables.getOrDefault(table, List.of()).stream().filter(wanted).toList();
  }

  /** A day without events: quality alone has its row. */
  static FakeTables empty() {
    FakeTables fake = new FakeTables();
    fake.add("data_quality", "rows_in", 0L, "facts", 0L);
    return fake;
  }

  /** Campaigns c0, c1, … that bring the less, the later they come. */
  static FakeTables of(int campaigns) {
    FakeTables fake = empty();
    for (int i = 0; i < campaigns; i++) {
      FakeCampaign.add(fake, "c" + i, name(i), i, campaigns);
    }
    for (String dimension : List.of("channel", "campaign")) {
      String[] members =
          dimension.equals("channel")
              ? new String[] {"paid_search", "display", "video", "email"}
              : new String[] {"c0", "c1", "c2", "c3"};
      int n = 0;
      for (String first : members) {
        fake.path(dimension, first, 40 - 6 * n, 500 - 90 * n);
        for (String second : members) {
          fake.path(dimension, first + " > " + second, 20 - 4 * n, 210 + 30 * n);
          n++;
        }
        n -= 3;
      }
      fake.path(dimension, "(unattributed)", 10, 0);
      fake.path(dimension, "(other)", 31, 4000);
    }
    return fake;
  }

  /**
   * Some names that are names, one that is not described, and some that try to be more than text.
   */
  private static String name(int i) {
    if (i == 2) {
      return null;
    }
    boolean hostile = i >= 3 && i < 3 + Campaigning.HOSTILE.size();
    return hostile ? Campaigning.HOSTILE.get(i - 3) : "Campaign number " + i;
  }

  void add(String table, Object... cells) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < cells.length; i += 2) {
      row.put((String) cells[i], cells[i + 1]);
    }
    tables.computeIfAbsent(table, name -> new ArrayList<>()).add(new TableRow(row));
  }

  static BigDecimal money(double amount) {
    return BigDecimal.valueOf(amount).setScale(6, java.math.RoundingMode.HALF_UP);
  }

  private void path(String dimension, String path, long conversions, long lost) {
    add(
        "journey_paths",
        "dimension",
        dimension,
        "path",
        path,
        "conversions",
        Math.max(0, conversions),
        "value",
        money(Math.max(0, conversions) * 12.5),
        "non_converting_journeys",
        lost,
        "conversion_rate",
        0.05,
        "median_touches",
        2.0,
        "median_hours",
        30.25);
  }
}
