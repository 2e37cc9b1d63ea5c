package dev.throughline.model;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.throughline.config.Settings;
import dev.throughline.input.EventType;
import dev.throughline.input.Events;
import dev.throughline.table.Field;
import dev.throughline.table.Rule;
import dev.throughline.table.Table;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Which valid conversions count, and how many there are.
 *
 * <p>A conversion is identified by its name and order_id on a day, or by its event where there is
 * no order_id. Of the rows that repeat an order on a day, the earliest counts. Names that count
 * once per person count when that person had no such conversion within the look-back, counted or
 * not: so what counts on a day never depends on which other days and people are read beside it.
 */
public final class Conversions {
  /** Money summed over conversions. */
  public static final DataType MONEY_SUM = DataTypes.createDecimalType(28, 6);

  public static final Field ACTION =
      Field.required("action", StringType, "Name of the conversion.");
  public static final Field CONVERSIONS =
      Field.required("conversions", LongType, "Conversions that count.");
  public static final Field VALUE =
      Field.required("value", MONEY_SUM, "Their worth; a conversion without a value adds 0.");

  /** Why a valid conversion does not count. */
  static final Field WHY = Field.required("why", StringType, "repeated_order or repeated_user.");

  public static final String REPEATED_ORDER = "repeated_order";
  public static final String REPEATED_USER = "repeated_user";

  private static final String[] KEY = {
    Events.DAY.name(), Events.EVENT_ID.name(), Events.PAYLOAD.name()
  };

  private Conversions() {}

  private static Column conversion() {
    return Facts.valid().and(EventType.CONVERSION.here());
  }

  /**
   * The valid conversions that do not count, each once.
   *
   * <p>Grain: day, event_id, payload. Few rows as a rule.
   *
   * @param facts classified rows
   * @param touches touches of earlier days that were kept; no day of theirs is among the facts
   */
  public static Dataset<Row> repeated(
      Dataset<Row> facts, Optional<Dataset<Row>> touches, Settings settings) {
    Dataset<Row> read =
        facts
            .filter(conversion())
            .select(
                Events.DAY.col(),
                Events.EVENT_ID.col(),
                Events.PAYLOAD.col(),
                Events.EVENT_NAME.col(),
                Events.ORDER_ID.col(),
                Events.USER_ID.as(Facts.VISITOR.col()),
                Events.TIME.col(),
                Facts.joinable().as("joinable"),
                lit(false).as("repeats_order"));
    Dataset<Row> all =
        touches.map(kept -> read.unionByName(Touches.conversions(kept))).orElse(read);
    Dataset<Row> ordersRead =
        read.filter(Events.ORDER_ID.col().isNotNull())
            .withColumn(
                "nth",
                row_number()
                    .over(
                        Window.partitionBy(
                                Events.DAY.col(), Events.EVENT_NAME.col(), Events.ORDER_ID.col())
                            .orderBy(
                                Events.TIME.col(), Events.EVENT_ID.col(), Events.PAYLOAD.col())))
            .filter(col("nth").gt(1))
            .transform(rows -> key(rows, REPEATED_ORDER));
    Dataset<Row> orders =
        touches
            .map(kept -> Touches.conversions(kept).filter(col("repeats_order")))
            .map(kept -> ordersRead.unionByName(key(kept, REPEATED_ORDER)))
            .orElse(ordersRead);
    if (settings.onePerUser().isEmpty()) {
      return orders;
    }
    long lookback = settings.attribution().clickLookback().toNanos() / 1000;
    Column last =
        lag(Events.TIME.col(), 1)
            .over(
                Window.partitionBy(Events.USER_ID.col(), Events.EVENT_NAME.col())
                    .orderBy(Events.TIME.col(), Events.EVENT_ID.col(), Events.PAYLOAD.col()));
    Dataset<Row> again =
        all.filter(col("joinable"))
            .filter(Events.EVENT_NAME.col().isin(settings.onePerUser().toArray()))
            .withColumn("since", Events.TIME.col().minus(last))
            .filter(col("since").leq(lit(lookback)))
            .transform(rows -> without(rows, orders))
            .transform(rows -> key(rows, REPEATED_USER));
    return orders.unionByName(again);
  }

  private static Dataset<Row> key(Dataset<Row> rows, String why) {
    return rows.select(
        Events.DAY.col(), Events.EVENT_ID.col(), Events.PAYLOAD.col(), WHY.as(lit(why)));
  }

  /**
   * Rows with why they do not count as a conversion; NULL for those that do and for other events.
   */
  static Dataset<Row> withWhy(Dataset<Row> rows, Dataset<Row> repeated) {
    // One row for each repeated conversion: the join keeps every row once.
    return rows.join(broadcast(repeated), KEY, "left_outer");
  }

  /** Rows less the conversions that do not count. The few that go are shipped to every task. */
  static Dataset<Row> without(Dataset<Row> rows, Dataset<Row> repeated) {
    return rows.join(broadcast(repeated), KEY, "left_anti");
  }

  /** The conversions that count. */
  public static Dataset<Row> counted(Dataset<Row> facts, Dataset<Row> repeated) {
    return facts.filter(conversion()).transform(rows -> without(rows, repeated));
  }

  /**
   * The contract of the conversions that no journey may hold, which are kept for the runs of later
   * days.
   */
  public static final Table UNJOINABLE =
      new Table(
          "unjoinable_conversions",
          "Conversions of unknown people and of those who refused.",
          "One row for each day and action with any.",
          List.of(Events.DAY, ACTION, CONVERSIONS, VALUE),
          List.of(Events.DAY, ACTION),
          List.of(new Rule("there are some", CONVERSIONS.col().gt(lit(0)))));

  /** How many of them there are, and their worth. */
  public static Dataset<Row> unjoinable(Dataset<Row> counted) {
    return totals(counted.filter(functions.not(Facts.joinable()))).transform(UNJOINABLE::select);
  }

  /**
   * How many conversions count, and their worth.
   *
   * <p>Grain: day, action.
   *
   * @param counted conversions that count, by their names and values
   */
  public static Dataset<Row> totals(Dataset<Row> counted) {
    return counted
        .groupBy(Events.DAY.col(), ACTION.as(Events.EVENT_NAME.col()))
        .agg(
            CONVERSIONS.as(count(lit(1))),
            VALUE.as(sum(coalesce(Events.VALUE.col(), lit(0).cast(Events.MONEY)))));
  }

  /** Totals of several sources added up; each is as {@link #totals} returns them. */
  public static Dataset<Row> added(Dataset<Row> totals, Dataset<Row> more) {
    return totals
        .unionByName(more)
        .groupBy(Events.DAY.col(), ACTION.col())
        .agg(CONVERSIONS.as(sum(CONVERSIONS.col())), VALUE.as(sum(VALUE.col()).cast(MONEY_SUM)));
  }
}
