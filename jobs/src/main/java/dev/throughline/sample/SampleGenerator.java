package dev.throughline.sample;

import java.util.Iterator;
import java.util.List;
import java.util.Spliterators;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Makes the events of a sample.
 *
 * <ol>
 *   <li>Every person has a number, and a random generator that depends on seed and number alone.
 *   <li>A {@link Journey} fills the person's {@link Timeline}; {@link Flaws} roughens it.
 *   <li>The people of the {@link ReferenceCase} follow; nothing about them is random.
 * </ol>
 *
 * Rows hence depend on the options only, not on partitions or machines.
 */
public final class SampleGenerator {

  private static final long PEOPLE_PER_PARTITION = 5_000;

  private SampleGenerator() {}

  /** All events, with the columns that are written and the partition column {@code dt}. */
  public static Dataset<Row> events(SparkSession spark, SampleOptions options) {
    return sorted(spark, options, partitions(options)).drop(SampleSchema.SORT_KEY);
  }

  /** How many partitions suit the number of people. */
  static int partitions(SampleOptions options) {
    return (int) Math.max(2, options.people() / PEOPLE_PER_PARTITION);
  }

  /** As {@link #events}, made in so many partitions, with the column to sort by. */
  static Dataset<Row> sorted(SparkSession spark, SampleOptions options, int partitions) {
    Dataset<Row> people =
        generated(spark, options.people(), partitions, numbers -> ordinary(numbers, options));
    if (!options.hasReferenceCase()) {
      return SampleSchema.withTimes(people);
    }
    for (ReferenceCase campaign : ReferenceCase.values()) {
      people =
          people.unionByName(
              generated(
                  spark, campaign.people(), partitions, numbers -> reference(numbers, campaign)));
    }
    return SampleSchema.withTimes(people);
  }

  private static Dataset<Row> generated(
      SparkSession spark, long people, int partitions, MapPartitionsFunction<Long, Row> function) {
    return spark
        .range(0, people, 1, partitions)
        .mapPartitions(function, Encoders.row(SampleSchema.DRAFT));
  }

  private static Iterator<Row> ordinary(Iterator<Long> numbers, SampleOptions options) {
    Rhythm rhythm = new Rhythm(options);
    Schedule schedule = new Schedule(options.days());
    return stream(numbers)
        .flatMap(
            number -> {
              SplittableRandom random = Chance.forPerson(options.seed(), number);
              Person drawn = Person.of(number, random);
              Person person = options.flaws() ? drawn : drawn.behindBrowser();
              Timeline timeline = new Timeline(person, options);
              new Journey(random, schedule, rhythm, timeline).live();
              if (!options.flaws()) {
                return timeline.numbered().stream().map(event -> event.toRow(number));
              }
              if (Hyperactive.is(number)) {
                timeline.setAnonymous(false);
                Hyperactive.burst(timeline, options);
              }
              List<EventDraft> log = Flaws.added(timeline.numbered(), random);
              return log.stream().map(event -> event.toRow(number));
            })
        .iterator();
  }

  private static Iterator<Row> reference(Iterator<Long> numbers, ReferenceCase campaign) {
    return stream(numbers)
        .flatMap(
            number ->
                campaign.events(number.intValue()).stream()
                    .map(event -> event.toRow(campaign.sortKey(number.intValue()))))
        .iterator();
  }

  private static Stream<Long> stream(Iterator<Long> numbers) {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(numbers, 0), false);
  }
}
