package dev.throughline.output;

import dev.throughline.table.Field;
import dev.throughline.table.Table;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * In how many rows two versions of a table's day differ. Both files are in the order of the key, so
 * each is read once and nothing of it is held.
 *
 * @param added rows of the later version whose key the earlier one has not got
 * @param removed rows of the earlier version whose key the later one has not got
 * @param changed keys of both whose rows differ in a column, binary ones aside
 */
record Difference(long added, long removed, long changed) {

  /**
   * Compares.
   *
   * @param table the contract of both
   * @param differing is handed each pair of rows that differ; one of them is null where the other
   *     has no counterpart
   * @throws IllegalStateException if rows are not in the order of the key, or repeat it
   */
  static Difference of(
      Table table,
      TableFile.Rows before,
      TableFile.Rows after,
      BiConsumer<Map<String, Object>, Map<String, Object>> differing) {
    // The day, which is a key's first column, is the same in both.
    List<String> key = table.key().stream().skip(1).map(Field::name).toList();
    Ordered earlier = new Ordered(before, key);
    Ordered later = new Ordered(after, key);
    long added = 0;
    long removed = 0;
    long changed = 0;
    while (earlier.row != null || later.row != null) {
      int order = compare(key, earlier.row, later.row);
      Map<String, Object> was = order <= 0 ? earlier.row : null;
      Map<String, Object> is = order >= 0 ? later.row : null;
      if (was == null) {
        added++;
      } else if (is == null) {
        removed++;
      } else if (!was.equals(is)) {
        changed++;
      }
      if (was == null || !was.equals(is)) {
        differing.accept(was, is);
      }
      if (was != null) {
        earlier.step();
      }
      if (is != null) {
        later.step();
      }
    }
    return new Difference(added, removed, changed);
  }

  /** A version, at one of its rows. */
  private static final class Ordered {
    private final TableFile.Rows rows;
    private final List<String> key;
    private Map<String, Object> row;

    Ordered(TableFile.Rows rows, List<String> key) {
      this.rows = rows;
      this.key = key;
      step();
    }

    void step() {
      Map<String, Object> next = rows.next();
      if (row != null && next != null && compare(key, row, next) >= 0) {
        throw new IllegalStateException("rows are not in the order of " + key + " at " + next);
      }
      row = next;
    }
  }

  /** As Spark sorts; after the last row there is a null, which comes last. */
  private static int compare(List<String> key, Map<String, Object> a, Map<String, Object> b) {
    if (a == null || b == null) {
      return a == null ? 1 : -1;
    }
    for (String column : key) {
      int order = compareCells(a.get(column), b.get(column));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  @SuppressWarnings("unchecked")
  private static int compareCells(Object a, Object b) {
    if (a == null || b == null) {
      return a == b ? 0 : a == null ? -1 : 1;
    }
    // Java orders characters beyond 16 bits otherwise than their bytes.
    return a instanceof String text
        ? Arrays.compareUnsigned(bytes(text), bytes((String) b))
        : ((Comparable<Object>) a).compareTo(b);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
