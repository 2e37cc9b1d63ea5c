package dev.throughline.model;

import dev.throughline.model.JourneySweep.Plan;
import java.util.List;

/** Adds journeys to the sums: their credit by every model, their paths, their length. */
final class JourneyTally {
  private final Plan plan;
  private final List<AttributionModel> models;
  private final AttributionModel funnelModel;
  private final Paths paths;
  private final Credits credits;
  private final Sums sums;
  private final double[] shares;

  JourneyTally(Plan plan, Sums sums) {
    this.plan = plan;
    this.sums = sums;
    models =
        plan.models().stream().map(id -> AttributionModels.of(id, plan.attribution())).toList();
    funnelModel = AttributionModels.of(plan.funnelModel(), plan.attribution());
    paths = new Paths(plan.people());
    credits = new Credits(sums);
    shares = new double[2 * plan.attribution().maxTouches()];
  }

  /** Credits a conversion; of the run's own days also tells how it came about. */
  void credit(PersonEvent conversion, Journey journey, boolean capped) {
    if (conversion.day() < plan.from()) {
      credit(conversion, journey, funnelModel);
      return;
    }
    for (AttributionModel model : models) {
      credit(conversion, journey, model);
    }
    int day = conversion.day();
    if (capped) {
      sums.count(day, Swept.CAPPED, "", "", 0, 0);
    }
    long delay = journey.size == 0 ? 0 : conversion.time() - journey.time[0];
    path(conversion, journey, delay, Journeys.CAMPAIGN, journey.campaign);
    path(conversion, journey, delay, Journeys.CHANNEL, journey.channel);
    String campaign = funnelCampaign(journey);
    sums.count(
        new Sums.Key(day, Swept.DELAY, "", campaign, conversion.name(), "", delay, journey.size),
        1,
        conversion.value());
  }

  /** A journey that has not converted by the end of a day. */
  void open(int day, Journey journey) {
    if (journey.size > 0) {
      open(day, Journeys.CAMPAIGN, paths.of(journey.campaign, journey.size));
      open(day, Journeys.CHANNEL, paths.of(journey.channel, journey.size));
    }
  }

  private void open(int day, String dimension, String path) {
    sums.count(new Sums.Key(day, Swept.OPEN_PATH, dimension, path, "", "", 0, 0), 0, 0);
  }

  private void path(
      PersonEvent conversion, Journey journey, long delay, String dimension, String[] members) {
    String path = paths.of(members, journey.size);
    sums.count(
        new Sums.Key(conversion.day(), Swept.PATH, dimension, path, "", "", delay, journey.size),
        1,
        conversion.value());
  }

  private String funnelCampaign(Journey journey) {
    if (journey.size == 0) {
      return Journeys.UNATTRIBUTED;
    }
    funnelModel.shares(journey, shares);
    for (int i = 0; i < journey.size; i++) {
      if (shares[i] > 0) {
        return journey.campaign[i];
      }
    }
    throw new IllegalStateException(funnelModel.id() + " gives the conversion to no touch");
  }

  private void credit(PersonEvent conversion, Journey journey, AttributionModel model) {
    if (journey.size == 0) {
      for (String dimension : Journeys.DIMENSIONS) {
        credits.add(
            conversion.day(),
            dimension,
            Journeys.UNATTRIBUTED,
            conversion.name(),
            model.id(),
            conversion.value());
      }
      return;
    }
    model.shares(journey, shares);
    credit(conversion, journey, Journeys.CAMPAIGN, journey.campaign, model);
    credit(conversion, journey, Journeys.CHANNEL, journey.channel, model);
  }

  private void credit(
      PersonEvent conversion,
      Journey journey,
      String dimension,
      String[] members,
      AttributionModel model) {
    int day = conversion.day();
    String action = conversion.name();
    long value = conversion.value();
    if (model.additive()) {
      credits.share(day, dimension, members, shares, journey.size, action, model.id(), value);
      return;
    }
    for (int i = 0; i < journey.size; i++) {
      if (firstOfItsMember(members, i)) {
        credits.add(day, dimension, members[i], action, model.id(), value);
      }
    }
  }

  private static boolean firstOfItsMember(String[] members, int i) {
    for (int j = 0; j < i; j++) {
      if (members[j].equals(members[i])) {
        return false;
      }
    }
    return true;
  }
}
