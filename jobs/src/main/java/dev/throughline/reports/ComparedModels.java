package dev.throughline.reports;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.throughline.config.Settings;
import dev.throughline.model.Journeys;
import dev.throughline.table.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The models that attribution_comparison sets side by side, and their columns there. */
final class ComparedModels {
  /** A model's credit while each model has a row of its own. */
  static final String CREDIT = "credit";

  static final Field PLACE =
      Field.required("place", IntegerType, "Of the model in the configuration, from 0.");

  /**
   * Models that a configuration declares have one column together: with a column for each the
   * table's schema would be another with every such change, and days could not be read together.
   */
  private static final Field DECLARED =
      Field.optional(
          "custom_models",
          DataTypes.createArrayType(
              new StructType().add(Journeys.MODEL.name(), StringType).add(CREDIT, Journeys.CREDIT)),
          "Conversions credited by each model of throughline.attribution.custom-models that"
              + " throughline.attribution.models names, in its order; NULL if it names none.");

  private static final List<Field> BUILT_IN =
      Journeys.models().all().stream()
          .map(
              id ->
                  Field.optional(
                      id,
                      Journeys.CREDIT,
                      "Conversions credited by the model "
                          + id
                          + "; NULL if throughline.attribution.models does not name it."))
          .toList();

  /** A column for each model that every installation has, and one for all others. */
  static final List<Field> COLUMNS = Stream.concat(BUILT_IN.stream(), Stream.of(DECLARED)).toList();

  private final List<String> published;
  private final List<String> compared;
  private final List<String> additive;

  ComparedModels(Settings settings) {
    published = settings.attribution().models();
    compared =
        Stream.concat(published.stream(), Stream.of(Journeys.LAST_TOUCH)).distinct().toList();
    additive = Journeys.additive(compared, settings);
  }

  /** Holds for rows of models whose credit adds up to the conversions. */
  Column adds() {
    return Journeys.MODEL.col().isin(additive.toArray());
  }

  /** A row for each key and model, also where the model gives the member nothing. */
  Dataset<Row> rows(Dataset<Row> credits, List<Field> key) {
    List<Column> sums = new ArrayList<>();
    List<Column> rows = new ArrayList<>();
    for (int i = 0; i < compared.size(); i++) {
      Column own =
          when(Journeys.MODEL.col().equalTo(compared.get(i)), Journeys.CREDITED_CONVERSIONS.col());
      sums.add(coalesce(sum(own), lit(0)).cast(Journeys.CREDIT).as("credit_" + i));
      rows.add(
          struct(
              PLACE.as(lit(i)),
              Journeys.MODEL.as(lit(compared.get(i))),
              col("credit_" + i).as(CREDIT)));
    }
    return credits
        .filter(Journeys.MODEL.col().isin(compared.toArray()))
        .groupBy(key.stream().map(Field::col).toArray(Column[]::new))
        .agg(lit(1).as("any"), sums.toArray(Column[]::new))
        .withColumn("of_model", explode(array(rows.toArray(Column[]::new))))
        .select(
            Stream.concat(key.stream().map(Field::col), Stream.of(col("of_model.*")))
                .toArray(Column[]::new));
  }

  /** {@link #COLUMNS} of the rows of a key, one for each model. */
  List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    for (Field field : BUILT_IN) {
      columns.add(field.as(published.contains(field.name()) ? credit(field.name()) : lit(null)));
    }
    Column[] declared =
        published.stream()
            .filter(id -> !Journeys.models().all().contains(id))
            .map(id -> struct(lit(id).as(Journeys.MODEL.name()), credit(id).as(CREDIT)))
            .toArray(Column[]::new);
    columns.add(DECLARED.as(declared.length == 0 ? lit(null) : array(declared)));
    return columns;
  }

  private static Column credit(String model) {
    return max(when(Journeys.MODEL.col().equalTo(model), col(CREDIT)));
  }
}
