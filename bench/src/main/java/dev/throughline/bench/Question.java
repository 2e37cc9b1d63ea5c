package dev.throughline.bench;

import dev.throughline.config.ConfigLoader;
import dev.throughline.config.Settings;
import dev.throughline.config.Settings.Attribution;
import dev.throughline.model.Journeys;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What every contender is asked: the credit of some days' conversions by five rule models, under
 * the product's own default windows.
 *
 * @param from first day whose conversions are credited
 * @param to last day, inclusive
 */
record Question(LocalDate from, LocalDate to) {
  static final Question FULL_HISTORY = new Question(Log.FROM, Log.TO);
  static final Question NIGHT = new Question(Log.TO, Log.TO);

  /** The models, in the order of the columns of credits.sql. */
  static final List<String> MODELS =
      List.of("first_touch", "last_touch", "linear", "time_decay", "position_based");

  /**
   * Invalid traffic is another question: no rule of it applies, so that people with very many
   * events stay, and all contenders see the same events.
   */
  static final Map<String, String> NO_INVALID_TRAFFIC =
      Map.of(
          "throughline.invalid-traffic.events-per-hour", "0",
          "throughline.invalid-traffic.double-click-window", "0s",
          "throughline.invalid-traffic.bot-user-agents", "");

  /** What is computed, and no more: these models, no intervals, days rather than periods. */
  static final Map<String, String> MODEL_SETTINGS =
      Map.of(
          "throughline.attribution.models", "[" + String.join(",", MODELS) + "]",
          "throughline.attribution.resamples", "0",
          "throughline.periods", "[1]");

  /** Where a run of the product finds its input and leaves its tables. */
  static Map<String, String> paths(Log log) {
    return Map.of(
        "throughline.input.events.path", log.events().toString(),
        "throughline.input.campaigns.path", log.campaigns().toString(),
        "throughline.input.spend.path", log.spend().toString(),
        "throughline.output.path", log.warehouse().toString());
  }

  /** The configuration of a run that answers this question and no other. */
  static Settings settings(Log log) {
    Map<String, String> values = new HashMap<>(NO_INVALID_TRAFFIC);
    values.putAll(paths(log));
    values.putAll(MODEL_SETTINGS);
    return ConfigLoader.load(Optional.empty(), values, Journeys.models());
  }

  /**
   * The parameters of the queries.
   *
   * @param string what the engine calls text
   */
  Map<String, String> parameters(Attribution rules, String string) {
    return Map.ofEntries(
        Map.entry("from", from.toString()),
        Map.entry("to", to.toString()),
        Map.entry("touches_from", from.minusDays(rules.clickLookback().toDays() + 1).toString()),
        Map.entry("click_us", micros(rules.clickLookback())),
        Map.entry("view_us", micros(rules.viewLookback())),
        Map.entry("half_life_us", micros(rules.halfLife()) + "e0"),
        Map.entry("max_touches", Integer.toString(rules.maxTouches())),
        Map.entry("first", rules.positionFirst() + "e0"),
        Map.entry("last", rules.positionLast() + "e0"),
        Map.entry("string", string));
  }

  private static String micros(Duration duration) {
    return Long.toString(duration.toNanos() / 1000);
  }
}
