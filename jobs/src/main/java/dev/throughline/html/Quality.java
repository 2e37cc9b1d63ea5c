package dev.throughline.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What the numbers rest on. */
final class Quality {
  private static final String QUALITY = "data_quality";
  private static final String RECONCILIATION = "attribution_reconciliation";

  private Quality() {}

  static Section of(Tables tables, String money) {
    List<Block> blocks = new ArrayList<>();
    List<TableRow> quality = tables.rows(QUALITY);
    if (quality.isEmpty()) {
      blocks.add(Block.Paragraph.of(QUALITY + " has no rows."));
    } else {
      blocks.add(new Block.Shown(counts(quality.get(0))));
    }
    List<TableRow> sums =
        tables.rows(RECONCILIATION).stream()
            .sorted(
                Comparator.comparing((TableRow row) -> row.text("action"))
                    .thenComparing(row -> row.text("dimension"))
                    .thenComparing(row -> row.text("model")))
            .toList();
    blocks.add(
        sums.isEmpty()
            ? Block.Paragraph.of(RECONCILIATION + " has no rows: no conversion counted that day.")
            : new Block.Folded(
                "Attributed and unattributed credit add up to all conversions",
                reconciliation(sums, money)));
    return new Section(
        "quality",
        "What the numbers rest on",
        "What became of the rows of the log, and the proof that no credit is lost or made up.",
        blocks);
  }

  /** The one row of the table, set upright. */
  private static DataTable counts(TableRow row) {
    List<TableRow> upright =
        row.cells().entrySet().stream()
            .map(
                cell ->
                    new TableRow(
                        Json.object(
                            "column", cell.getKey(),
                            "name", Column.words(cell.getKey()),
                            "rows", cell.getValue())))
            .toList();
    return new DataTable(
        QUALITY,
        Map.of(),
        List.of("column"),
        Words.of("Rows of the log, and what was left out of which count"),
        List.of(Column.text("Count", "name"), Column.count("Rows", "rows")),
        upright);
  }

  private static DataTable reconciliation(List<TableRow> all, String money) {
    List<TableRow> rows = all.subList(0, Math.min(all.size(), 4 * Campaigns.MOST));
    return new DataTable(
        RECONCILIATION,
        Map.of(),
        List.of("dimension", "action", "model"),
        Words.of(
            "Attributed + unattributed = total: %s of %s sums"
                .formatted(Format.count((long) rows.size()), Format.count((long) all.size()))),
        List.of(
            Column.text("Action", "action"),
            Column.code("Dimension", "dimension"),
            Column.code("Model", "model"),
            Column.exact("Attributed", "attributed_conversions"),
            Column.exact("Unattributed", "unattributed_conversions"),
            Column.count("Total", "total_conversions"),
            Column.exact("Attributed value" + money, "attributed_value"),
            Column.exact("Unattributed value" + money, "unattributed_value"),
            Column.exact("Total value" + money, "total_value")),
        rows);
  }
}
