package dev.throughline.model;

import dev.throughline.model.Credits.Slot;
import dev.throughline.model.JourneySweep.Plan;
import java.util.List;

/** Adds journeys to the sums: their credit by every model, their paths, their length. */
final class JourneyTally {
  private final Plan plan;
  private final List<JourneyModel> models;
  private final JourneyModel funnelModel;
  private final Paths paths;
  private final Credits credits;
  private final Resamples resamples;
  private final Sums sums;
  private final double[] shares;

  JourneyTally(Plan plan, Resamples resamples, Sums sums) {
    this.plan = plan;
    this.resamples = resamples;
    this.sums = sums;
    models =
        AttributionModels.ofJourneys(plan.models(), plan.attribution()).stream()
            .filter(model -> !model.learned())
            .toList();
    funnelModel =
        AttributionModels.ofJourneys(List.of(plan.funnelModel()), plan.attribution()).get(0);
    paths = new Paths(plan.people().pathTransforms());
    credits = new Credits(sums);
    shares = new double[2 * plan.attribution().maxTouches()];
  }

  /** Credits a conversion; of the run's own days also tells how it came about. */
  void credit(PersonEvent conversion, Journey journey, boolean capped) {
    if (conversion.day() < plan.from()) {
      credit(conversion, journey, funnelModel, null);
      return;
    }
    int[] draws = resamples.of(conversion.visitor());
    for (JourneyModel model : models) {
      credit(conversion, journey, model, draws);
    }
    int day = conversion.day();
    if (capped) {
      sums.count(day, Swept.CAPPED, "", "", 0, 0);
    }
    long delay = journey.size == 0 ? 0 : conversion.time() - journey.time[0];
    if (plan.needs().contains(Need.PATHS)) {
      path(conversion, journey, delay, Journeys.CAMPAIGN);
      path(conversion, journey, delay, Journeys.CHANNEL);
    }
    if (plan.needs().contains(Need.DELAYS)) {
      String campaign = funnelCampaign(journey);
      sums.count(
          new Sums.Key(day, Swept.DELAY, "", campaign, conversion.name(), "", delay, journey.size),
          1,
          conversion.value());
    }
  }

  /** A journey that has not converted by the end of a day. */
  void open(int day, Journey journey) {
    if (journey.size == 0 || !plan.needs().contains(Need.PATHS)) {
      return;
    }
    for (String dimension : Journeys.DIMENSIONS) {
      String path = paths.of(journey.members(dimension), journey.size);
      sums.count(new Sums.Key(day, Swept.OPEN_PATH, dimension, path, "", "", 0, 0), 0, 0);
    }
  }

  private void path(PersonEvent conversion, Journey journey, long delay, String dimension) {
    String path = paths.of(journey.members(dimension), journey.size);
    sums.count(
        new Sums.Key(conversion.day(), Swept.PATH, dimension, path, "", "", delay, journey.size),
        1,
        conversion.value());
  }

  private String funnelCampaign(Journey journey) {
    if (journey.size == 0) {
      return Journeys.UNATTRIBUTED;
    }
    funnelModel.shares(journey, journey.campaigns, shares);
    for (int i = 0; i < journey.size; i++) {
      if (shares[i] > 0) {
        return journey.campaigns.get(i);
      }
    }
    throw new IllegalStateException(funnelModel.id() + " gives the conversion to no touch");
  }

  private void credit(PersonEvent conversion, Journey journey, JourneyModel model, int[] draws) {
    for (String dimension : Journeys.DIMENSIONS) {
      Slot slot =
          new Slot(conversion.day(), Swept.CREDIT, dimension, conversion.name(), model.id());
      if (journey.size == 0) {
        credits.add(slot, Journeys.UNATTRIBUTED, conversion.value(), draws);
      } else {
        credit(slot, conversion, journey, model, draws);
      }
    }
  }

  private void credit(
      Slot slot, PersonEvent conversion, Journey journey, JourneyModel model, int[] draws) {
    Members members = journey.members(slot.dimension());
    model.shares(journey, members, shares);
    if (model.additive()) {
      credits.split(shares, journey.size, conversion.value());
    }
    for (int i = 0; i < journey.size; i++) {
      if (shares[i] > 0 && model.additive()) {
        credits.addPart(slot, members.get(i), i, 0, 1, draws);
      } else if (shares[i] > 0) {
        credits.add(slot, members.get(i), conversion.value(), draws);
      }
    }
  }
}
