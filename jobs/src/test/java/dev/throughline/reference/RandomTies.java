package dev.throughline.reference;

import dev.throughline.testing.Event;
import dev.throughline.testing.Scenario;
import dev.throughline.testing.TestSession;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Random logs in which many rows tie with others, conflict with them, or are damaged. */
final class RandomTies {
  private RandomTies() {}

  /** Several files a day, of random logs and of rows that tie with others of them. */
  static Dataset<Row> log(Path folder, int logs) {
    Scenario scenario = Scenario.in(folder).files(2);
    Instant from = Instant.parse("2026-10-31T04:00:00Z");
    Random random = new Random(11);
    for (int number = 0; number < logs; number++) {
      List<Event> events =
          new ArrayList<>(
              RandomLog.events(
                  number, number % 2 == 0 ? RandomVariants.PLAIN : RandomVariants.TIGHT, from, 48));
      for (Event event : List.copyOf(events)) {
        if (event.time() != null && random.nextInt(10) == 0) {
          // The same id and instant with another payload; another id at the same instant.
          events.add(event.copy().campaign("c" + number).with("value", new BigDecimal("3.5")));
          events.add(event.copy().id("é" + random.nextInt(50)));
          events.add(event.copy().id(random.nextBoolean() ? "" : "10"));
          events.add(event.copy().channel("").session("s" + random.nextInt(3)));
        }
        if (random.nextInt(100) == 0) {
          events.add(event.copy().seconds(random.nextBoolean() ? -1.5 : Double.NaN));
          events.add(event.copy().cost("-2").dt("2026-10-30").userAgent("a\"\\\n\u0001bot"));
          events.add(event.copy().with("received_time", event.time().minus(Duration.ofHours(2))));
          events.add(event.copy().user(null).session(null));
        }
      }
      scenario.events(events);
    }
    return TestSession.get().read().parquet(scenario.log().toString());
  }
}
