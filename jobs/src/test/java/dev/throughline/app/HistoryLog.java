package dev.throughline.app;

import dev.throughline.config.ConfigLoader;
import dev.throughline.config.Settings;
import dev.throughline.input.EventLog;
import dev.throughline.input.Events;
import dev.throughline.input.LogDays;
import dev.throughline.input.Period;
import dev.throughline.model.Facts;
import dev.throughline.model.Journeys;
import dev.throughline.reference.RandomPeople;
import dev.throughline.testing.Event;
import dev.throughline.testing.Scenario;
import dev.throughline.testing.TestSession;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * The classified log of a history as it is delivered: step by step more partitions, groups of
 * people whose day comes late, and some whose day is taken back.
 *
 * <p>A day's classification looks at one visitor and day alone, so the facts of a part of the
 * groups' days are that part of all facts.
 */
final class HistoryLog implements LogDays {
  static final LocalDate FIRST = LocalDate.parse("2026-10-23");
  static final int DAYS = 14;

  /** Groups of people in the log that histories draw theirs from. */
  private static final int GROUPS = 42;

  /**
   * What decides how rows are classified; histories of one kind share the work.
   *
   * @param zone the reporting zone; partitions are days of UTC
   */
  record Kind(String zone, int lateDays) {
    Map<String, String> settings() {
      return Map.of(
          "throughline.time-zone",
          zone,
          "throughline.input.events.partition.zone",
          "UTC",
          "throughline.input.events.partition.late-days",
          Integer.toString(lateDays),
          "throughline.invalid-traffic.events-per-hour",
          "20");
    }
  }

  static final List<Kind> KINDS =
      List.of(
          new Kind("UTC", 0),
          new Kind("America/New_York", 0),
          new Kind("Europe/Berlin", 1),
          new Kind("UTC", 2));

  private static final Map<Kind, List<Row>> CLASSIFIED = new HashMap<>();
  private static StructType schema;

  /** The part of a group's day that is there from one step until another. */
  private record Delivery(int from, int until) {
    boolean holds(int step) {
      return step >= from && step < until;
    }
  }

  private final Settings settings;
  private final List<Row> facts;
  private final Map<String, Delivery> deliveries = new HashMap<>();
  private final Map<LocalDate, TreeSet<Integer>> changes = new HashMap<>();
  private final boolean fingerprintsHold;
  private int step;
  private LocalDate delivered;

  /**
   * @param groups the numbers of the groups that the log is of
   * @param steps how many steps the history has
   * @param fingerprintsHold false for a log whose changes cannot be told
   */
  HistoryLog(
      Kind kind,
      Set<Integer> groups,
      Settings settings,
      Random random,
      int steps,
      boolean fingerprintsHold) {
    this.settings = settings;
    this.fingerprintsHold = fingerprintsHold;
    Set<String> names = groups.stream().map(RandomPeople::group).collect(Collectors.toSet());
    facts = classified(kind).stream().filter(fact -> names.contains(group(fact))).toList();
    List<String> ofGroups = List.copyOf(new TreeSet<>(names));
    int changing = random.nextInt(4);
    for (int i = 0; i < changing; i++) {
      String name = ofGroups.get(random.nextInt(ofGroups.size()));
      int at = 1 + random.nextInt(Math.max(1, steps - 1));
      deliveries.put(
          name + FIRST.plusDays(random.nextInt(DAYS)),
          random.nextBoolean() ? new Delivery(at, Integer.MAX_VALUE) : new Delivery(0, at));
    }
    for (Row fact : facts) {
      Delivery delivery = deliveries.get(group(fact) + day(fact));
      if (delivery != null) {
        changes
            .computeIfAbsent(partition(fact), any -> new TreeSet<>())
            .addAll(List.of(delivery.from(), delivery.until()));
      }
    }
    delivered = FIRST.minusDays(1);
  }

  private static String group(Row fact) {
    String id = fact.getAs(Events.EVENT_ID.name());
    return id.substring(0, 5);
  }

  private static LocalDate day(Row fact) {
    return fact.getDate(fact.fieldIndex(Events.DAY.name())).toLocalDate();
  }

  static LocalDate partition(Row fact) {
    return fact.getDate(fact.fieldIndex(Events.INPUT_DAY.name())).toLocalDate();
  }

  private static synchronized List<Row> classified(Kind kind) {
    return CLASSIFIED.computeIfAbsent(kind, HistoryLog::classify);
  }

  /** Writes, reads and classifies the log of all groups, as a run does. */
  private static List<Row> classify(Kind kind) {
    Path folder = History.folder();
    List<Event> events = new ArrayList<>();
    for (int group = 0; group < GROUPS; group++) {
      LocalDate begins = FIRST.plusDays(2 + group % (DAYS - 4));
      events.addAll(
          RandomPeople.events(
              group, begins.atStartOfDay(ZoneOffset.UTC).toInstant(), kind.lateDays()));
    }
    for (int day = -1; day < DAYS + 3; day++) {
      events.add(Event.event().at(FIRST.plusDays(day) + " 12:00").id("r999-" + day));
    }
    Scenario log = Scenario.in(folder).events(events);
    Map<String, String> set = new HashMap<>(kind.settings());
    set.put("throughline.input.events.path", log.log().toString());
    set.put("throughline.output.path", folder.resolve("tables").toString());
    set.put("throughline.periods", "[1]");
    set.put("throughline.attribution.models", "[last_touch]");
    set.put("throughline.attribution.click-lookback", "1d");
    Settings settings = ConfigLoader.load(Optional.empty(), set, Journeys.models());
    Period all = Period.of(FIRST, FIRST.plusDays(DAYS - 1L), settings);
    EventLog read = EventLog.open(TestSession.get(), settings, all);
    Dataset<Row> facts =
        Facts.classify(read.events(read.converters(), false), settings)
            .filter(Facts.STATUS.col().equalTo(Facts.FACT));
    schema = facts.schema();
    return facts.collectAsList();
  }

  /**
   * Goes on to a step, by which all partitions of a run are there.
   *
   * @param to the run's last day
   */
  void deliver(int to, LocalDate day) {
    step = to;
    List<LocalDate> own = Period.partitions(day, day, settings);
    LocalDate last = own.get(own.size() - 1);
    delivered = last.isAfter(delivered) ? last : delivered;
  }

  private boolean present(Row fact) {
    Delivery delivery = deliveries.get(group(fact) + day(fact));
    return !partition(fact).isAfter(delivered) && (delivery == null || delivery.holds(step));
  }

  /** The facts of some partitions, as of this step; a visitor's lie in one task, as in a run. */
  Dataset<Row> facts(Predicate<Row> which) {
    List<Row> rows = facts.stream().filter(which.and(this::present)).toList();
    return TestSession.get().createDataFrame(rows, schema).coalesce(1);
  }

  /** Which partitions are there, and when each was changed last. */
  @Override
  public Optional<String> fingerprint(LocalDate day) {
    StringBuilder print = new StringBuilder();
    for (LocalDate filed : Period.filed(day, settings)) {
      if (!filed.isAfter(delivered)) {
        print.append(filed).append(' ').append(fingerprintsHold ? changed(filed) : 0).append(' ');
      }
    }
    return Optional.of(print.toString());
  }

  /** The last step so far at which a partition changed. */
  private int changed(LocalDate partition) {
    Integer last = changes.getOrDefault(partition, new TreeSet<>()).floor(step);
    return last == null ? 0 : last;
  }

  @Override
  public boolean has(LocalDate day) {
    return Period.partitions(day, day, settings).stream().noneMatch(this::absent);
  }

  @Override
  public boolean lacks(LocalDate day) {
    return Period.filed(day, settings).stream().allMatch(this::absent);
  }

  private boolean absent(LocalDate partition) {
    return partition.isAfter(delivered) || partition.isBefore(FIRST.minusDays(1));
  }
}
