package dev.throughline.model;

import dev.throughline.model.AttributionModel.Markov;
import dev.throughline.model.Credits.Slot;
import dev.throughline.model.JourneySweep.Plan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers what the models that learn from several days learn from: steps between the states of
 * chains, and Shapley values by position.
 *
 * <p>Each day of the run learns from the days of training that end with it. Sums are changes from
 * day to day, so that a journey is added up twice however many days learn from it: on the first of
 * them, and with the opposite sign on the first that no longer does.
 */
final class Learning {
  private final Plan plan;
  private final List<Markov> chains;
  private final List<JourneyModel> values;
  private final Map<String, Integer> occurrences = new HashMap<>();
  private final Paths transforms;
  private final Resamples resamples;
  private final Credits credits;
  private final Sums sums;
  private final OpenJourney open;
  private final double[] shares;
  private final boolean idle;

  Learning(Plan plan, Resamples resamples, Sums sums) {
    this.plan = plan;
    this.resamples = resamples;
    this.sums = sums;
    chains = AttributionModels.chains(plan.models(), plan.attribution());
    values =
        AttributionModels.ofJourneys(plan.models(), plan.attribution()).stream()
            .filter(AttributionModel::learned)
            .toList();
    transforms = new Paths(plan.attribution().trainingTransforms());
    credits = new Credits(sums);
    open = new OpenJourney(plan, this::addOpen);
    shares = new double[2 * plan.attribution().maxTouches()];
    idle = chains.isEmpty() && values.isEmpty();
  }

  /** A conversion that counts. */
  void converted(PersonEvent conversion, Journey journey) {
    if (idle || conversion.day() < plan.learnedFrom() || journey.size == 0) {
      return;
    }
    int[] draws = resamples.of(conversion.visitor());
    addConverted(Math.max(conversion.day(), plan.from()), 1, conversion, journey, draws);
    int forgotten = conversion.day() + plan.attribution().trainingDays();
    if (forgotten <= plan.to()) {
      addConverted(forgotten, -1, conversion, journey, draws);
    }
  }

  /**
   * The end of a day on which a person touched or converted.
   *
   * @param unconverted the journey that has not converted by then; may be empty
   */
  void endDay(int day, String person, Journey unconverted) {
    if (!chains.isEmpty() && day >= plan.learnedFrom()) {
      open.change(day, person, unconverted);
    }
  }

  /** After the person's last event. */
  void endPerson() {
    open.end();
  }

  private void addConverted(
      int day, int times, PersonEvent conversion, Journey journey, int[] draws) {
    for (String dimension : Journeys.DIMENSIONS) {
      Members members = journey.members(dimension);
      for (JourneyModel model : values) {
        Slot learned = new Slot(day, Swept.LEARNED, dimension, conversion.name(), model.id());
        model.shares(journey, members, shares);
        credits.split(shares, journey.size, conversion.value());
        for (int i = 0; i < journey.size; i++) {
          if (shares[i] > 0) {
            credits.addPart(learned, members.get(i), i, 0, times, draws);
          }
        }
        Slot placed = new Slot(day, Swept.POSITION, dimension, conversion.name(), model.id());
        spread(members, journey.size);
        credits.split(shares, journey.size, conversion.value());
        for (int i = 0; i < journey.size; i++) {
          credits.addPart(placed, members.get(i), i, i + 1, times, null);
        }
      }
      addSteps(
          new Step(day, dimension, conversion.name(), ChainStates.CONVERSION, times),
          members.list(journey.size),
          conversion.value(),
          draws);
    }
  }

  /** Shares what each member has at its first touch among all its touches. */
  private void spread(Members members, int size) {
    occurrences.clear();
    for (int i = 0; i < size; i++) {
      occurrences.merge(members.get(i), 1, Integer::sum);
    }
    double each = 1.0 / occurrences.size();
    for (int i = 0; i < size; i++) {
      shares[i] = each / occurrences.get(members.get(i));
    }
  }

  private void addOpen(int day, int times, String person, String dimension, List<String> members) {
    addSteps(
        new Step(day, dimension, "", ChainStates.NULL, times), members, 0, resamples.of(person));
  }

  /** What the steps of a journey have in common. */
  private record Step(int day, String dimension, String action, String end, int times) {
    Sums.Key of(String from, String to, int order) {
      return new Sums.Key(day, Swept.TRANSITION, dimension, from, action, to, 0, order);
    }
  }

  private void addSteps(Step step, List<String> members, long value, int[] draws) {
    if (chains.isEmpty()) {
      return;
    }
    List<String> path = transforms.transformed(members);
    for (Markov chain : chains) {
      String from = ChainStates.START;
      for (String to : ChainStates.passed(path, chain.order())) {
        sums.change(step.of(from, to, chain.order()), step.times(), 0, draws);
        from = to;
      }
      sums.change(step.of(from, step.end(), chain.order()), step.times(), value, draws);
    }
  }
}
