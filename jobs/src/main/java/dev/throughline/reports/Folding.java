package dev.throughline.reports;

import static org.apache.spark.sql.functions.when;

import dev.throughline.model.Journeys;
import dev.throughline.table.Field;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

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
   * Rows with the names folded, and those of one key summed up.
   *
   * @param sums the other columns of what is returned, as aggregates
   */
  Dataset<Row> sums(Dataset<Row> rows, Sources sources, List<Field> key, Column... sums) {
    return sources.minPeople() == 0
        ? rows
        : names(rows, sources)
            .groupBy(key.stream().map(Field::col).toArray(Column[]::new))
            .agg(sums[0], Stream.of(sums).skip(1).toArray(Column[]::new));
  }

  /** A figure of a part of a row's people, where that part is no smaller than a row may be. */
  static Column ofMany(Column figure, Column people, Sources sources) {
    return sources.minPeople() == 0 ? figure : when(people.geq(sources.minPeople()), figure);
  }

  /** Whether a row is what was folded. */
  static Column isFolded(Field name) {
    return name.col().equalTo(Journeys.TOO_FEW);
  }
}
