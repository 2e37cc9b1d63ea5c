package dev.throughline.reports;

import dev.throughline.model.Need;
import dev.throughline.table.Table;
import java.util.Set;
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

  /** What it needs besides credit and the counts of campaigns. */
  default Set<Need> needs() {
    return Set.of();
  }

  /**
   * The rows of the run's days, in the contract's columns. Pure: the result depends on the sources
   * alone.
   */
  Dataset<Row> query(Sources sources);
}
