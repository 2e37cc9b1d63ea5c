package dev.throughline.model;

/**
 * What only some reports need of a run; credit and the counts of campaigns are always found. What
 * no report of a run needs is not looked for.
 */
public enum Need {
  /** All rows of the run's days in the log, whatever became of them. */
  ROWS(true),
  /** What people do on a day, from event to event: the funnel's steps, landings, intent. */
  DAYS_OF_PEOPLE(true),
  /** The paths of journeys, also of those that have not converted. */
  PATHS(false),
  /** How long the journeys of conversions are. */
  DELAYS(false);

  private final boolean log;

  Need(boolean log) {
    this.log = log;
  }

  /** Whether what is kept for later runs says nothing of it, so that the log has to be read. */
  public boolean ofLog() {
    return log;
  }
}
