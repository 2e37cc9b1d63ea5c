package dev.throughline.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.config.ConfigLoader;
import dev.throughline.config.Settings;
import dev.throughline.input.Dimensions;
import dev.throughline.input.MappedLog;
import dev.throughline.input.Period;
import dev.throughline.model.CompactSweep;
import dev.throughline.model.CompactSweep.ConversionKey;
import dev.throughline.model.Conversions;
import dev.throughline.model.Facts;
import dev.throughline.model.Journeys;
import dev.throughline.model.Need;
import dev.throughline.model.Swept;
import dev.throughline.person.PersonEvents;
import dev.throughline.testing.TestSession;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.Union;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sums of the one pass over compact events are those of the sweep over rows. */
class OnePassSweepTest {
  private static final int LOGS = 120;
  private static final LocalDate COUNTED_FROM = LocalDate.parse("2026-10-29");

  @TempDir Path folder;

  @Test
  void sumsAreThoseOfTheSweepOverRows() {
    SparkSession spark = TestSession.get();

    Settings settings =
        ConfigLoader.load(
            Optional.empty(),
            Map.of(
                "throughline.input.events.path", folder.resolve("events").toString(),
                "throughline.output.path", folder.resolve("tables").toString(),
                "throughline.time-zone", "America/New_York",
                "throughline.input.events.partition.zone", "UTC",
                "throughline.invalid-traffic.events-per-hour", "20",
                "throughline.attribution.resamples", "4",
                "throughline.attribution.training-days", "3",
                "throughline.attribution.models",
                    "[first_touch,last_touch,linear,w_shaped,markov_1,markov_2,shapley]",
                "throughline.conversions.one-per-user", "[sign_up]",
                "throughline.periods", "[1,2]"),
            Journeys.models());
    MappedLog log = new MappedLog(settings, RandomTies.log(folder, LOGS), true, "the log");
    Period period =
        Period.of(LocalDate.parse("2026-10-31"), LocalDate.parse("2026-11-01"), settings);
    Set<Need> needs = EnumSet.allOf(Need.class);
    Map<String, String> channels = new TreeMap<>();
    for (int number = 0; number < LOGS; number += 2) {
      channels.put(String.format("c%03d0", number), "display");
    }
    Dataset<Row> facts =
        Facts.classify(log.read(), settings).persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> repeated = Conversions.repeated(facts, Optional.empty(), settings);
    List<Row> expected =
        Journeys.sweep(
                facts,
                Optional.empty(),
                COUNTED_FROM,
                repeated,
                campaigns(spark, channels),
                period,
                settings,
                needs)
            .selectExpr("datediff(day, date'1970-01-01') as day_number", "*")
            .collectAsList();
    Set<ConversionKey> keys = new HashSet<>();
    for (Row row : repeated.collectAsList()) {
      keys.add(
          new ConversionKey(
              (int) row.getDate(0).toLocalDate().toEpochDay(), row.getString(1), row.getLong(2)));
    }
    facts.unpersist();
    assertTrue(keys.size() > 20, "some conversions are repeated");
    PersonEvents events =
        PersonEvents.ofBatches(log, true, settings, 4, Long.MAX_VALUE).orElseThrow();
    List<Row> found =
        spark
            .createDataFrame(
                CompactSweep.of(events, COUNTED_FROM, keys, channels, period, settings, needs),
                CompactSweep.SCHEMA)
            .collectAsList();
    Map<String, String> sums = summed(expected);
    assertTrue(sums.size() > 5_000, "only " + sums.size() + " sums");
    long kinds = expected.stream().map(OnePassSweepTest::kind).distinct().count();
    assertTrue(kinds > 12, "only " + kinds + " kinds");
    Map<String, String> again = summed(found);
    sums.forEach((key, sum) -> assertEquals(sum, again.get(key), key));
    assertEquals(sums.keySet(), again.keySet());
  }

  private static Dataset<Row> campaigns(SparkSession spark, Map<String, String> channels) {
    List<Row> rows = new ArrayList<>();
    channels.forEach((campaign, channel) -> rows.add(RowFactory.create(campaign, channel)));
    return spark.createDataFrame(
        rows,
        new StructType()
            .add(Dimensions.CAMPAIGN_ID.structField())
            .add(Dimensions.CHANNEL.structField()));
  }

  private static String kind(Row row) {
    return row.getString(row.fieldIndex(Swept.KIND.name()));
  }

  /** One sum of several tasks. */
  private static final class Sum {
    private BigDecimal conversions = BigDecimal.ZERO;
    private BigDecimal value = BigDecimal.ZERO;
    private long count;
    private long[] resampled = new long[0];
    private final Union people = new Union(12);

    void add(Row row) {
      conversions = conversions.add(row.getDecimal(row.fieldIndex(Swept.CONVERSIONS.name())));
      value = value.add(row.getDecimal(row.fieldIndex(Swept.VALUE.name())));
      // Each task tells the channels of a campaign once.
      boolean told = kind(row).equals(Swept.CAMPAIGN_CHANNEL);
      count = told ? 1 : count + row.getLong(row.fieldIndex(Swept.COUNT.name()));
      int place = row.fieldIndex(Swept.RESAMPLED.name());
      if (!row.isNullAt(place)) {
        List<Long> more = row.getList(place);
        long[] before = resampled;
        resampled =
            IntStream.range(0, more.size())
                .mapToLong(i -> more.get(i) + (before.length == 0 ? 0 : before[i]))
                .toArray();
      }
      int sketch = row.fieldIndex(Swept.SKETCH.name());
      if (!row.isNullAt(sketch)) {
        people.update(HllSketch.heapify((byte[]) row.get(sketch)));
      }
    }

    @Override
    public String toString() {
      return String.join(
          " ",
          conversions.stripTrailingZeros().toPlainString(),
          value.stripTrailingZeros().toPlainString(),
          Long.toString(count),
          Arrays.toString(resampled),
          Double.toString(people.getCompositeEstimate()));
    }
  }

  private static Map<String, String> summed(List<Row> rows) {
    Map<String, Sum> sums = new TreeMap<>();
    for (Row row : rows) {
      StringBuilder key = new StringBuilder().append(row.getInt(0));
      for (String name :
          List.of(
              Swept.KIND.name(),
              Journeys.DIMENSION.name(),
              Journeys.MEMBER.name(),
              Conversions.ACTION.name(),
              Swept.DETAIL.name(),
              Swept.AMOUNT.name(),
              Swept.NUMBER.name())) {
        key.append('|').append(row.get(row.fieldIndex(name)).toString());
      }
      sums.computeIfAbsent(key.toString(), first -> new Sum()).add(row);
    }
    Map<String, String> texts = new TreeMap<>();
    sums.forEach((key, sum) -> texts.put(key, sum.toString()));
    return texts;
  }
}
