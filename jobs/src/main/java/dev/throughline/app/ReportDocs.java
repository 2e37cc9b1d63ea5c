package dev.throughline.app;

import dev.throughline.output.Restatements;
import dev.throughline.reports.Guide;
import dev.throughline.reports.Report;
import dev.throughline.reports.Reports;
import dev.throughline.table.Field;
import dev.throughline.table.Rule;
import dev.throughline.table.Table;
import java.util.stream.Collectors;

/** Renders the contracts for people. */
final class ReportDocs {
  private ReportDocs() {}

  /** One table as text for a terminal. */
  static String text(Table table) {
    int width = table.fields().stream().mapToInt(f -> f.name().length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    text.append(table.name()).append("\n  ").append(table.doc()).append('\n');
    text.append("  Grain: ").append(table.grain()).append('\n');
    text.append("  Key: ").append(key(table)).append('\n');
    for (Field field : table.fields()) {
      text.append(
          String.format(
              "    %-" + width + "s  %-14s %s%n", field.name(), type(field), field.doc()));
    }
    return text.toString();
  }

  /** All tables as docs/reports.md. */
  static String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("# Reports\n\n");
    text.append(
        "Generated from the contracts by `scripts/throughline reports --markdown`; do not edit.\n");
    text.append(
        "Each table lies at `<throughline.output.path>/<table>/day=YYYY-MM-DD/<table>.parquet`;\n");
    text.append(
        "`day` is the name of the folder. [semantics.md](semantics.md) defines the numbers.\n");
    for (Report report : Reports.ALL) {
      append(text, report.table());
      text.append("\nFew people (`throughline.privacy.min-people`). ");
      text.append(report.folding().doc()).append('\n');
      append(text, report.guide());
    }
    append(text, Restatements.TABLE);
    return text.toString();
  }

  private static void append(StringBuilder text, Table table) {
    text.append("\n## ").append(table.name()).append("\n\n").append(table.doc()).append("\n\n");
    text.append("- Grain: ").append(table.grain()).append('\n');
    text.append("- Key: ").append(key(table)).append('\n');
    for (Rule rule : table.rules()) {
      text.append("- Always true: ").append(rule.name()).append('\n');
    }
    text.append("\n| column | type | NULL | meaning |\n|---|---|---|---|\n");
    for (Field field : table.fields()) {
      text.append(
          String.format(
              "| %s | %s | %s | %s |%n",
              field.name(), type(field), field.nullable() ? "yes" : "no", field.doc()));
    }
  }

  private static void append(StringBuilder text, Guide guide) {
    text.append("\n**").append(guide.question()).append("**\n\n```sql\n");
    text.append(guide.sql()).append("\n```\n\n");
    text.append("On the sample, its first row says: ").append(guide.example()).append('\n');
  }

  private static String key(Table table) {
    return table.key().stream().map(Field::name).collect(Collectors.joining(", "));
  }

  private static String type(Field field) {
    return field.type().simpleString();
  }
}
