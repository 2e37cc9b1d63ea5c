package dev.throughline.config;

import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that a run is told by its configuration; {@code conf/throughline.conf} explains each
 * key.
 *
 * @param zone the reporting zone, whose midnights divide days
 * @param currency the one currency of all money, where the configuration names it
 * @param events where the event log is and how its columns are mapped
 * @param campaigns the campaign dimension, where there is one
 * @param spend the spend table, where there is one
 * @param outputPath the folder of the published tables
 * @param keepTouches whether runs keep touches and counts of their days for later runs
 * @param restateDays how many days before that of a night are published again if what they rest on
 *     changed
 * @param lease how long a run may stay silent before another may take its output path over
 * @param invalidTraffic what is filtered as invalid traffic
 * @param session what ends a visit and what makes it engaged
 * @param onePerUser conversion names that count once per person within the click look-back
 * @param funnelModel id of the single-touch model that gives a conversion to its campaign in the
 *     funnel
 * @param attribution windows and models of attribution
 * @param periods the lengths of the periods of funnel and scorecard, in days, ascending
 * @param people what is told of people's days
 * @param leverGain by how much levers raise a rate; 0.1 is ten per cent
 * @param scorecard what a verdict needs
 * @param audit what refuses a run whose tables keep their contract
 * @param minPeople rows of tables that rest on fewer people are folded; 0: none is
 * @param spark settings passed to Spark under its own names
 * @param digest SHA-256 of the configuration in force, to tell runs apart
 */
public record Settings(
    ZoneId zone,
    Optional<String> currency,
    EventLogSettings events,
    Optional<DimensionSettings> campaigns,
    Optional<DimensionSettings> spend,
    String outputPath,
    boolean keepTouches,
    int restateDays,
    Duration lease,
    InvalidTraffic invalidTraffic,
    SessionRule session,
    Set<String> onePerUser,
    String funnelModel,
    Attribution attribution,
    List<Integer> periods,
    PeopleRules people,
    double leverGain,
    Scorecard scorecard,
    AuditRules audit,
    int minPeople,
    Map<String, String> spark,
    String digest) {

  /**
   * Ids of the attribution models that there are, for the configuration to check against.
   *
   * @param all all of them
   * @param singleTouch those that give a conversion to one touch
   * @param learned those that learn from several days
   */
  public record ModelIds(List<String> all, List<String> singleTouch, List<String> learned) {}

  /**
   * Where the event log is.
   *
   * @param path folder with one sub-folder a day; exactly one of path and table is there
   * @param table name of a table that Spark can read
   * @param format file format below the path
   * @param partitionColumn column and folder name that says which day a file holds
   * @param partitionZone the zone whose days the partition column means
   * @param lateDays how many days after its own day an event may be filed
   * @param clockTolerance by how much an event may seem to happen after it was received
   * @param timestampZone the zone of timestamps without a zone
   * @param columns Spark SQL expression by logical column
   * @param customColumns the logical columns that the user mapped; a default that is absent is
   *     NULL, these must resolve
   */
  public record EventLogSettings(
      Optional<String> path,
      Optional<String> table,
      String format,
      String partitionColumn,
      ZoneId partitionZone,
      int lateDays,
      Duration clockTolerance,
      String timestampZone,
      Map<String, String> columns,
      Set<String> customColumns) {}

  /**
   * A small table beside the log.
   *
   * @param path a Parquet folder or a CSV file with a header
   * @param columns Spark SQL expression by logical column
   * @param customColumns the logical columns that the user mapped
   */
  public record DimensionSettings(
      String path, Map<String, String> columns, Set<String> customColumns) {}

  /**
   * What is filtered as invalid traffic.
   *
   * @param eventsPerHour events of a person in a clock hour beyond which the hour is invalid; 0
   *     sets no limit
   * @param doubleClickWindow a second click on a campaign within this time is invalid
   * @param botUserAgents regular expression of declared bots
   */
  public record InvalidTraffic(
      int eventsPerHour, Duration doubleClickWindow, String botUserAgents) {}

  /**
   * What ends a visit and what makes it engaged; it travels to the executors.
   *
   * @param gap so much time without an event ends it
   * @param engagedSeconds it is engaged with more foreground seconds than this
   * @param engagedPageViews or with at least so many page views
   */
  public record SessionRule(Duration gap, double engagedSeconds, int engagedPageViews)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Windows and models of attribution; it travels to the executors.
   *
   * @param clickLookback how long before a conversion a click can earn credit
   * @param viewLookback how long before a conversion a view can earn credit; at most the click's
   * @param halfLife the age at which time_decay halves a touch's weight
   * @param maxTouches the most touches of a journey, the latest
   * @param models ids of the models to compute
   * @param directChannels channels that last_non_direct passes over
   * @param leadEvents event names that mark the lead milestone
   * @param positionFirst weight of the first touch in position_based
   * @param positionLast weight of the last touch in position_based
   * @param custom models of the configuration's own, by id
   * @param anyLearned whether any of the models learns from several days
   * @param trainingDays how many days that end with the day models learn from
   * @param trainingTransforms what is done to a journey before a chain learns from it, in order
   * @param resamples how many resamples of people the intervals of shares are taken from; 0: there
   *     are no intervals
   */
  public record Attribution(
      Duration clickLookback,
      Duration viewLookback,
      Duration halfLife,
      int maxTouches,
      List<String> models,
      Set<String> directChannels,
      Set<String> leadEvents,
      double positionFirst,
      double positionLast,
      Map<String, CustomWeights> custom,
      boolean anyLearned,
      int trainingDays,
      List<String> trainingTransforms,
      int resamples)
      implements Serializable {
    private static final long serialVersionUID = 2L;
  }

  /**
   * The weights of a model of the configuration's own. A touch weighs their product.
   *
   * @param first weight of the first touch, also of the only one
   * @param middle weight that those between share; null: each of them weighs 1
   * @param last weight of the last touch of several
   * @param halfLife the age at which a touch weighs half; null: age does not matter
   * @param channels factor by channel; 1 for others
   * @param click factor of clicks
   * @param view factor of views
   */
  public record CustomWeights(
      double first,
      Double middle,
      double last,
      Duration halfLife,
      Map<String, Double> channels,
      double click,
      double view)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * What is told of people's days and paths; it travels to the executors.
   *
   * @param steps the steps of the people funnel, in order
   * @param window how long after the first step the others count
   * @param signals event names that show intent
   * @param returnVisitIsSignal whether a return visit shows intent
   * @param pathTransforms what is done to a path, in order
   * @param topPaths how many paths of a day and dimension have a row of their own
   */
  public record PeopleRules(
      List<String> steps,
      Duration window,
      Set<String> signals,
      boolean returnVisitIsSignal,
      List<String> pathTransforms,
      int topPaths)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    /** How long after a click a visit is a return to its campaign. */
    public static final Duration RETURN_WINDOW = Duration.ofDays(7);
  }

  /**
   * What a verdict needs.
   *
   * @param minConversions conversions to be expected of a campaign, from its share of attention, at
   *     the least
   * @param metrics the metric that judges a campaign, by phase
   */
  public record Scorecard(double minConversions, Map<String, String> metrics) {}

  /**
   * What refuses a run whose tables keep their contract.
   *
   * @param maxRejectedShare the largest part of a day's rows that may be rejected
   * @param days how many published days a day is compared with; 0: it is compared with none
   * @param minDays with fewer it is compared with none
   * @param maxZ the score beyond which a figure refuses the day
   */
  public record AuditRules(double maxRejectedShare, int days, int minDays, double maxZ) {}
}
