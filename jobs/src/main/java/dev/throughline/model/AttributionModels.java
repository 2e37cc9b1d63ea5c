package dev.throughline.model;

import dev.throughline.config.Settings.Attribution;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The list of all models. */
final class AttributionModels {
  private enum Scope {
    SINGLE_TOUCH,
    MULTI_TOUCH,
    LEARNED
  }

  private record Maker(
      String id, Scope scope, BiFunction<String, Attribution, AttributionModel> make) {}

  private static final List<Maker> ALL =
      List.of(
          single("first_touch", JourneyModel.FirstTouch::new),
          single("last_touch", JourneyModel.LastTouch::new),
          single("last_non_direct", JourneyModel.LastNonDirect::new),
          multi("linear", (id, settings) -> new JourneyModel.Linear(id)),
          multi(
              "time_decay", (id, settings) -> new JourneyModel.TimeDecay(id, settings.halfLife())),
          multi(
              "position_based",
              (id, settings) ->
                  new JourneyModel.Positional(
                      id, settings.positionFirst(), settings.positionLast())),
          multi("j_curve", (id, settings) -> new JourneyModel.Positional(id, 0.2, 0.6)),
          multi("inverse_j", (id, settings) -> new JourneyModel.Positional(id, 0.6, 0.2)),
          multi("w_shaped", (id, settings) -> new JourneyModel.WShaped(id)),
          multi("participation", (id, settings) -> new JourneyModel.Participation(id)),
          learned("markov_1", id -> new AttributionModel.Markov(id, 1)),
          learned("markov_2", id -> new AttributionModel.Markov(id, 2)),
          learned("markov_3", id -> new AttributionModel.Markov(id, 3)),
          learned("markov_4", id -> new AttributionModel.Markov(id, 4)),
          learned("shapley", JourneyModel.Shapley::new));

  /** Ids of all models but those that a configuration declares. */
  static final List<String> IDS = ALL.stream().map(Maker::id).toList();

  /** Ids of the models that give a conversion to one touch. */
  static final List<String> SINGLE_TOUCH = ids(Scope.SINGLE_TOUCH);

  /** Ids of the models that learn from several days. */
  static final List<String> LEARNED = ids(Scope.LEARNED);

  private AttributionModels() {}

  private static List<String> ids(Scope scope) {
    return ALL.stream().filter(maker -> maker.scope() == scope).map(Maker::id).toList();
  }

  private static Maker learned(String id, Function<String, AttributionModel> make) {
    return new Maker(id, Scope.LEARNED, (own, settings) -> make.apply(own));
  }

  private static Maker single(String id, Function<String, AttributionModel> make) {
    return new Maker(id, Scope.SINGLE_TOUCH, (own, settings) -> make.apply(own));
  }

  private static Maker multi(String id, BiFunction<String, Attribution, AttributionModel> make) {
    return new Maker(id, Scope.MULTI_TOUCH, make);
  }

  /** The model of an id; the configuration has checked that there is one. */
  static AttributionModel of(String id, Attribution settings) {
    Optional<AttributionModel> custom =
        Optional.ofNullable(settings.custom().get(id)).map(own -> new CustomModel(id, own));
    return custom.orElseGet(
        () ->
            ALL.stream()
                .filter(maker -> maker.id().equals(id))
                .findFirst()
                .orElseThrow(
                    () -> new IllegalArgumentException("there is no attribution model " + id))
                .make()
                .apply(id, settings));
  }

  /** The models of the ids that look at one journey at a time. */
  static List<JourneyModel> ofJourneys(List<String> ids, Attribution settings) {
    return ids.stream()
        .map(id -> of(id, settings))
        .filter(JourneyModel.class::isInstance)
        .map(JourneyModel.class::cast)
        .toList();
  }

  /** The chains to learn. */
  static List<AttributionModel.Markov> chains(List<String> ids, Attribution settings) {
    return ids.stream()
        .map(id -> of(id, settings))
        .filter(AttributionModel.Markov.class::isInstance)
        .map(AttributionModel.Markov.class::cast)
        .toList();
  }
}
