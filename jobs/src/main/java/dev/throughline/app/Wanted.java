package dev.throughline.app;

import dev.throughline.config.Settings;
import dev.throughline.model.Need;
import dev.throughline.reports.Report;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a run looks for, and where.
 *
 * @param needs what its reports need besides credit and the counts of campaigns
 * @param rebuild whether all is read from the log and kept anew, whatever earlier runs kept
 */
record Wanted(Set<Need> needs, boolean rebuild) {

  static Wanted by(List<Report> reports, boolean rebuild) {
    return new Wanted(
        reports.stream().flatMap(report -> report.needs().stream()).collect(Collectors.toSet()),
        rebuild);
  }

  /** Which kept days are not read. */
  Keeping.Use kept() {
    if (rebuild) {
      return Keeping.Use.NONE;
    }
    return needs.stream().anyMatch(Need::ofLog) ? Keeping.Use.DAYS_BEFORE : Keeping.Use.ALL;
  }

  /**
   * Whether touches of everybody are followed, and not only those of people who converted: for
   * journeys that have not converted, and for visits that come back after a click.
   */
  boolean touchesOfEverybody(Settings settings) {
    return needs.contains(Need.PATHS)
        || needs.contains(Need.DAYS_OF_PEOPLE)
        || settings.attribution().anyLearned();
  }
}
