package dev.throughline.metrics;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/** Counts of rows. */
public final class Counts {
  private Counts() {}

  /** How many rows fulfil the condition; NULL counts as no. */
  public static Column countIf(Column condition) {
    return count(when(condition, lit(1)));
  }
}
