package dev.throughline.model;

import dev.throughline.config.Settings.Attribution;
import java.util.List;
import java.util.function.BiFunction;

/** The list of all models. */
final class AttributionModels {
  private record Maker(
      String id, boolean singleTouch, BiFunction<String, Attribution, AttributionModel> make) {}

  private static final List<Maker> ALL =
      List.of(
          new Maker("first_touch", true, (id, settings) -> new AttributionModel.FirstTouch(id)),
          new Maker("last_touch", true, (id, settings) -> new AttributionModel.LastTouch(id)),
          new Maker(
              "last_non_direct", true, (id, settings) -> new AttributionModel.LastNonDirect(id)),
          new Maker("linear", false, (id, settings) -> new AttributionModel.Linear(id)),
          new Maker(
              "time_decay",
              false,
              (id, settings) -> new AttributionModel.TimeDecay(id, settings.halfLife())),
          new Maker(
              "position_based",
              false,
              (id, settings) ->
                  new AttributionModel.Positional(
                      id, settings.positionFirst(), settings.positionLast())),
          new Maker(
              "j_curve", false, (id, settings) -> new AttributionModel.Positional(id, 0.2, 0.6)),
          new Maker(
              "inverse_j", false, (id, settings) -> new AttributionModel.Positional(id, 0.6, 0.2)),
          new Maker("w_shaped", false, (id, settings) -> new AttributionModel.WShaped(id)),
          new Maker(
              "participation", false, (id, settings) -> new AttributionModel.Participation(id)));

  /** Ids of all models. */
  static final List<String> IDS = ALL.stream().map(Maker::id).toList();

  /** Ids of the models that give a conversion to one touch. */
  static final List<String> SINGLE_TOUCH =
      ALL.stream().filter(Maker::singleTouch).map(Maker::id).toList();

  private AttributionModels() {}

  /** The model of an id; the configuration has checked that there is one. */
  static AttributionModel of(String id, Attribution settings) {
    return ALL.stream()
        .filter(maker -> maker.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no attribution model " + id))
        .make()
        .apply(id, settings);
  }
}
