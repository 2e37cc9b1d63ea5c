package dev.throughline.model;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.throughline.config.Settings;
import dev.throughline.config.Settings.ModelIds;
import dev.throughline.input.EventType;
import dev.throughline.input.Events;
import dev.throughline.input.Period;
import dev.throughline.table.Field;
import dev.throughline.table.Table;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Touches, journeys and the credit that they earn. */
public final class Journeys {
  /** Credit: exact to twelve digits, so that sums reconcile. */
  public static final DataType CREDIT = DataTypes.createDecimalType(38, 12);

  public static final String CAMPAIGN = "campaign";
  public static final String CHANNEL = "channel";
  static final List<String> DIMENSIONS = List.of(CAMPAIGN, CHANNEL);

  /**
   * The member that stands for conversions without a touch, and for what belongs to no campaign.
   */
  public static final String UNATTRIBUTED = "(unattributed)";

  /** What stands for all names that fewer than throughline.privacy.min-people are behind. */
  public static final String TOO_FEW = "(too few people)";

  /** The model that others are compared with. */
  public static final String LAST_TOUCH = "last_touch";

  /** The channel of a campaign that has none. */
  public static final String UNKNOWN = "(unknown)";

  public static final Field DIMENSION =
      Field.required("dimension", StringType, "What members are: campaign or channel.");
  public static final Field MEMBER =
      Field.required(
          "member",
          StringType,
          "The campaign_id or the channel; (unattributed) for credit that no touch earned.");
  public static final Field MODEL =
      Field.required("model", StringType, "Id of the attribution model.");
  public static final Field CREDITED_CONVERSIONS =
      Field.required("credited_conversions", CREDIT, "Conversions credited to the member.");
  public static final Field CREDITED_VALUE =
      Field.required("credited_value", CREDIT, "Value credited to the member, in currency.");

  private Journeys() {}

  /** Ids of all models, for the configuration to check against. */
  public static ModelIds models() {
    return new ModelIds(
        AttributionModels.IDS, AttributionModels.SINGLE_TOUCH, AttributionModels.LEARNED);
  }

  /** Ids of the given models whose credit adds up to the conversions. */
  public static List<String> additive(List<String> models, Settings settings) {
    return models.stream()
        .filter(id -> AttributionModels.of(id, settings.attribution()).additive())
        .toList();
  }

  /** Ids of those of the models to publish that learn from several days. */
  public static List<String> learned(Settings settings) {
    return settings.attribution().models().stream()
        .filter(AttributionModels.LEARNED::contains)
        .toList();
  }

  /**
   * The models to compute: those that are published, the funnel's, and what others are compared
   * with.
   */
  public static List<String> computed(Settings settings) {
    return Stream.concat(
            settings.attribution().models().stream(), Stream.of(settings.funnelModel(), LAST_TOUCH))
        .distinct()
        .toList();
  }

  /** The contract of the touches that are kept for the runs of later days. */
  public static Table touchesTable() {
    return Touches.TABLE;
  }

  /** The contract of the touches up to a day that later runs need. */
  public static Table carriedTable() {
    return CarriedTouches.TABLE;
  }

  /**
   * What runs of days after a day need of touches up to it.
   *
   * @param touches all touches of the days before, as {@link #touchesTable}
   * @param asOf the day
   * @param wholeFrom the first day that the run of the next day reads whole
   */
  public static Dataset<Row> carried(
      Dataset<Row> touches, LocalDate asOf, LocalDate wholeFrom, Settings settings) {
    return CarriedTouches.of(touches, asOf, wholeFrom, settings);
  }

  /** Touches that were carried up to a day, as {@link #touchesTable}. */
  public static Dataset<Row> carriedTouches(Dataset<Row> carried) {
    return CarriedTouches.asTouches(carried);
  }

  /** The column of {@link #touchesTable} that names the person. */
  public static Field touchesPerson() {
    return Touches.USER;
  }

  /** The people who converted, by touches that were kept. */
  public static Dataset<Row> converters(Dataset<Row> touches) {
    return Touches.converters(touches);
  }

  /**
   * The conversions among touches that were kept that count, as {@link Conversions#totals} reads
   * them. Those that no journey may hold are not among touches.
   *
   * @param repeated what {@link Conversions#repeated} returned
   */
  public static Dataset<Row> conversions(Dataset<Row> touches, Dataset<Row> repeated) {
    return Conversions.without(
        Touches.asFollowed(touches).filter(EventType.CONVERSION.here()), repeated);
  }

  /** Touches to keep for the runs of later days. */
  public static Dataset<Row> touches(Dataset<Row> facts, Dataset<Row> repeated, Settings settings) {
    return Touches.of(facts, repeated, settings);
  }

  /**
   * Passes the events to follow, each visitor's in order.
   *
   * @param facts classified rows, still in their partitions by visitor
   * @param touches touches of earlier days that were kept; no day of theirs is among the facts
   * @param countedFrom first day of which all facts are counted
   * @param repeated conversions that do not count
   * @param campaigns the campaign dimension
   * @param needs what is looked for besides credit and the counts of campaigns
   * @return sums of each task, see {@link Swept}
   */
  public static Dataset<Row> sweep(
      Dataset<Row> facts,
      Optional<Dataset<Row>> touches,
      LocalDate countedFrom,
      Dataset<Row> repeated,
      Dataset<Row> campaigns,
      Period period,
      Settings settings,
      Set<Need> needs) {
    JourneySweep.Plan plan = plan(period, settings, needs);
    Dataset<Row> read =
        Followed.told(Followed.of(facts, countedFrom, period, settings), repeated, campaigns);
    return touches
        .map(kept -> Followed.told(Touches.asFollowed(kept), repeated, campaigns))
        .map(kept -> Followed.inOrder(read, kept))
        .orElseGet(() -> Followed.inOrder(read))
        .select(PersonEvent.columns())
        .mapPartitions(new JourneySweep(plan), Encoders.row(JourneySweep.SWEPT))
        .withColumn(Events.DAY.name(), Events.DAY.as(date_from_unix_date(col("day_number"))))
        .drop("day_number");
  }

  /** What the sweep of a run does. */
  static JourneySweep.Plan plan(Period period, Settings settings, Set<Need> needs) {
    return new JourneySweep.Plan(
        settings.attribution(),
        computed(settings),
        settings.funnelModel(),
        settings.people(),
        settings.session(),
        needs,
        (int) period.countedFrom().toEpochDay(),
        (int) period.learnedFrom().toEpochDay(),
        (int) period.from().toEpochDay(),
        (int) period.to().toEpochDay());
  }

  /** Journeys of the day's conversions that lost touches to the cap. Grain: day. */
  public static Dataset<Row> capped(Dataset<Row> swept) {
    return Swept.only(swept, Swept.CAPPED)
        .select(Events.DAY.col(), Swept.COUNT.col().as("journeys_capped"));
  }
}
