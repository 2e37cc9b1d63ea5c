package dev.throughline.config;

import dev.throughline.config.Settings.Attribution;
import dev.throughline.config.Settings.CustomWeights;
import dev.throughline.config.Settings.ModelIds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what {@code throughline.attribution} says. */
final class AttributionReader {
  private static final Pattern TRANSFORM =
      Pattern.compile("identity|exposure|first|last\\([1-9]\\d{0,3}\\)");
  private static final String TRANSFORMS =
      "identity, exposure, first or last(n) with n from 1 to 9999";
  private static final Set<String> WEIGHTS =
      Set.of("first", "middle", "last", "half-life", "channels", "touches");
  private static final Set<String> TOUCHES = Set.of("click", "view");

  /** More would cost more than they tell: the width of an interval is known to 4 per cent. */
  private static final int MOST_RESAMPLES = 400;

  private final ConfigReader attribution;
  private final ModelIds models;

  private AttributionReader(ConfigReader attribution, ModelIds models) {
    this.attribution = attribution;
    this.models = models;
  }

  static Attribution read(ConfigReader attribution, ModelIds models) {
    return new AttributionReader(attribution, models).read();
  }

  private Attribution read() {
    ConfigReader position = attribution.at("position-based");
    Map<String, CustomWeights> custom = custom();
    Duration clickLookback = attribution.duration("click-lookback");
    List<String> chosen = chosen(custom);
    Attribution read =
        new Attribution(
            clickLookback,
            attribution.duration("view-lookback"),
            attribution.positiveDuration("half-life"),
            attribution.countFrom("max-touches", 1),
            chosen,
            Set.copyOf(attribution.strings("direct-channels")),
            Set.copyOf(attribution.strings("lead-events")),
            position.number("first", 0, 1),
            position.number("last", 0, 1),
            custom,
            !Collections.disjoint(chosen, models.learned()),
            trainingDays(clickLookback),
            attribution.each("training-transforms", TRANSFORM, TRANSFORMS),
            attribution.countFrom("resamples", 0));
    if (read.viewLookback().compareTo(read.clickLookback()) > 0) {
      attribution.invalid("view-lookback", "is longer than click-lookback; it can be as long");
    }
    if (read.resamples() > MOST_RESAMPLES) {
      attribution.invalid(
          "resamples", "is " + read.resamples() + ", but must be at most " + MOST_RESAMPLES);
    }
    if (read.positionFirst() + read.positionLast() > 1) {
      position.invalid("first", "and last add up to more than 1");
    }
    return read;
  }

  private int trainingDays(Duration clickLookback) {
    if (attribution.optionalString("training-days").isPresent()) {
      return attribution.countFrom("training-days", 1);
    }
    // A part of a day counts as one.
    return (int) Math.max(1, clickLookback.plusDays(1).minusNanos(1).toDays());
  }

  /** The models that are named, and those that are declared. */
  private List<String> chosen(Map<String, CustomWeights> custom) {
    List<String> named = attribution.strings("models");
    List<String> known = new ArrayList<>(models.all());
    known.addAll(custom.keySet());
    for (String model : named) {
      if (!known.contains(model)) {
        attribution.invalid(
            "models", "names " + model + ", but the models are " + String.join(", ", known));
      }
    }
    return Stream.concat(named.stream(), custom.keySet().stream()).distinct().toList();
  }

  private Map<String, CustomWeights> custom() {
    Map<String, CustomWeights> custom = new TreeMap<>();
    for (String id : attribution.names("custom-models")) {
      if (!id.matches("[a-z][a-z0-9_]*")) {
        attribution.invalid(
            "custom-models",
            "declares " + id + ", but an id has small letters, digits and _ and begins with one");
      } else if (models.all().contains(id)) {
        attribution.invalid("custom-models", "declares " + id + ", which is a model already");
      } else {
        custom.put(id, weights(attribution.at("custom-models").at(id)));
      }
    }
    // Their order is that of the models that the configuration does not name otherwise.
    return Collections.unmodifiableMap(custom);
  }

  private static CustomWeights weights(ConfigReader model) {
    if (!model.only(WEIGHTS) || !model.at("touches").only(TOUCHES)) {
      return new CustomWeights(1, null, 1, null, Map.of(), 1, 1);
    }
    Map<String, Double> channels = new TreeMap<>();
    for (String channel : model.names("channels")) {
      channels.put(channel, model.at("channels").weight(channel));
    }
    return new CustomWeights(
        model.weight("first"),
        model.optionalString("middle").isPresent() ? model.weight("middle") : null,
        model.weight("last"),
        model.optionalString("half-life").isPresent() ? model.positiveDuration("half-life") : null,
        Map.copyOf(channels),
        model.at("touches").weight("click"),
        model.at("touches").weight("view"));
  }
}
