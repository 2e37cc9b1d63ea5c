package dev.throughline.html;

import java.util.Map;
import java.util.function.Function;

/**
 * A column of a table on the page.
 *
 * @param label its header
 * @param fields the columns of the published table that it shows, divided by a space
 * @param key what it fixes of the published table's key; empty mostly
 * @param numeric whether it is set flush right
 * @param cell its cells
 */
record Column(
    String label,
    String fields,
    Map<String, String> key,
    boolean numeric,
    Function<TableRow, Cell> cell) {

  private static Column number(String label, String field, Function<TableRow, String> text) {
    return new Column(label, field, Map.of(), true, row -> Cell.of(text.apply(row)));
  }

  static Column text(String label, String field) {
    return new Column(
        label,
        field,
        Map.of(),
        false,
        row -> Cell.of(row.text(field) == null ? Format.NONE : row.text(field)));
  }

  static Column count(String label, String field) {
    return number(label, field, row -> Format.count(row.count(field)));
  }

  /** Money that is a decimal. */
  static Column money(String label, String field) {
    return number(label, field, row -> Format.cents(row.amount(field)));
  }

  /** Numbers that are decimal in one table and floating in another. */
  static Column hundredths(String label, String field) {
    return number(label, field, row -> Format.hundredths(row.cell(field)));
  }

  /** Decimals with all their digits. */
  static Column exact(String label, String field) {
    return number(label, field, row -> Format.exact(row.amount(field)));
  }

  static Column decimal(String label, String field, int digits) {
    return number(label, field, row -> Format.decimal(row.rate(field), digits));
  }

  static Column percent(String label, String field) {
    return number(label, field, row -> Format.percent(row.rate(field)));
  }

  /** A percentage with a bar of that length. */
  static Column share(String label, String field) {
    return new Column(
        label,
        field,
        Map.of(),
        true,
        row -> new Cell(Format.percent(row.rate(field)), null, row.rate(field)));
  }

  /** The two ends of an interval, as percentages. */
  static Column interval(String label, String low, String high) {
    return number(
        label,
        low + " " + high,
        row ->
            row.rate(low) == null && row.rate(high) == null
                ? Format.NONE
                : Format.percent(row.rate(low)) + " to " + Format.percent(row.rate(high)));
  }

  /** Words that stand for codes: too_early as "too early". */
  static Column code(String label, String field) {
    return new Column(label, field, Map.of(), false, row -> Cell.of(Column.words(row.text(field))));
  }

  /** The same column, with cells marked where they deserve it. */
  Column marked(Function<TableRow, String> word) {
    return new Column(label, fields, key, numeric, row -> cell.apply(row).marked(word.apply(row)));
  }

  /** A code as words. */
  static String words(String code) {
    return code == null ? Format.NONE : code.replace('_', ' ');
  }

  Map<String, Object> json() {
    return Json.object(
        "label", label, "fields", fields, "key", key.isEmpty() ? null : key, "numeric", numeric);
  }
}
