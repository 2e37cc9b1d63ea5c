package dev.throughline.html;

import java.util.List;
import java.util.function.Predicate;

/** Where a page finds the rows of a day. */
@FunctionalInterface
public interface Tables {

  /**
   * The rows of a published table that are wanted, in no order.
   *
   * @param table its name
   * @param wanted tells rows apart while they are read, so that a large table need not fit
   */
  List<TableRow> rows(String table, Predicate<TableRow> wanted);

  /** All rows of a table. */
  default List<TableRow> rows(String table) {
    return rows(table, row -> true);
  }
}
