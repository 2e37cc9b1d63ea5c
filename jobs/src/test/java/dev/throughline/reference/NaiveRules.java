package dev.throughline.reference;

import dev.throughline.testing.Scenario;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The settings of a comparison, for both sides.
 *
 * @param campaigns what is known of campaigns beside the log
 * @param people the settings of the tables about people's days, paths and periods
 * @param learning which models there are, and what they learn from
 */
record NaiveRules(
    ZoneId zone,
    Duration clickLookback,
    Duration viewLookback,
    Duration halfLife,
    int maxTouches,
    int eventsPerHour,
    Set<String> oncePerUser,
    String funnelModel,
    Campaigns campaigns,
    People people,
    Learning learning) {

  /**
   * What is known of campaigns beside the log, and how they are judged.
   *
   * @param channels channel by campaign, from the campaign dimension
   * @param phases phase by campaign
   * @param targets target by campaign
   * @param spend spend by day and campaign
   * @param metrics metric by phase
   */
  record Campaigns(
      Map<String, String> channels,
      Map<String, String> phases,
      Map<String, Double> targets,
      Map<String, Double> spend,
      Map<String, String> metrics,
      int minConversions) {
    static final Map<String, String> METRICS =
        Map.of("brand", "cpm", "engagement", "cpc", "conversion", "cpa");

    /** Only their channels. */
    static Campaigns of(Map<String, String> channels) {
      return new Campaigns(channels, Map.of(), Map.of(), Map.of(), METRICS, 5);
    }

    private String[] lines() {
      Set<String> ids = new TreeSet<>(channels.keySet());
      ids.addAll(phases.keySet());
      ids.addAll(targets.keySet());
      return ids.stream()
          .map(
              id ->
                  String.join(
                      ",",
                      id,
                      "",
                      channels.getOrDefault(id, ""),
                      phases.getOrDefault(id, ""),
                      targets.containsKey(id) ? targets.get(id).toString() : ""))
          .toArray(String[]::new);
    }

    private String[] spendLines() {
      return spend.entrySet().stream()
          .map(row -> row.getKey().replace(" | ", ",") + "," + row.getValue() + ",")
          .toArray(String[]::new);
    }
  }

  /**
   * The models, and what they learn from.
   *
   * @param models ids of all models, those of the configuration's own too, in their order
   * @param days how many days that end with a day it learns from
   */
  record Learning(
      List<String> models,
      Map<String, Custom> custom,
      int days,
      List<String> transforms,
      int resamples) {}

  /** A model of the configuration's own; null is not set. */
  record Custom(
      Double first,
      Double middle,
      Double last,
      Duration halfLife,
      Map<String, Double> channels,
      Double click,
      Double view) {

    private void configure(String key, Scenario scenario) {
      set(scenario, key + ".first", first);
      set(scenario, key + ".middle", middle);
      set(scenario, key + ".last", last);
      set(scenario, key + ".half-life", halfLife == null ? null : halfLife.toMillis() + "ms");
      channels.forEach(
          (channel, factor) -> set(scenario, key + ".channels.\"" + channel + "\"", factor));
      set(scenario, key + ".touches.click", click);
      set(scenario, key + ".touches.view", view);
    }

    private static void set(Scenario scenario, String key, Object value) {
      if (value != null) {
        scenario.set(key, value.toString());
      }
    }
  }

  /**
   * Settings of the tables about people's days, paths, periods and levers.
   *
   * @param top how many paths have a row of their own
   */
  record People(
      List<String> steps,
      Duration window,
      List<String> transforms,
      int top,
      Set<String> signals,
      boolean returnVisit,
      double gainPercent,
      List<Integer> periods) {}

  /** The models that look at one journey alone. */
  static final List<String> RULES =
      List.of(
          "first_touch",
          "last_touch",
          "last_non_direct",
          "linear",
          "time_decay",
          "position_based",
          "j_curve",
          "inverse_j",
          "w_shaped",
          "participation");

  static final Set<String> LEADS = Set.of("sign_up", "form_start");
  static final String DIRECT = "direct";
  static final long GAP = micros(Duration.ofMinutes(30));
  static final long WEEK = micros(Duration.ofDays(7));
  static final long DOUBLE_CLICK = micros(Duration.ofSeconds(1));

  Map<String, String> channels() {
    return campaigns.channels();
  }

  static long micros(Duration duration) {
    return duration.toNanos() / 1000;
  }

  private static String quoted(Collection<String> words) {
    return words.stream().collect(Collectors.joining("\",\"", "[\"", "\"]"));
  }

  /** Tells the pipeline the same. */
  Scenario configure(Scenario scenario) {
    String attribution = "throughline.attribution.";
    campaigns
        .metrics()
        .forEach((phase, metric) -> scenario.set("throughline.scorecard.metrics." + phase, metric));
    learning
        .custom()
        .forEach((id, model) -> model.configure(attribution + "custom-models." + id, scenario));
    return scenario
        .set("throughline.time-zone", zone.getId())
        .set("throughline.input.events.partition.zone", "UTC")
        .set(attribution + "click-lookback", clickLookback.toMillis() + "ms")
        .set(attribution + "view-lookback", viewLookback.toMillis() + "ms")
        .set(attribution + "half-life", halfLife.toMillis() + "ms")
        .set(attribution + "models", quoted(learning.models()))
        .set(attribution + "training-days", Integer.toString(learning.days()))
        .set(attribution + "training-transforms", quoted(learning.transforms()))
        .set(attribution + "resamples", Integer.toString(learning.resamples()))
        .set(attribution + "max-touches", Integer.toString(maxTouches))
        .set("throughline.invalid-traffic.events-per-hour", Integer.toString(eventsPerHour))
        .set("throughline.conversions.one-per-user", "[" + String.join(",", oncePerUser) + "]")
        .set("throughline.funnel.model", funnelModel)
        .set("throughline.drop-off.steps", quoted(people.steps()))
        .set("throughline.drop-off.window", people.window().toMillis() + "ms")
        .set("throughline.paths.transforms", quoted(people.transforms()))
        .set("throughline.paths.top", Integer.toString(people.top()))
        .set("throughline.intent.signals", quoted(people.signals()))
        .set("throughline.intent.return-visit", Boolean.toString(people.returnVisit()))
        .set("throughline.periods", people.periods().toString())
        .set("throughline.levers.gain-percent", Double.toString(people.gainPercent()))
        .set("throughline.scorecard.min-conversions", Integer.toString(campaigns.minConversions()))
        .campaigns(campaigns.lines())
        .spend(campaigns.spendLines());
  }
}
