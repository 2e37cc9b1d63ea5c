package dev.throughline.reports;

import dev.throughline.table.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A published table: its contract, and the query that fills it. */
public interface Report {

  /** The contract. */
  Table table();

  /** How to read it. */
  Guide guide();

  /** What throughline.privacy.min-people does to it. */
  Folding folding();

  /**
   * Whether it counts events of which nothing is kept for later runs, so that the run's days have
   * to be read from the log even if earlier runs kept them.
   */
  default boolean needsLog() {
    return false;
  }

  /**
   * The rows of the run's days, in the contract's columns. Pure: the result depends on the sources
   * alone.
   */
  Dataset<Row> query(Sources sources);
}
