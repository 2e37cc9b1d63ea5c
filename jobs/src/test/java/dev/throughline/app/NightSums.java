package dev.throughline.app;

import dev.throughline.input.Events;
import dev.throughline.input.Period;
import dev.throughline.metrics.CampaignDays;
import dev.throughline.model.Conversions;
import dev.throughline.model.Swept;
import dev.throughline.table.Field;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** The sums that every number of a run's tables is made of, by what they are sums of. */
final class NightSums {
  /** Changes from a day on, see {@link Swept}: of a day counts what came up to it. */
  private static final Set<String> FROM_A_DAY_ON = Set.of("learned", "position", "transition");

  /** Counts of campaigns are compared as {@link CampaignDays#EVENTS}, with those that were kept. */
  private static final String OF_CAMPAIGNS = "campaign_";

  private final Map<String, String> sums = new TreeMap<>();

  /** The first difference in words, or null; expected is left, this is right. */
  String difference(NightSums expected) {
    Map<String, String> all = new TreeMap<>(expected.sums);
    all.putAll(sums);
    return all.keySet().stream()
        .filter(
            key -> !expected.sums.getOrDefault(key, "none").equals(sums.getOrDefault(key, "none")))
        .findFirst()
        .map(
            key ->
                key
                    + ": "
                    + sums.getOrDefault(key, "none")
                    + ", from scratch "
                    + expected.sums.getOrDefault(key, "none"))
        .orElse(null);
  }

  int size() {
    return sums.size();
  }

  /** Adds what the sweep found. */
  void addSwept(List<Row> swept, Period period) {
    Map<String, BigDecimal[]> added = new TreeMap<>();
    for (Row row : swept) {
      String kind = row.getAs(Swept.KIND.name());
      LocalDate day = day(row);
      if (kind.startsWith(OF_CAMPAIGNS)) {
        continue;
      }
      if (FROM_A_DAY_ON.contains(kind)) {
        period.days().stream()
            .filter(of -> !of.isBefore(day))
            .forEach(of -> add(added, of, kind, row));
      } else if (!day.isBefore(kind.equals("credit") ? period.countedFrom() : period.from())) {
        add(added, day, kind, row);
      }
    }
    added.forEach(
        (key, values) -> {
          String text =
              java.util.Arrays.stream(values)
                  .map(value -> value.stripTrailingZeros().toPlainString())
                  .collect(Collectors.joining(" "));
          if (!text.replaceAll("[0 ]", "").isEmpty()) {
            sums.put(key, text);
          }
        });
  }

  private static LocalDate day(Row row) {
    return row.getDate(row.fieldIndex(Events.DAY.name())).toLocalDate();
  }

  private static void add(Map<String, BigDecimal[]> added, LocalDate day, String kind, Row row) {
    String key =
        day
            + " "
            + kind
            + " "
            + List.of("dimension", "member", "action", "detail", "amount", "number").stream()
                .map(name -> String.valueOf(row.<Object>getAs(name)))
                .collect(Collectors.joining("|"));
    List<Long> resampled =
        row.isNullAt(row.fieldIndex(Swept.RESAMPLED.name()))
            ? List.of()
            : row.getList(row.fieldIndex(Swept.RESAMPLED.name()));
    BigDecimal[] values =
        added.computeIfAbsent(
            key,
            any -> {
              BigDecimal[] zeros = new BigDecimal[3 + resampled.size()];
              java.util.Arrays.fill(zeros, BigDecimal.ZERO);
              return zeros;
            });
    values[0] = values[0].add(row.getAs(Swept.CONVERSIONS.name()));
    values[1] = values[1].add(row.getAs(Swept.VALUE.name()));
    values[2] = values[2].add(BigDecimal.valueOf(row.<Long>getAs(Swept.COUNT.name())));
    for (int i = 0; i < resampled.size(); i++) {
      values[3 + i] = values[3 + i].add(BigDecimal.valueOf(resampled.get(i)));
    }
  }

  /** Adds rows of a table that is kept, but for sketches. */
  void addKept(String name, List<Field> fields, List<Row> rows, LocalDate from) {
    for (Row row : rows) {
      if (!day(row).isBefore(from)) {
        String text =
            fields.stream()
                .filter(field -> !field.type().equals(DataTypes.BinaryType))
                .map(field -> field.name() + "=" + row.<Object>getAs(field.name()))
                .collect(Collectors.joining(", "));
        sums.merge(
            day(row) + " " + name + " " + row.<Object>getAs(fields.get(1).name()),
            text,
            (one, other) -> one + " and " + other);
      }
    }
  }

  /** Adds how many conversions count. */
  void addTotals(List<Row> totals) {
    addKept(
        "totals",
        List.of(Events.DAY, Conversions.ACTION, Conversions.CONVERSIONS, Conversions.VALUE),
        totals,
        LocalDate.MIN);
  }
}
