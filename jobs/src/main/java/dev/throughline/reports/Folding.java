package dev.throughline.reports;

import static org.apache.spark.sql.functions.when;

import dev.throughline.model.Journeys;
import dev.throughline.table.Field;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import scala.Function1;

/**
 * What throughline.privacy.min-people does to a table.
 *
 * @param doc which rows it folds, by which count of people; or why it folds none
 * @param folds what is folded, one after the other
 */
public record Folding(String doc, List<Fold> folds) {

  static Folding of(String doc, Fold... folds) {
    return new Folding(doc, List.of(folds));
  }

  /** A table that is published as it is. */
  static Folding none(String why) {
    return new Folding(why, List.of());
  }

  /** Rows with the names folded; the report sums them up afterwards. */
  Dataset<Row> names(Dataset<Row> rows, Sources sources) {
    Dataset<Row> folded = rows;
    if (sources.minPeople() > 0) {
      for (Fold fold : folds) {
        folded = fold.names(folded, sources.minPeople());
      }
    }
    return folded;
  }

  /**
   * Folds the names of rows, and makes one row of those of one key.
   *
   * @param sums the other columns, which add up
   * @param others the columns that do not, as aggregates
   */
  Function1<Dataset<Row>, Dataset<Row>> sums(
      Sources sources, List<Field> key, List<Field> sums, Column... others) {
    Column[] columns =
        Stream.concat(
                sums.stream().map(field -> field.as(functions.sum(field.col()))), Stream.of(others))
            .toArray(Column[]::new);
    return rows ->
        sources.minPeople() == 0
            ? rows
            : names(rows, sources)
                .groupBy(key.stream().map(Field::col).toArray(Column[]::new))
                .agg(columns[0], Arrays.copyOfRange(columns, 1, columns.length));
  }

  /** A figure of a part of a row's people, where that part is no smaller than a row may be. */
  static Column ofMany(Column figure, Column people, Sources sources) {
    return sources.minPeople() == 0 ? figure : when(people.geq(sources.minPeople()), figure);
  }

  /** The place of a name among its kind, as an aggregate: what was folded comes after all. */
  static Column lastIfFolded(Field order, Field name, int last) {
    return order.as(when(isFolded(name), last).otherwise(functions.min(order.col())));
  }

  /** Whether a row is what was folded. */
  static Column isFolded(Field name) {
    return name.col().equalTo(Journeys.TOO_FEW);
  }
}
