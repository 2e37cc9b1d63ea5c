package dev.throughline.html;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The ways by which people came to convert, or did not. */
final class Paths {
  private static final String TABLE = "journey_paths";
  private static final String TITLE = "The way there";

  /** What stands in the table for the paths that it leaves out; it is no path. */
  private static final String OTHER = "(other)";

  private static final int MOST_FLOWS = 20;

  private Paths() {}

  static Section of(Tables tables, String money) {
    List<TableRow> all = tables.rows(TABLE);
    if (all.isEmpty()) {
      return Section.empty("paths", TITLE, TABLE, "No journey ended that day.");
    }
    List<Block.Option> options = new ArrayList<>();
    for (String dimension : List.of("channel", "campaign")) {
      List<TableRow> paths =
          all.stream()
              .filter(row -> row.text("dimension").equals(dimension))
              .sorted(
                  Campaigns.largest("conversions")
                      .thenComparing(Campaigns.largest("value"))
                      .thenComparing(Campaigns.largest("non_converting_journeys"))
                      .thenComparing(comparing(row -> row.text("path"))))
              .toList();
      if (!paths.isEmpty()) {
        options.add(option(dimension, paths, money));
      }
    }
    return Section.of(
        "paths",
        TITLE,
        "Touches in their order, from left to right, and whether a conversion followed.",
        new Block.Choice("Paths of", options));
  }

  private static Block.Option option(String dimension, List<TableRow> paths, String money) {
    List<TableRow> first = Campaigns.first(paths);
    List<TableRow> drawn =
        paths.stream().filter(row -> !row.text("path").equals(OTHER)).limit(MOST_FLOWS).toList();
    DataTable table =
        new DataTable(
            TABLE,
            Map.of("dimension", dimension),
            List.of("path"),
            Words.of(
                "Paths of "
                    + dimension
                    + "s: "
                    + Format.count((long) first.size())
                    + " of "
                    + Format.count((long) paths.size())),
            List.of(
                Column.text("Path", "path"),
                Column.count("Conversions", "conversions"),
                Column.money("Value" + money, "value"),
                Column.count("Did not convert", "non_converting_journeys"),
                Column.percent("Rate", "conversion_rate"),
                Column.decimal("Median touches", "median_touches", 1),
                Column.decimal("Median hours", "median_hours", 1)),
            first);
    String drawnNote =
        "Drawn are the "
            + drawn.size()
            + " paths with the most conversions; of longer paths the first "
            + (PathFlow.POSITIONS - 1)
            + " touches.";
    String label = "Journeys from " + dimension + " to " + dimension;
    return new Block.Option(
        dimension + "s",
        List.of(
            Block.Figure.above(
                table,
                "Journeys that converted",
                PathFlow.converting(label + " to a conversion", drawn),
                drawnNote),
            Block.Figure.above(
                table,
                "Journeys that converted, beside those that did not",
                PathFlow.of(label + ", converting or not", drawn),
                "The same paths."),
            new Block.Shown(table)));
  }
}
