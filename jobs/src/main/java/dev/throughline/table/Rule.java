package dev.throughline.table;

import org.apache.spark.sql.Column;

/**
 * A statement that is true of every row of a table. A row for which it is false, or for which it
 * evaluates to NULL, breaks it.
 *
 * @param name short name, shown when the rule is broken
 * @param holds the condition
 */
public record Rule(String name, Column holds) {

  /** Either all the given columns are NULL, which is legal here, or the condition is true. */
  public static Rule whenPresent(String name, Column present, Column condition) {
    return new Rule(name, present.isNull().or(condition));
  }
}
