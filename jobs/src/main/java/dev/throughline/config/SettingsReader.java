package dev.throughline.config;

import com.typesafe.config.Config;
import dev.throughline.config.Settings.DimensionSettings;
import dev.throughline.config.Settings.EventLogSettings;
import dev.throughline.config.Settings.InvalidTraffic;
import dev.throughline.config.Settings.ModelIds;
import dev.throughline.config.Settings.PeopleRules;
import dev.throughline.config.Settings.Scorecard;
import dev.throughline.config.Settings.SessionRule;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Turns the merged configuration into {@link Settings}, key by key. */
final class SettingsReader {
  private static final List<String> FIRST_STEPS =
      List.of("impression", "viewable", "click", "landed");
  private static final Pattern STEP =
      Pattern.compile("impression|viewable|click|landed|engaged|intent|conversion|event:.+");
  private static final String STEPS =
      "impression, viewable, click, landed, engaged, intent, conversion or event:NAME";
  private static final Pattern TRANSFORM =
      Pattern.compile("identity|exposure|first|frequency|last\\([1-9]\\d{0,3}\\)");
  private static final String TRANSFORMS =
      "identity, exposure, first, frequency or last(n) with n from 1 to 9999";
  private static final List<String> PHASES = List.of("brand", "engagement", "conversion");
  private static final List<String> METRICS =
      List.of("reach", "viewable_impressions", "cpm", "ctr", "cpc", "cvr", "cpa", "roas");

  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(10);

  private final Config user;
  private final ConfigReader root;

  private SettingsReader(Config merged, Config user, Problems problems) {
    this.user = user;
    this.root = new ConfigReader(merged, ConfigLoader.ROOT, problems);
  }

  static Settings read(
      Config merged, Config user, String digest, Problems problems, ModelIds models) {
    SettingsReader reader = new SettingsReader(merged, user, problems);
    ConfigReader root = reader.root;
    ZoneId zone = root.zone("time-zone");
    return new Settings(
        zone,
        reader.currency(),
        reader.events(zone),
        reader.dimension("campaigns"),
        reader.dimension("spend"),
        root.at("output").location("path"),
        root.at("output").flag("keep-touches"),
        root.countFrom("restate-days", 0),
        reader.lease(),
        reader.invalidTraffic(),
        reader.session(),
        Set.copyOf(root.at("conversions").strings("one-per-user")),
        root.at("funnel").oneOf("model", models.singleTouch()),
        AttributionReader.read(root.at("attribution"), models),
        reader.periods(),
        reader.people(),
        root.at("levers").number("gain-percent", 0, 1000) / 100,
        reader.scorecard(),
        AuditReader.read(root.at("audit")),
        root.at("privacy").countFrom("min-people", 0),
        root.map("spark"),
        digest);
  }

  private Optional<String> currency() {
    Optional<String> code = root.optionalString("currency");
    if (code.isPresent() && !code.get().matches("[A-Z]{3}")) {
      root.invalid("currency", "is " + code.get() + ", but must be an ISO 4217 code such as EUR");
    }
    return code;
  }

  private EventLogSettings events(ZoneId zone) {
    ConfigReader events = root.at("input").at("events");
    ConfigReader partition = events.at("partition");
    Optional<String> path = events.optionalLocation("path");
    Optional<String> table = events.optionalString("table");
    if (path.isEmpty() && table.isEmpty()) {
      events.string("path");
    } else if (path.isPresent() && table.isPresent()) {
      events.invalid("path", "is set, and so is table; give the log one of them");
    }
    ZoneId timestampZone = events.zone("timestamp-zone");
    Map<String, String> columns = events.map("columns");
    return new EventLogSettings(
        path,
        table,
        events.oneOf("format", List.of("parquet", "orc")),
        partition.string("column"),
        partition.optionalString("zone").isPresent() ? partition.zone("zone") : zone,
        partition.countFrom("late-days", 0),
        events.duration("clock-tolerance"),
        timestampZone.getId(),
        columns,
        custom("input.events.columns", columns));
  }

  private Optional<DimensionSettings> dimension(String name) {
    ConfigReader dimension = root.at("input").at(name);
    Map<String, String> columns = dimension.map("columns");
    return dimension
        .optionalLocation("path")
        .map(
            path ->
                new DimensionSettings(
                    path, columns, custom("input." + name + ".columns", columns)));
  }

  /**
   * The columns that the user mapped, as opposed to those left at the default or mapped to nothing.
   */
  private Set<String> custom(String key, Map<String, String> columns) {
    String path = ConfigLoader.ROOT + "." + key;
    if (!user.hasPath(path)) {
      return Set.of();
    }
    Set<String> mapped = new TreeSet<>(user.getObject(path).keySet());
    mapped.retainAll(columns.keySet());
    return mapped;
  }

  private Duration lease() {
    ConfigReader output = root.at("output");
    Duration lease = output.positiveDuration("lease");
    if (lease.compareTo(SHORTEST_LEASE) < 0) {
      output.invalid("lease", "is shorter than 10s; clocks and pauses of machines need as much");
    }
    return lease;
  }

  private InvalidTraffic invalidTraffic() {
    ConfigReader traffic = root.at("invalid-traffic");
    String pattern = traffic.string("bot-user-agents");
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      traffic.invalid("bot-user-agents", "is no regular expression: " + e.getDescription());
    }
    return new InvalidTraffic(
        traffic.countFrom("events-per-hour", 0), traffic.duration("double-click-window"), pattern);
  }

  private SessionRule session() {
    ConfigReader session = root.at("session");
    return new SessionRule(
        session.positiveDuration("gap"),
        session.number("engaged-seconds", 0, Double.MAX_VALUE),
        session.countFrom("engaged-page-views", 1));
  }

  private List<Integer> periods() {
    List<Integer> periods = root.counts("periods", 1).stream().distinct().sorted().toList();
    if (!periods.contains(1)) {
      root.invalid("periods", "must hold 1, the day itself");
    }
    return periods;
  }

  private PeopleRules people() {
    ConfigReader dropOff = root.at("drop-off");
    ConfigReader intent = root.at("intent");
    ConfigReader paths = root.at("paths");
    List<String> steps = dropOff.each("steps", STEP, STEPS);
    if (steps.size() < 2) {
      dropOff.invalid("steps", "must hold two steps or more");
    } else if (!FIRST_STEPS.contains(steps.get(0))) {
      dropOff.invalid(
          "steps",
          "begins with "
              + steps.get(0)
              + ", but must with one of "
              + String.join(", ", FIRST_STEPS));
    }
    Duration window = dropOff.positiveDuration("window");
    if (window.compareTo(Duration.ofDays(1)) > 0) {
      dropOff.invalid("window", "is longer than 1d; the funnel of a day ends with the day");
    }
    return new PeopleRules(
        steps,
        window,
        Set.copyOf(intent.strings("signals")),
        intent.flag("return-visit"),
        paths.each("transforms", TRANSFORM, TRANSFORMS),
        paths.countFrom("top", 1));
  }

  private Scorecard scorecard() {
    ConfigReader scorecard = root.at("scorecard");
    Map<String, String> metrics = new TreeMap<>();
    for (String phase : PHASES) {
      metrics.put(phase, scorecard.at("metrics").oneOf(phase, METRICS));
    }
    return new Scorecard(scorecard.number("min-conversions", 0, Double.MAX_VALUE), metrics);
  }
}
