package dev.throughline.person;

/** Rows of the log one after another, in logical columns. */
interface RowSource {
  /**
   * Goes on to the next row.
   *
   * @return whether there is one
   */
  boolean next();

  /** The row; it is filled anew by {@link #next}. */
  LogicalRow row();
}
