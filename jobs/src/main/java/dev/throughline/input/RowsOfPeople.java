package dev.throughline.input;

import static org.apache.spark.sql.functions.broadcast;

import dev.throughline.table.Field;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Picks the rows of some people. */
public final class RowsOfPeople {
  /** Up to so many people a semi-join ships them to every task rather than shuffle the rows. */
  private static final long BROADCAST_PEOPLE = 2_000_000;

  private RowsOfPeople() {}

  /**
   * The rows of some people. Counts the people.
   *
   * @param person the column that names the person of a row
   * @param people one row each, by {@link Events#USER_ID}
   */
  public static Dataset<Row> only(Dataset<Row> rows, Field person, Dataset<Row> people) {
    Dataset<Row> few = people.count() <= BROADCAST_PEOPLE ? broadcast(people) : people;
    return rows.join(
        few, rows.col(person.name()).equalTo(few.col(Events.USER_ID.name())), "left_semi");
  }
}
