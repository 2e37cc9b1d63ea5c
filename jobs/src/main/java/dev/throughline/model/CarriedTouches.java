package dev.throughline.model;

import static org.apache.spark.sql.functions.bit_or;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.DateType;

import dev.throughline.config.Settings;
import dev.throughline.input.EventType;
import dev.throughline.input.Events;
import dev.throughline.table.Field;
import dev.throughline.table.Rule;
import dev.throughline.table.Table;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Those of the touches of many days that journeys of later days can hold. Most touches are views,
 * and a view is soon too old: it is only part of a journey that ends within the look-back of views
 * after it. Such a journey ends with a conversion, or with the person's last touch.
 */
final class CarriedTouches {
  private static final Field TOUCH_DAY =
      Field.required("touch_day", DateType, "Reporting day of the touch.");

  /** All fields but the day, by which a touch's own day is meant there. */
  private static final List<Field> OF_TOUCHES =
      Touches.TABLE.fields().stream().filter(field -> !field.equals(Events.DAY)).toList();

  static final Table TABLE =
      new Table(
          "carried_touches",
          "Touches up to a day that journeys of later days can hold, and what follows them.",
          "One row for each click, lead and conversion, and each view that is not too old.",
          Stream.concat(Stream.of(Events.DAY, TOUCH_DAY), OF_TOUCHES.stream()).toList(),
          List.of(Events.DAY, Touches.USER, TOUCH_DAY, Facts.SEQUENCE),
          List.of(
              new Rule("no touch lies ahead", TOUCH_DAY.col().leq(Events.DAY.col())),
              new Rule("places count from 1", Facts.SEQUENCE.col().geq(lit(1)))));

  private CarriedTouches() {}

  /**
   * What runs of days after a day need of touches up to it.
   *
   * <p>A view stays if a conversion follows it within the look-back of views, or if it is of the
   * days that count and at most so much older than the person's last touch. An impression whose
   * click is here as well may be no touch, so it is not taken for the last one: rather too much is
   * kept.
   *
   * @param touches all touches of the days, as {@link Touches#TABLE}
   * @param asOf the last of the days
   * @param wholeFrom first day of which journeys that have not converted are looked at
   */
  static Dataset<Row> of(
      Dataset<Row> touches, LocalDate asOf, LocalDate wholeFrom, Settings settings) {
    WindowSpec back =
        Window.partitionBy(Touches.USER.col())
            .orderBy(Events.DAY.col().desc(), Facts.SEQUENCE.col().desc());
    WindowSpec onward = back.rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    WindowSpec all = back.rowsBetween(Window.unboundedPreceding(), Window.unboundedFollowing());
    Column view = is(EventType.IMPRESSION);
    Column click = is(EventType.CLICK);
    // Of the impressions that clicks came from one bit of their hash is enough to tell most others.
    Column bit = expr("shiftleft(1L, CAST(impression & 63 AS INT))");
    Column clicked = bit_or(when(click, bit)).over(all);
    Column unclicked = coalesce(clicked.bitwiseAND(bit).equalTo(lit(0L)), lit(true));
    Column time = Touches.TIME.col();
    Column oldest = time.plus(lit(settings.attribution().viewLookback().toNanos() / 1000));
    return touches
        .filter(Events.DAY.col().leq(Date.valueOf(asOf)))
        .withColumn("sure", click.or(view.and(unclicked)))
        .withColumn("last_touch", max(when(expr("sure"), time)).over(all))
        .withColumn("next_conversion", min(when(is(EventType.CONVERSION), time)).over(onward))
        .filter(
            not(view)
                .or(coalesce(oldest.geq(expr("next_conversion")), lit(false)))
                .or(
                    Events.DAY
                        .col()
                        .geq(Date.valueOf(wholeFrom))
                        .and(coalesce(oldest.geq(expr("last_touch")), lit(true)))))
        .withColumn(TOUCH_DAY.name(), Events.DAY.col())
        .withColumn(Events.DAY.name(), lit(Date.valueOf(asOf)))
        .transform(TABLE::select);
  }

  /** The same as touches of their own days. */
  static Dataset<Row> asTouches(Dataset<Row> carried) {
    return carried.withColumn(Events.DAY.name(), TOUCH_DAY.col()).transform(Touches.TABLE::select);
  }

  private static Column is(EventType type) {
    return Touches.KIND.col().equalTo(lit(type.rank()));
  }
}
