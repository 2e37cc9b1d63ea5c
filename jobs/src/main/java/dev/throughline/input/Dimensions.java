package dev.throughline.input;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.throughline.config.Settings;
import dev.throughline.config.Settings.DimensionSettings;
import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.table.Field;
import java.sql.Date;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * The two small tables beside the log. Both are optional; what is absent reads as no rows.
 *
 * <p>Their grain is checked when they are read: a second row for a campaign, or for a day and
 * campaign of spend, would multiply rows and money.
 */
public final class Dimensions {
  public static final Field CAMPAIGN_ID =
      Field.required("campaign_id", StringType, "The campaign.");
  public static final Field CAMPAIGN_NAME =
      Field.optional("campaign_name", StringType, "What people call it.");
  public static final Field CHANNEL =
      Field.optional("channel", StringType, "The channel that it runs on.");
  public static final Field PHASE =
      Field.optional("phase", StringType, "brand, engagement or conversion.");
  public static final Field TARGET =
      Field.optional("target", DoubleType, "Target of the metric of its phase.");
  public static final Field DAY = Field.required("day", DateType, "Reporting day.");
  public static final Field SPEND =
      Field.required("spend", Events.MONEY, "What the campaign cost on the day.");
  public static final Field CURRENCY =
      Field.optional("currency", StringType, "ISO 4217 code of spend.");

  private static final List<Field> CAMPAIGNS =
      List.of(CAMPAIGN_ID, CAMPAIGN_NAME, CHANNEL, PHASE, TARGET);
  private static final List<Field> SPENDS = List.of(DAY, CAMPAIGN_ID, SPEND, CURRENCY);
  private static final Set<Field> SPEND_NEEDS = Set.of(DAY, CAMPAIGN_ID, SPEND);
  private static final Set<String> PHASES = Set.of("brand", "engagement", "conversion");

  private final SparkSession spark;
  private final Settings settings;

  public Dimensions(SparkSession spark, Settings settings) {
    this.spark = spark;
    this.settings = settings;
  }

  /** One row for each campaign that is described. */
  public Dataset<Row> campaigns() {
    Dataset<Row> campaigns =
        read("campaigns", settings.campaigns(), CAMPAIGNS, Set.of(CAMPAIGN_ID))
            .filter(CAMPAIGN_ID.col().isNotNull());
    refuseRepeats("campaigns", settings.campaigns(), campaigns, List.of(CAMPAIGN_ID));
    Column unknown = functions.not(PHASE.col().isin(PHASES.toArray()));
    for (Row row : campaigns.filter(unknown).limit(1).collectAsList()) {
      throw new ThroughlineException(
          ErrorKind.INPUT,
          "Campaign "
              + row.getString(0)
              + " in "
              + settings.campaigns().orElseThrow().path()
              + " has the phase "
              + row.getString(3)
              + ", but a phase is brand, engagement or conversion.");
    }
    return campaigns;
  }

  /** One row for each day of the run and campaign with spend. */
  public Dataset<Row> spend(Period period) {
    Dataset<Row> spend =
        read("spend", settings.spend(), SPENDS, SPEND_NEEDS)
            // A day that cannot be read is kept here, to be refused below.
            .filter(
                DAY.col()
                    .between(Date.valueOf(period.countedFrom()), Date.valueOf(period.to()))
                    .or(DAY.col().isNull()));
    refuseRepeats("spend", settings.spend(), spend, List.of(DAY, CAMPAIGN_ID));
    Column illegal =
        DAY.col()
            .isNull()
            .or(CAMPAIGN_ID.col().isNull())
            .or(SPEND.col().isNull())
            .or(SPEND.col().lt(lit(0)));
    for (Row row : spend.filter(illegal).limit(1).collectAsList()) {
      throw new ThroughlineException(
          ErrorKind.INPUT,
          "The spend of campaign "
              + row.get(1)
              + " on "
              + row.get(0)
              + " in "
              + settings.spend().orElseThrow().path()
              + " is "
              + row.get(2)
              + "; a row needs a day (YYYY-MM-DD), a campaign and an amount of 0 or more (null stands for what is not there"
              + " or cannot be read). Correct the row.");
    }
    return spend;
  }

  /**
   * A digest of the spend of each day that has any: another one means that its rows are others.
   *
   * @param from first day
   * @param to last day, inclusive
   */
  public Map<LocalDate, String> spendDigests(LocalDate from, LocalDate to) {
    Map<LocalDate, String> digests = new TreeMap<>();
    if (settings.spend().isEmpty()) {
      return digests;
    }
    Column hash = xxhash64(SPENDS.stream().map(Field::col).toArray(Column[]::new));
    table("spend", settings.spend().get(), SPENDS, SPEND_NEEDS)
        .rows()
        .filter(DAY.col().between(Date.valueOf(from), Date.valueOf(to)))
        .groupBy(DAY.col())
        .agg(count(lit(1)), sum(hash.cast("decimal(38,0)")))
        .collectAsList()
        .forEach(
            row ->
                digests.put(
                    row.getDate(0).toLocalDate(), row.getLong(1) + " rows, " + row.getDecimal(2)));
    return digests;
  }

  /** The currencies that the given spend names. */
  public Set<String> currencies(Dataset<Row> spend) {
    Row row = spend.agg(min(CURRENCY.col()), max(CURRENCY.col())).first();
    Set<String> found = new LinkedHashSet<>();
    for (int i = 0; i < 2; i++) {
      if (!row.isNullAt(i)) {
        found.add(row.getString(i));
      }
    }
    return found;
  }

  private Dataset<Row> read(
      String name, Optional<DimensionSettings> source, List<Field> fields, Set<Field> needed) {
    if (source.isEmpty()) {
      StructType schema = new StructType();
      for (Field field : fields) {
        schema = schema.add(field.structField());
      }
      return spark.createDataFrame(List.of(), schema);
    }
    DimensionFile file = table(name, source.get(), fields, needed);
    file.refuseUnreadable();
    return file.rows();
  }

  private DimensionFile table(
      String name, DimensionSettings from, List<Field> fields, Set<Field> needed) {
    return new DimensionFile(spark, name, from, fields, needed, settings.events().timestampZone());
  }

  private static void refuseRepeats(
      String name, Optional<DimensionSettings> source, Dataset<Row> rows, List<Field> key) {
    Column[] columns = key.stream().map(Field::col).toArray(Column[]::new);
    List<Row> repeated =
        rows.groupBy(columns)
            .agg(count(lit(1)).as("rows"))
            .filter(col("rows").gt(1))
            .orderBy(columns)
            .limit(3)
            .collectAsList();
    if (!repeated.isEmpty()) {
      String shown =
          repeated.stream()
              .map(row -> row.mkString(", ").replaceFirst(", (\\d+)$", " ($1 rows)"))
              .collect(Collectors.joining("; "));
      throw new ThroughlineException(
          ErrorKind.INPUT,
          "The table "
              + name
              + " at "
              + source.orElseThrow().path()
              + " has more than one row for the same "
              + key.stream().map(Field::name).collect(Collectors.joining(" and "))
              + ": "
              + shown
              + ". Each extra row would be counted again; keep one.");
    }
  }
}
