package dev.throughline.reports;

/**
 * How to read a table.
 *
 * @param question a question that it answers
 * @param example the first row that the query gives on the sample log, read aloud
 * @param sql a query that answers the question, in DuckDB's SQL, on tables below {@code warehouse/}
 */
public record Guide(String question, String example, String sql) {
  public Guide {
    sql = sql.strip();
  }
}
