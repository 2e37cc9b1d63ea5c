package dev.throughline.reference;

import static dev.throughline.testing.Event.event;

import dev.throughline.testing.Scenario;
import java.nio.file.Path;
import java.time.Instant;

/** A random log of some days, for runs night by night. */
public final class RandomNights {
  public static final String EVENTS_PER_HOUR =
      Integer.toString(RandomVariants.TIGHT.eventsPerHour());

  public static final String MODELS = "[last_touch,linear,markov_1,markov_3,shapley]";

  private static final int LOGS = 30;
  private static final int DAYS = 6;

  private RandomNights() {}

  /** From 2026-10-29 to 2026-11-03 in New York, with every model. */
  public static Scenario in(Path folder) {
    Scenario scenario = RandomVariants.TIGHT.configure(Scenario.in(folder)).files(2);
    Instant midnight = Instant.parse("2026-10-29T04:00:00Z");
    for (int number = 100; number < 100 + LOGS; number++) {
      scenario.events(RandomLog.events(number, RandomVariants.TIGHT, midnight, 24 * DAYS + 1));
    }
    // They come back without a click, and never convert; nearly everybody else does.
    for (int number = 0; number < 5; number++) {
      String looker = "looker" + number;
      scenario.events(
          event().user(looker).click().campaign("c1").at("2026-11-01 1" + number + ":00"),
          event().user(looker).pageView().at("2026-11-03 1" + number + ":00"));
    }
    return scenario
        .set("throughline.attribution.models", MODELS)
        .set("throughline.attribution.training-days", "3")
        .set("throughline.attribution.resamples", "4")
        .set("throughline.output.keep-touches", "true");
  }
}
