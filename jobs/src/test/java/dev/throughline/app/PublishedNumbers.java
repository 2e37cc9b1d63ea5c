package dev.throughline.app;

import dev.throughline.testing.PageTables.Cell;
import dev.throughline.testing.PipelineRun;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/** What the cells of a page have to show, from the Parquet files; formatted here once more. */
final class PublishedNumbers {
  private static final String NONE = "–";

  /** Columns of codes, which the page shows as words. */
  private static final Set<String> CODES =
      Set.of("focus", "step_name", "tier", "stage", "model", "dimension");

  private static final Set<String> ONE_DIGIT =
      Set.of(
          "median_seconds_to_next",
          "p90_seconds_to_next",
          "median_touches",
          "median_hours",
          "median_engagement_seconds",
          "gain_percent");

  private final PipelineRun run;
  private final Map<String, List<Row>> tables = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();

  PublishedNumbers(PipelineRun run) {
    this.run = run;
    for (Row row : rows("campaign_scorecard")) {
      names.put(row.getAs("campaign_id"), row.getAs("campaign_name"));
    }
  }

  /** The rows of a published table. */
  List<Row> rows(String table) {
    return tables.computeIfAbsent(table, run::rows);
  }

  /** What is wrong with a cell; empty if it is right. */
  String problem(Cell cell) {
    Map<String, String> key = new TreeMap<>(cell.key());
    String upright = key.remove("column");
    if (cell.source().equals("data_quality")) {
      return expect(
          cell,
          cell.field().equals("name")
              ? upright.replace('_', ' ')
              : text(cell.source(), upright, rows("data_quality").get(0).getAs(upright)));
    }
    List<Row> rows =
        rows(cell.source()).stream()
            .filter(
                row ->
                    key.entrySet().stream()
                        .allMatch(
                            part ->
                                !names(row).contains(part.getKey())
                                    ? part.getKey().equals("period")
                                    : String.valueOf(row.<Object>getAs(part.getKey()))
                                        .equals(part.getValue())))
            .toList();
    if (cell.source().equals("campaign_funnel")) {
      return cell.field().equals("step")
          ? ""
          : expect(
              cell,
              grouped(
                  BigDecimal.valueOf(
                      rows.stream().mapToLong(row -> row.<Long>getAs(upright)).sum()),
                  0));
    }
    if (cell.source().equals("time_to_convert") && rows.size() > 1) {
      return expect(cell, summed(cell.field(), rows));
    }
    if (rows.isEmpty() && cell.source().equals("attribution")) {
      return expect(cell, NONE);
    }
    // A name heads the row of many models.
    boolean heading = cell.field().equals("member") && !rows.isEmpty();
    if (rows.size() != 1 && !heading) {
      return cell + " is of " + rows.size() + " rows";
    }
    return expect(cell, one(cell, rows.get(0)));
  }

  private String one(Cell cell, Row row) {
    if (cell.field().equals("campaign_id") || cell.field().equals("member")) {
      String id = row.getAs(cell.field());
      return names.get(id) == null ? id : names.get(id) + " [" + id + "]";
    }
    String[] fields = cell.field().split(" ", -1);
    String text = text(cell.source(), fields[0], row.getAs(fields[0]));
    if (fields.length == 1) {
      return text;
    }
    String other = text(cell.source(), fields[1], row.getAs(fields[1]));
    return text.equals(NONE) && other.equals(NONE) ? NONE : text + " to " + other;
  }

  private static String summed(String field, List<Row> rows) {
    Object first = rows.get(0).getAs(field);
    if (first instanceof String same) {
      return same;
    }
    BigDecimal sum =
        rows.stream()
            .map(row -> new BigDecimal(row.getAs(field).toString()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return grouped(sum, first instanceof Long ? 0 : 2);
  }

  private static String expect(Cell cell, String expected) {
    String found = cell.id() == null ? cell.text() : cell.text() + " [" + cell.id() + "]";
    return expected.equals(found) ? "" : cell + " should show " + expected;
  }

  /** A value as a reader of the page has to see it. */
  private static String text(String table, String field, Object value) {
    if (value == null) {
      return NONE;
    }
    if (value instanceof String text) {
      return CODES.contains(field) ? text.replace('_', ' ') : text;
    }
    if (value instanceof BigDecimal amount) {
      return table.equals("attribution_reconciliation")
          ? grouped(amount, Math.max(0, amount.stripTrailingZeros().scale()))
          : grouped(amount, 2);
    }
    if (value instanceof Double number) {
      BigDecimal exact = new BigDecimal(number.toString());
      return field.matches(".*(rate|share).*")
          ? grouped(exact.multiply(new BigDecimal(100)), 2) + " %"
          : grouped(exact, ONE_DIGIT.contains(field) ? 1 : 2);
    }
    return grouped(new BigDecimal(value.toString()), 0);
  }

  private static String grouped(BigDecimal number, int digits) {
    return String.format(
        Locale.ROOT, "%,." + digits + "f", number.setScale(digits, RoundingMode.HALF_UP));
  }

  private static List<String> names(Row row) {
    return List.of(row.schema().fieldNames());
  }
}
