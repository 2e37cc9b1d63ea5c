package dev.throughline.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.config.Settings.Attribution;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The example in Adobe's documentation of attribution models (Customer Journey Analytics and
 * Analytics): paid search nine days before an order of 50 dollars, social six days before it, email
 * and then display in the visit of the order itself.
 */
class PublishedExampleTest {
  private static final double ORDER = 50;
  private static final List<String> CHANNELS = List.of("paid search", "social", "email", "display");
  private static final List<Integer> DAYS_BEFORE = List.of(9, 6, 0, 0);

  /** Dollars as published, to the cent; two of time_decay's are a cent apart from their formula. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "last_touch, 0, 0, 0, 50, 0",
    "first_touch, 50, 0, 0, 0, 0",
    "linear, 12.5, 12.5, 12.5, 12.5, 0",
    "j_curve, 10, 5, 5, 30, 0",
    "time_decay, 6.92, 9.32, 16.88, 16.88, .01",
    "participation, 50, 50, 50, 50, 0",
  })
  void creditIsAsPublished(
      String model, double search, double social, double email, double display, double apart) {
    double[] published = {search, social, email, display};
    double[] shares = new double[CHANNELS.size()];
    Journey journey = journey();
    AttributionModels.ofJourneys(List.of(model), settings())
        .get(0)
        .shares(journey, journey.channels, shares);
    for (int i = 0; i < shares.length; i++) {
      assertEquals(published[i], ORDER * shares[i], .005 + apart, CHANNELS.get(i));
    }
  }

  private static Journey journey() {
    Journey journey = new Journey(CHANNELS.size());
    journey.size = CHANNELS.size();
    journey.conversionTime = Duration.ofDays(100).toNanos() / 1000;
    journey.leadTouch = -1;
    for (int i = 0; i < journey.size; i++) {
      journey.time[i] =
          journey.conversionTime - Duration.ofDays(DAYS_BEFORE.get(i)).toNanos() / 1000;
      journey.click[i] = true;
      journey.channels.set(i, CHANNELS.get(i));
    }
    return journey;
  }

  private static Attribution settings() {
    return new Attribution(
        Duration.ofDays(30),
        Duration.ofDays(1),
        Duration.ofDays(7),
        500,
        List.of(),
        Set.of(),
        Set.of(),
        .4,
        .4,
        Map.of(),
        false,
        1,
        List.of(),
        0);
  }
}
