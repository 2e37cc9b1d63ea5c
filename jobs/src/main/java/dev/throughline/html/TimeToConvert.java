package dev.throughline.html;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How long conversions took, and how many touches. */
final class TimeToConvert {
  private static final String TABLE = "time_to_convert";
  private static final String TITLE = "How long it took";

  /** The measures of the table, and what they say. */
  private static final Map<String, String> MEASURES =
      new TreeMap<>(
          Map.of("elapsed", "Time from first touch to conversion", "touches", "Number of touches"));

  private TimeToConvert() {}

  static Section of(Tables tables, String money) {
    Map<String, List<TableRow>> byAction =
        tables.rows(TABLE).stream()
            .collect(groupingBy(row -> row.text("action"), TreeMap::new, toList()));
    if (byAction.isEmpty()) {
      return Section.empty("time", TITLE, TABLE, "No conversion counted that day.");
    }
    return Section.of(
        "time",
        TITLE,
        "From the first touch to the conversion, over all campaigns.",
        new Block.Choice(
            "Action",
            byAction.entrySet().stream()
                .sorted(Comparator.comparing(entry -> -conversions(entry.getValue())))
                .map(entry -> option(entry.getKey(), entry.getValue(), money))
                .toList()));
  }

  private static long conversions(List<TableRow> rows) {
    return rows.stream().mapToLong(row -> row.count("conversions")).sum();
  }

  private static Block.Option option(String action, List<TableRow> rows, String money) {
    List<Block> figures = new ArrayList<>();
    MEASURES.forEach(
        (measure, title) -> {
          List<TableRow> buckets =
              rows.stream()
                  .filter(row -> row.text("measure").equals(measure))
                  .collect(groupingBy(row -> row.count("bucket_order"), TreeMap::new, toList()))
                  .values()
                  .stream()
                  .map(TimeToConvert::sum)
                  .toList();
          DataTable table =
              new DataTable(
                  TABLE,
                  Map.of("action", action, "measure", measure),
                  List.of("bucket"),
                  Words.of(title + ", " + action + ": sums over all campaigns"),
                  List.of(
                      Column.text(title, "bucket"),
                      Column.count("Conversions", "conversions"),
                      Column.money("Value" + money, "value")),
                  buckets);
          figures.add(
              Block.Figure.of(
                  title,
                  Chart.Bars.of(
                      title + ", conversions of " + action,
                      buckets.stream().map(row -> row.text("bucket")).toList(),
                      Chart.Scale.LINEAR,
                      Charts.counts("Conversions", "outcome", buckets, "conversions")),
                  table));
        });
    return new Block.Option(action, List.of(new Block.Beside(figures)));
  }

  private static TableRow sum(List<TableRow> campaigns) {
    return new TableRow(
        Json.object(
            "bucket",
            campaigns.get(0).text("bucket"),
            "conversions",
            conversions(campaigns),
            "value",
            campaigns.stream()
                .map(row -> row.amount("value"))
                .reduce(BigDecimal.ZERO, BigDecimal::add)));
  }
}
