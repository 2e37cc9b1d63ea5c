package dev.throughline.model;

import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.throughline.input.Events;
import dev.throughline.table.Field;
import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * What the sweep over people's events found, as sums.
 *
 * <p>Grain: day, kind, dimension, member, action, detail, amount, number. What the columns hold
 * depends on kind; unused texts are empty and unused numbers 0.
 */
public final class Swept {
  /** Credit of a member: dimension, member, action, detail is the model. */
  static final String CREDIT = "credit";

  /**
   * Credit that a model learns from, a change from the day on: dimension, member, action, detail is
   * the model.
   */
  static final String LEARNED = "learned";

  /** The same by the touch's place in the journey, from 1, in number. */
  static final String POSITION = "position";

  /**
   * Steps between states of a chain, a change from the day on: dimension, member is the state left,
   * detail the one entered, see {@link ChainStates}; number the order; action that of journeys that
   * converted, empty for those that have not.
   */
  static final String TRANSITION = "transition";

  /** Journeys that lost touches to the cap. */
  static final String CAPPED = "capped";

  /**
   * Journeys that converted: dimension, member is the path, amount the microseconds from the first
   * touch to the conversion, number the touches.
   */
  public static final String PATH = "path";

  /** Journeys that have not converted: dimension, member is the path. */
  public static final String OPEN_PATH = "open_path";

  /**
   * Conversions by the campaign that the funnel's model gives them: member is the campaign, action,
   * amount and number as for {@link #PATH}.
   */
  public static final String DELAY = "delay";

  /**
   * People who came to a step: member is the campaign, number the step from 0, amount the whole
   * seconds since the step before.
   */
  public static final String STEP = "step";

  /** What followed clicks: member is the campaign, detail one of {@link AfterClick}'s counts. */
  public static final String AFTER_CLICK = "after_click";

  /** Landed visits: member is the campaign, amount the microseconds in the foreground. */
  public static final String FOREGROUND = "foreground";

  /**
   * People by what they showed before they converted: member is the campaign, detail the tier,
   * action {@link Intent#ACTED} for those who converted, else empty.
   */
  public static final String INTENT = "intent";

  /** Facts by campaign: member is the campaign, detail one of {@link CampaignTally.Count}. */
  public static final String CAMPAIGN_COUNT = "campaign_count";

  /**
   * Different people by campaign: member is the campaign, detail one of {@link
   * CampaignTally.People}; sketch is who they are.
   */
  public static final String CAMPAIGN_PEOPLE = "campaign_people";

  /** Media cost of facts by campaign: member is the campaign, count the cost in millionths. */
  public static final String CAMPAIGN_COST = "campaign_cost";

  /** The channels that facts name: member is the campaign, detail the channel. */
  public static final String CAMPAIGN_CHANNEL = "campaign_channel";

  public static final Field KIND = Field.required("kind", StringType, "What is summed.");
  public static final Field DETAIL = Field.required("detail", StringType, "See kind.");
  public static final Field AMOUNT = Field.required("amount", LongType, "See kind.");
  public static final Field NUMBER = Field.required("number", IntegerType, "See kind.");
  public static final Field CONVERSIONS =
      Field.required("swept_conversions", Journeys.CREDIT, "Conversions.");
  public static final Field VALUE = Field.required("swept_value", Journeys.CREDIT, "Their worth.");
  public static final Field COUNT = Field.required("swept_count", LongType, "How many there are.");

  public static final Field RESAMPLED =
      Field.optional(
          "resampled",
          DataTypes.createArrayType(LongType),
          "In each resample of people, credit in millionths of a conversion, or the count; NULL for other kinds.");

  public static final Field SKETCH =
      Field.optional("sketch", BinaryType, "Sketch of people; NULL for other kinds.");

  static final List<Field> KEY =
      List.of(
          Events.DAY,
          KIND,
          Journeys.DIMENSION,
          Journeys.MEMBER,
          Conversions.ACTION,
          DETAIL,
          AMOUNT,
          NUMBER);

  /** Kinds that hold resamples, changes from day to day, or counts of campaigns. */
  private static final Object[] APART = {
    CREDIT,
    LEARNED,
    POSITION,
    TRANSITION,
    CAMPAIGN_COUNT,
    CAMPAIGN_PEOPLE,
    CAMPAIGN_COST,
    CAMPAIGN_CHANNEL
  };

  private Swept() {}

  /** A count of a campaign's day. */
  static Row row(int day, String kind, String campaign, String detail, long count, byte[] sketch) {
    return RowFactory.create(
        day,
        kind,
        "",
        campaign,
        "",
        detail,
        0L,
        0,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        count,
        null,
        sketch);
  }

  /** The sums of all tasks added up, but for credit, what models learn from, and campaigns. */
  public static Dataset<Row> summed(Dataset<Row> sweep) {
    return sweep
        .filter(functions.not(KIND.col().isin(APART)))
        .groupBy(KEY.stream().map(Field::col).toArray(Column[]::new))
        .agg(
            CONVERSIONS.as(sum(CONVERSIONS.col())),
            VALUE.as(sum(VALUE.col())),
            COUNT.as(sum(COUNT.col())));
  }

  /** The sums of one kind. */
  public static Dataset<Row> only(Dataset<Row> swept, String kind) {
    return swept.filter(KIND.col().equalTo(kind));
  }
}
