package dev.throughline.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import dev.throughline.model.Journeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every key is read, and a configuration comes from defaults, file and flags, in this order. */
class ConfigTest {
  private static final Path CONF = Path.of("..", "conf");

  /** What a configuration cannot do without, and the dimensions, so that their columns count. */
  private static final Map<String, String> BASE =
      Map.of(
          "throughline.input.events.path", "/log",
          "throughline.input.campaigns.path", "/campaigns.csv",
          "throughline.input.spend.path", "/spend.csv",
          "throughline.output.path", "/warehouse");

  /** Another legal value for every key that is not a column. */
  private static final Map<String, String> OTHER =
      Map.ofEntries(
          Map.entry("throughline.time-zone", "America/New_York"),
          Map.entry("throughline.currency", "EUR"),
          Map.entry("throughline.restate-days", "5"),
          Map.entry("throughline.input.events.path", "/other"),
          Map.entry("throughline.input.events.table", "log"),
          Map.entry("throughline.input.events.format", "orc"),
          Map.entry("throughline.input.events.partition.column", "day"),
          Map.entry("throughline.input.events.partition.zone", "Europe/Berlin"),
          Map.entry("throughline.input.events.partition.late-days", "2"),
          Map.entry("throughline.input.events.clock-tolerance", "5m"),
          Map.entry("throughline.input.events.timestamp-zone", "Europe/Berlin"),
          Map.entry("throughline.input.campaigns.path", "/other"),
          Map.entry("throughline.input.spend.path", "/other"),
          Map.entry("throughline.output.path", "/other"),
          Map.entry("throughline.invalid-traffic.events-per-hour", "0"),
          Map.entry("throughline.invalid-traffic.double-click-window", "500ms"),
          Map.entry("throughline.invalid-traffic.bot-user-agents", "robot"),
          Map.entry("throughline.session.gap", "20m"),
          Map.entry("throughline.session.engaged-seconds", "11.5"),
          Map.entry("throughline.session.engaged-page-views", "3"),
          Map.entry("throughline.conversions.one-per-user", "[sign_up]"),
          Map.entry("throughline.funnel.model", "first_touch"),
          Map.entry("throughline.attribution.click-lookback", "7d"),
          Map.entry("throughline.attribution.view-lookback", "12h"),
          Map.entry("throughline.attribution.half-life", "3d"),
          Map.entry("throughline.attribution.max-touches", "10"),
          Map.entry("throughline.attribution.models", "[linear]"),
          Map.entry("throughline.attribution.direct-channels", "[]"),
          Map.entry("throughline.attribution.lead-events", "[lead]"),
          Map.entry("throughline.attribution.position-based.first", "0.3"),
          Map.entry("throughline.attribution.position-based.last", "0.5"),
          Map.entry("throughline.output.keep-touches", "false"),
          Map.entry("throughline.output.lease", "20m"),
          Map.entry("throughline.attribution.training-days", "7"),
          Map.entry("throughline.attribution.training-transforms", "[exposure]"),
          Map.entry("throughline.attribution.resamples", "0"),
          Map.entry("throughline.attribution.custom-models", "{mine {first: 2}}"),
          Map.entry("throughline.periods", "[1, 14]"),
          Map.entry("throughline.drop-off.steps", "[click, landed, \"event:lead\"]"),
          Map.entry("throughline.drop-off.window", "3h"),
          Map.entry("throughline.intent.signals", "[]"),
          Map.entry("throughline.intent.return-visit", "false"),
          Map.entry("throughline.paths.transforms", "[first]"),
          Map.entry("throughline.paths.top", "10"),
          Map.entry("throughline.levers.gain-percent", "5"),
          Map.entry("throughline.scorecard.metrics.brand", "reach"),
          Map.entry("throughline.scorecard.metrics.engagement", "ctr"),
          Map.entry("throughline.scorecard.metrics.conversion", "roas"),
          Map.entry("throughline.scorecard.min-conversions", "30"),
          Map.entry("throughline.audit.max-rejected-share", "1"),
          Map.entry("throughline.audit.days", "14"),
          Map.entry("throughline.audit.min-days", "7"),
          Map.entry("throughline.audit.max-z", "5"),
          Map.entry("throughline.privacy.min-people", "10"),
          Map.entry("throughline.spark", "{\"spark.sql.shuffle.partitions\": 3}"));

  @TempDir Path temp;

  @Test
  void everyKeyIsRead() {
    Set<String> keys = new TreeSet<>();
    collect("", ConfigFactory.parseFile(CONF.resolve("throughline.conf").toFile()).root(), keys);
    Set<String> columns = new TreeSet<>(keys);
    columns.removeIf(key -> !key.contains(".columns."));
    keys.removeAll(columns);
    assertEquals(new TreeSet<>(OTHER.keySet()), keys, "every key has another value here");
    assertEquals(20 + 5 + 4, columns.size());
    columns.forEach(key -> assertChanges(key, "cast(null as string)"));
    OTHER.forEach(ConfigTest::assertChanges);
  }

  private static void assertChanges(String key, String value) {
    Map<String, String> flags = new HashMap<>(BASE);
    if (key.equals("throughline.input.events.table")) {
      flags.remove("throughline.input.events.path");
    }
    flags.put(key, value);
    Settings before = load(BASE);
    Settings after = load(flags);
    assertNotEquals(withoutDigest(before), withoutDigest(after), key + " is not read");
    assertNotEquals(before.digest(), after.digest(), key + " is not in the digest");
  }

  private static void collect(String prefix, ConfigObject object, Set<String> keys) {
    object.forEach(
        (name, value) -> {
          if (value instanceof ConfigObject child && !child.isEmpty()) {
            collect(prefix + name + ".", child, keys);
          } else {
            keys.add(prefix + name);
          }
        });
  }

  @Test
  void defaultsAreThoseThatAreDocumented() {
    Settings settings = load(BASE);
    assertEquals(ZoneId.of("UTC"), settings.zone());
    assertEquals(ZoneId.of("UTC"), settings.events().partitionZone());
    assertEquals(Optional.empty(), settings.currency());
    assertEquals(Duration.ofDays(30), settings.attribution().clickLookback());
    assertEquals(Duration.ofDays(1), settings.attribution().viewLookback());
    assertEquals(Duration.ofDays(7), settings.attribution().halfLife());
    assertEquals(500, settings.attribution().maxTouches());
    assertEquals(
        List.of("markov_2", "markov_3", "markov_4"),
        Journeys.models().all().stream()
            .filter(id -> !settings.attribution().models().contains(id))
            .toList());
    assertEquals(30, settings.attribution().trainingDays());
    assertEquals(Set.of(), settings.events().customColumns());
    assertEquals(Map.of(), settings.spark());
    assertEquals(settings, load(BASE));
  }

  @Test
  void modelsOfTheConfigurationFollowByName() {
    String custom = "{m6 {}, m2 {}, m5 {}, m1 {}, m4 {}, m3 {}}";
    Map<String, String> flags = with("throughline.attribution.custom-models", custom);
    flags.put("throughline.attribution.models", "[m4, linear]");
    assertEquals(
        List.of("m4", "linear", "m1", "m2", "m3", "m5", "m6"), load(flags).attribution().models());
  }

  @Test
  void partitionsAreInTheReportingZoneUnlessSaidOtherwise() {
    Settings settings = load(with("throughline.time-zone", "Asia/Tokyo"));
    assertEquals(ZoneId.of("Asia/Tokyo"), settings.events().partitionZone());
  }

  @Test
  void fileWinsOverDefaultsAndFlagsWinOverTheFile() throws IOException {
    Path file = temp.resolve("my.conf");
    Files.writeString(
        file,
        """
        home = ${PATH}
        throughline {
          output.path = ${home}"/tables"
          input.events { path = "/log", columns.value = "price * 2" }
          currency = JPY
          attribution { half-life = 3 days, models = [linear, shared] }
          attribution.models = ${throughline.conversions.one-per-user} [participation]
          spark { "spark.sql.shuffle.partitions" = 7, spark.ui.enabled = true }
        }
        """);
    Settings settings = load(Optional.of(file), Map.of());
    assertEquals(System.getenv("PATH") + "/tables", settings.outputPath());
    assertEquals(Optional.of("JPY"), settings.currency());
    assertEquals(Duration.ofDays(3), settings.attribution().halfLife());
    assertEquals(List.of("participation"), settings.attribution().models());
    assertEquals("price * 2", settings.events().columns().get("value"));
    assertEquals(Set.of("value"), settings.events().customColumns());
    assertEquals(
        Map.of("spark.sql.shuffle.partitions", "7", "spark.ui.enabled", "true"),
        new TreeMap<>(settings.spark()));

    Settings flagged =
        load(
            Optional.of(file),
            Map.of(
                "throughline.currency", "null",
                "throughline.attribution.half-life", "2d",
                "throughline.attribution.models",
                    "[linear, 'time_decay', linear]".replace('\'', '"'),
                "throughline.output.path", "s3a://bucket/tables?x=[1]",
                "throughline.spark.\"spark.sql.shuffle.partitions\"", "9",
                "throughline.input.events.columns.currency", "null"));
    assertEquals(Optional.empty(), flagged.currency());
    assertEquals(Duration.ofDays(2), flagged.attribution().halfLife());
    assertEquals(List.of("linear", "time_decay"), flagged.attribution().models());
    assertEquals("s3a://bucket/tables?x=[1]", flagged.outputPath());
    assertEquals("9", flagged.spark().get("spark.sql.shuffle.partitions"));
    assertFalse(flagged.events().columns().containsKey("currency"));
    assertEquals(Set.of("value"), flagged.events().customColumns(), "null maps to nothing");
  }

  @Test
  void presetsMapColumnsThatThereAre() throws IOException {
    Set<String> known = load(BASE).events().columns().keySet();
    List<Path> presets = new ArrayList<>();
    try (var files = Files.list(CONF.resolve("presets"))) {
      files.forEach(presets::add);
    }
    assertTrue(presets.size() >= 2, presets.toString());
    for (Path preset : presets) {
      Settings settings = load(Optional.of(preset), BASE);
      Set<String> mapped = settings.events().customColumns();
      assertTrue(mapped.containsAll(Set.of("event_id", "event_time", "event_type")), preset + "");
      assertTrue(known.containsAll(mapped), preset + " maps " + mapped);
      settings.events().columns().values().forEach(functions::expr);
    }
    Path own = temp.resolve("own.conf");
    Files.writeString(
        own,
        "include required(file(\""
            + CONF.resolve("presets/snowplow.conf").toAbsolutePath()
            + "\"))\nthroughline.input.events.columns.value = tr_total_base");
    Settings settings = load(Optional.of(own), BASE);
    assertEquals("tr_total_base", settings.events().columns().get("value"));
    assertEquals("event_id", settings.events().columns().get("event_id"));
    assertEquals(1, settings.events().lateDays());
  }

  @Test
  void sampleConfigurationLoads() throws IOException {
    String text = Files.readString(CONF.resolve("data-samples.conf"));
    Path file = temp.resolve("sample.conf");
    Files.writeString(file, text.replace("${THROUGHLINE_HOME}", "${PATH}"));
    assertEquals(
        System.getenv("PATH") + "/data-samples/events",
        load(Optional.of(file), Map.of()).events().path().orElseThrow());
  }

  private static Map<String, String> with(String key, String value) {
    Map<String, String> flags = new HashMap<>(BASE);
    flags.put(key, value);
    return flags;
  }

  private static Settings load(Map<String, String> flags) {
    return load(Optional.empty(), flags);
  }

  private static Settings load(Optional<Path> file, Map<String, String> flags) {
    return ConfigLoader.load(file, flags, Journeys.models());
  }

  private static Settings withoutDigest(Settings s) {
    return new Settings(
        s.zone(),
        s.currency(),
        s.events(),
        s.campaigns(),
        s.spend(),
        s.outputPath(),
        s.keepTouches(),
        s.restateDays(),
        s.lease(),
        s.invalidTraffic(),
        s.session(),
        s.onePerUser(),
        s.funnelModel(),
        s.attribution(),
        s.periods(),
        s.people(),
        s.leverGain(),
        s.scorecard(),
        s.audit(),
        s.minPeople(),
        s.spark(),
        "");
  }
}
