package dev.throughline.reports;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import java.util.List;
import java.util.stream.Collectors;

/** The list of all reports: listing, writing, auditing, docs and tests go through it. */
public final class Reports {
  public static final List<Report> ALL =
      List.of(
          new CampaignFunnel(),
          new CampaignActions(),
          new Attribution(),
          new AttributionReconciliation(),
          new AttributionComparison(),
          new MarkovTransitions(),
          new RemovalEffects(),
          new ShapleyPositions(),
          new CampaignScorecard(),
          new Levers(),
          new FunnelDropOff(),
          new JourneyPaths(),
          new TimeToConvert(),
          new PostClickBehaviour(),
          new AudienceIntent(),
          new AudienceReach(),
          new DataQuality(),
          new EventLateness(),
          new RejectedEvents());

  private Reports() {}

  /**
   * The report of a table name.
   *
   * @throws ThroughlineException of kind CONFIG that names the tables there are
   */
  public static Report byName(String name) {
    return ALL.stream()
        .filter(report -> report.table().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ThroughlineException(
                    ErrorKind.CONFIG,
                    "There is no report "
                        + name
                        + ". The reports are "
                        + ALL.stream()
                            .map(report -> report.table().name())
                            .collect(Collectors.joining(", "))
                        + "."));
  }
}
