package dev.throughline.reports;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.throughline.metrics.CampaignDays;
import dev.throughline.model.Conversions;
import dev.throughline.model.DayCredits;
import dev.throughline.model.Journeys;
import dev.throughline.table.Field;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Actions and members that too few conversions stand behind, folded in every table alike. */
final class FoldedCredits {
  private static final Fold ACTIONS =
      Fold.disjoint(
          List.of(CampaignDays.DAY), Conversions.ACTION, sum(Conversions.CONVERSIONS.col()));

  /** By conversions of the day and action. */
  static final Fold CAMPAIGNS =
      Fold.disjoint(
          List.of(CampaignDays.DAY, Conversions.ACTION),
          CampaignDays.CAMPAIGN_ID,
          sum(CampaignDays.CONVERSIONS.col()));

  private static final List<Field> CREDIT =
      List.of(
          CampaignDays.DAY,
          Journeys.DIMENSION,
          Journeys.MEMBER,
          Conversions.ACTION,
          Journeys.MODEL);

  /** By credit of the day, dimension, action and model. */
  static final Fold MEMBERS =
      Fold.disjoint(
          CREDIT.stream().filter(field -> !field.equals(Journeys.MEMBER)).toList(),
          Journeys.MEMBER,
          sum(Journeys.CREDITED_CONVERSIONS.col()));

  /** Sums of fractions depend on their order in the last digit; those of decimals do not. */
  private static final DataType EXACT = DataTypes.createDecimalType(28, 15);

  private FoldedCredits() {}

  /** Rows with those actions folded of which the day has too few conversions. */
  static Dataset<Row> actions(Dataset<Row> rows, Sources sources) {
    if (sources.minPeople() == 0) {
      return rows;
    }
    Dataset<Row> named =
        ACTIONS
            .names(
                sources.totals().withColumn("own_action", Conversions.ACTION.col()),
                sources.minPeople())
            .select(
                CampaignDays.DAY.col(),
                col("own_action"),
                Conversions.ACTION.col().as("folded_action"));
    // One row a day and action: the join keeps every row once.
    return rows.withColumn("own_action", Conversions.ACTION.col())
        .join(broadcast(named), new String[] {CampaignDays.DAY.name(), "own_action"}, "left_outer")
        .withColumn(
            Conversions.ACTION.name(), coalesce(col("folded_action"), Conversions.ACTION.col()))
        .drop("own_action", "folded_action");
  }

  /** Conversions and value of each day and action, as total and total_value. */
  static Dataset<Row> totals(Sources sources) {
    Column day = CampaignDays.DAY.col();
    Column action = Conversions.ACTION.col();
    Column conversions = Conversions.CONVERSIONS.col();
    Column value = Conversions.VALUE.col();
    return sources.minPeople() == 0
        ? sources.totals().select(day, action, conversions.as("total"))
        : actions(sources.totals(), sources)
            .groupBy(day, action)
            .agg(sum(conversions).as("total"), sum(value).as("total_value"));
  }

  /**
   * Credit by action, with {@link DayCredits#RESAMPLED_SHARES}, which is empty where actions were
   * folded: shares of different wholes do not add up.
   */
  static Dataset<Row> ofActions(Dataset<Row> credits, Sources sources) {
    return sources.minPeople() == 0
        ? credits
        : grouped(
            actions(credits, sources),
            when(not(Folding.isFolded(Conversions.ACTION)), first(shares())));
  }

  /**
   * Credit by member.
   *
   * @param credits with total and total_value
   * @param spend what members spent; that of those folded adds up
   * @param additive whether credit of members adds up; otherwise what is folded has at most their
   *     sum, and at most the total
   */
  static Dataset<Row> ofMembers(
      Dataset<Row> credits, Folding folding, Field spend, Column additive, Sources sources) {
    if (sources.minPeople() == 0) {
      return credits;
    }
    Column folded = Folding.isFolded(Journeys.MEMBER);
    Column[] summed =
        IntStream.range(0, sources.settings().attribution().resamples())
            .mapToObj(i -> sum(get(shares(), lit(i)).cast(EXACT)).cast("double"))
            .toArray(Column[]::new);
    Column known = size(first(shares())).gt(0).and(additive);
    return grouped(
            folding.names(credits, sources),
            when(not(folded), first(shares())).when(known, array(summed)),
            spend.as(sum(spend.col())),
            first(col("total")).as("total"),
            first(col("total_value")).as("total_value"))
        .withColumn(
            Journeys.CREDITED_CONVERSIONS.name(),
            atMost(Journeys.CREDITED_CONVERSIONS, "total", additive))
        .withColumn(
            Journeys.CREDITED_VALUE.name(),
            atMost(Journeys.CREDITED_VALUE, "total_value", additive));
  }

  private static Column atMost(Field credit, String total, Column additive) {
    return credit.as(
        when(Folding.isFolded(Journeys.MEMBER).and(not(additive)), least(credit.col(), col(total)))
            .otherwise(credit.col()));
  }

  private static Column shares() {
    return DayCredits.RESAMPLED_SHARES.col();
  }

  private static Dataset<Row> grouped(Dataset<Row> credits, Column shares, Column... more) {
    Column none = array().cast(DayCredits.RESAMPLED_SHARES.type());
    Column[] others =
        Stream.concat(
                Stream.of(
                    Journeys.CREDITED_VALUE.as(sum(Journeys.CREDITED_VALUE.col())),
                    DayCredits.RESAMPLED_SHARES.as(coalesce(shares, none))),
                Stream.of(more))
            .toArray(Column[]::new);
    return credits
        .groupBy(CREDIT.stream().map(Field::col).toArray(Column[]::new))
        .agg(Journeys.CREDITED_CONVERSIONS.as(sum(Journeys.CREDITED_CONVERSIONS.col())), others);
  }
}
