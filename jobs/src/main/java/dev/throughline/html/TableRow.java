package dev.throughline.html;

import java.math.BigDecimal;
import java.util.Map;

/**
 * One row of a published table. Whole numbers are Long, decimals BigDecimal, other numbers Double;
 * NULL is null.
 *
 * @param cells what the row holds, by column, in the order of the contract
 */
public record TableRow(Map<String, Object> cells) {

  /** The text of a column. */
  public String text(String column) {
    return (String) cell(column);
  }

  /** The whole number of a column. */
  public Long count(String column) {
    return (Long) cell(column);
  }

  /** The decimal of a column. */
  public BigDecimal amount(String column) {
    return (BigDecimal) cell(column);
  }

  /** The floating number of a column. */
  public Double rate(String column) {
    return (Double) cell(column);
  }

  /** Whether a column is true; NULL is not. */
  public boolean is(String column) {
    return Boolean.TRUE.equals(cell(column));
  }

  /** Any number of a column as a chart draws it. */
  Double plotted(String column) {
    return cell(column) instanceof Number number ? Double.valueOf(number.doubleValue()) : null;
  }

  /** The cell of a column, whatever it is. */
  Object cell(String column) {
    if (!cells.containsKey(column)) {
      throw new IllegalArgumentException("no column " + column + " among " + cells.keySet());
    }
    return cells.get(column);
  }
}
