package dev.throughline.reports;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.dense_rank;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.throughline.model.Journeys;
import dev.throughline.table.Field;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Gives names that fewer than so many people stand behind one name in common, {@link
 * Journeys#TOO_FEW}. The rows stay, so what is summed by name afterwards has the same totals.
 *
 * <p>One name given up alone would be no secret, since totals tell it; nor would several with too
 * few people together. Then the name with the fewest people of the others is given up as well: it
 * has enough people by itself. Of equals it is the first by name.
 *
 * @param within the columns that tell apart what names are folded with
 * @param name the column whose values are folded
 * @param people an aggregate over the rows of a name: how many people stand behind them
 * @param disjoint whether nobody is behind two names, so that people of several names are their
 *     sum; otherwise all that is known is that they are as many as those of one
 */
record Fold(List<Field> within, Field name, Column people, boolean disjoint) {

  static Fold disjoint(List<Field> within, Field name, Column people) {
    return new Fold(within, name, people, true);
  }

  static Fold overlapping(List<Field> within, Field name, Column people) {
    return new Fold(within, name, people, false);
  }

  /** The same rows, with names that fewer than so many people stand behind folded. */
  Dataset<Row> names(Dataset<Row> rows, int minPeople) {
    WindowSpec all = Window.partitionBy(columns(within.stream()));
    WindowSpec own = Window.partitionBy(columns(Stream.concat(within.stream(), Stream.of(name))));
    Column few = col("fold_people").lt(lit(minPeople));
    Column firstOfName = row_number().over(own.orderBy(name.col())).equalTo(1);
    Column each = when(few.and(col("fold_first")), col("fold_people"));
    Column together = coalesce((disjoint ? sum(each) : max(each)).over(all), lit(0));
    Column alone = col("fold_names").equalTo(1);
    Column oneMore = when(col("fold_together").lt(lit(minPeople)).or(alone), 1).otherwise(0);
    return rows.withColumn("fold_people", coalesce(people.over(own), lit(0)))
        .withColumn("fold_first", firstOfName)
        .withColumn("fold_rank", dense_rank().over(all.orderBy(col("fold_people"), name.col())))
        .withColumn("fold_names", max(when(few, col("fold_rank"))).over(all))
        .withColumn("fold_together", together)
        .withColumn(
            name.name(),
            when(col("fold_rank").leq(col("fold_names").plus(oneMore)), Journeys.TOO_FEW)
                .otherwise(name.col()))
        .drop("fold_people", "fold_first", "fold_rank", "fold_names", "fold_together");
  }

  private static Column[] columns(Stream<Field> fields) {
    return fields.map(Field::col).toArray(Column[]::new);
  }
}
