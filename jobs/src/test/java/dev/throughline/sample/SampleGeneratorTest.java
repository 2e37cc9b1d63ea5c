package dev.throughline.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.throughline.testing.TestSession;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class SampleGeneratorTest {
  private static final SampleOptions SMALL =
      new SampleOptions(
          LocalDate.parse("2026-09-17"), LocalDate.parse("2026-10-10"), 400, 7, false);

  private final SparkSession spark = TestSession.get();

  @Test
  void partitionsDoNotMatter() {
    SampleDigest expected = digest(SMALL, 1);
    assertEquals(expected, digest(SMALL, 7));
    SparkSession other = spark.newSession();
    other.conf().set("spark.sql.shuffle.partitions", "5");
    other.conf().set("spark.sql.session.timeZone", "UTC");
    Dataset<Row> shuffled =
        SampleGenerator.sorted(other, SMALL, 3).repartition(4).drop(SampleSchema.SORT_KEY);
    assertEquals(expected, SampleDigest.of(shuffled));
  }

  @Test
  void anotherSeedGivesOtherRows() {
    SampleOptions other =
        new SampleOptions(SMALL.from(), SMALL.to(), SMALL.people(), 8, SMALL.referenceCase());
    assertNotEquals(digest(SMALL, 2), digest(other, 2));
  }

  @Test
  void morePeopleLeaveTheFirstOnesAlone() {
    SampleOptions more = new SampleOptions(SMALL.from(), SMALL.to(), 500, 7, false);
    Dataset<Row> firstOnes =
        SampleGenerator.sorted(spark, more, 3)
            .where("sort_key < " + SMALL.people())
            .drop(SampleSchema.SORT_KEY);
    assertEquals(digest(SMALL, 2), SampleDigest.of(firstOnes));
  }

  @Test
  void dayIsTheUtcDayOfTheEvent() {
    Dataset<Row> events = SampleGenerator.events(spark, SMALL);
    assertEquals(0, events.where("not dt <=> cast(to_date(event_time) as string)").count());
    assertEquals(0, events.where("dt < '2026-09-17' or dt > '2026-10-10'").count());
  }

  @Test
  void withoutFlawsEveryRowIsAnEventOfABrowser() {
    SampleOptions clean =
        new SampleOptions(SMALL.from(), SMALL.to(), SMALL.people(), 7, false, /* flaws= */ false);
    Dataset<Row> events = SampleGenerator.events(spark, clean);
    assertEquals(events.count(), events.select("event_id").distinct().count());
    assertEquals(0, events.where("invalid_reason is not null or user_agent rlike 'Bot'").count());
    assertEquals(0, events.where("event_type = 'hover' or value < 0").count());
    assertEquals(0, events.where("event_type = 'conversion' and event_name is null").count());
  }

  @Test
  void everyPlantedKindOfTroubleIsThere() {
    Dataset<Row> events = SampleGenerator.events(spark, SampleOptions.DEFAULT);
    Row planted =
        events
            .selectExpr(
                "count_if(event_type = 'hover') > 0",
                "count_if(event_type = 'conversion' and event_name is null) > 0",
                "count_if(value < 0) > 0",
                "count_if(user_agent like 'ExampleBot%') > 0",
                "count_if(invalid_reason = 'datacenter') > 0",
                "count_if(received_time > event_time + interval 1 day) > 0",
                "count_if(received_time < event_time) > 0",
                "count_if(user_id is null) between 0.03 * count(1) and 0.08 * count(1)",
                "count_if(not consent) > 0",
                "count_if(channel = 'direct') > 0",
                "count(1) - count(distinct event_id) > 1000")
            .head();
    for (int i = 0; i < planted.size(); i++) {
      assertEquals(true, planted.get(i), planted.schema().fieldNames()[i]);
    }
    long hyperactive =
        events
            .where("user_id is not null")
            .groupBy("user_id", "dt")
            .count()
            .where("count > 1000")
            .count();
    assertEquals(3, hyperactive);
  }

  private SampleDigest digest(SampleOptions options, int partitions) {
    return SampleDigest.of(
        SampleGenerator.sorted(spark, options, partitions).drop(SampleSchema.SORT_KEY));
  }
}
