package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.config.Settings;
import dev.throughline.input.Dimensions;
import dev.throughline.input.EventType;
import dev.throughline.input.Events;
import dev.throughline.input.Period;
import dev.throughline.metrics.CampaignDays;
import dev.throughline.model.Conversions;
import dev.throughline.model.Facts;
import dev.throughline.model.Journeys;
import dev.throughline.table.Table;
import dev.throughline.testing.TestSession;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** One run of a history: the steps of a night between the classified log and its sums. */
final class HistoryRun {
  private static final InputCounts NO_COUNTS =
      new InputCounts(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

  private final HistoryLog log;
  private final KeptStores stores;
  private final Settings settings;
  private final Period period;
  private final Wanted wanted;
  private final Keeping keeping;
  private final PlantedFault fault;
  private final Map<Table, Map<LocalDate, List<Row>>> written = new HashMap<>();
  private Set<String> converters;

  HistoryRun(
      HistoryLog log,
      KeptStores stores,
      Settings settings,
      Period period,
      Wanted wanted,
      PlantedFault fault) {
    this.log = log;
    this.stores = stores;
    this.settings = settings;
    this.period = period;
    this.wanted = wanted;
    this.fault = fault;
    keeping = new Keeping(stores, log, period, settings, wanted.kept());
  }

  /** How many days the run took from what earlier ones kept. */
  int keptDays() {
    return keeping.days().size();
  }

  boolean readSnapshot() {
    return keeping.carriedTo().isPresent();
  }

  /** Computes the sums; what is to be kept is written, and not yet in place. */
  NightSums compute() {
    LocalDate wholeFrom =
        period.wholeDaysBefore(settings).stream().findFirst().orElse(period.from());
    KeptTouches keptTouches =
        new KeptTouches(keeping, wholeFrom, wanted.touchesOfEverybody(settings));
    Period reading = keeping.reading();
    Predicate<Row> whole =
        fact -> {
          LocalDate partition = HistoryLog.partition(fact);
          return reading.history().contains(partition)
              || reading.required().contains(partition)
              || reading.late().contains(partition);
        };
    Dataset<Row> people = local(keptTouches.converters(convertersAmong(log.facts(whole))));
    converters =
        people.collectAsList().stream().map(row -> row.getString(0)).collect(Collectors.toSet());
    Dataset<Row> read =
        log.facts(
            whole.or(
                fact ->
                    reading.lookback().contains(HistoryLog.partition(fact))
                        && fact.<Integer>getAs(Facts.VISITOR_KIND.name()) == 0
                        && converters.contains(fact.<String>getAs(Facts.VISITOR.name()))));
    Dataset<Row> own = read.filter(keeping.notKept());
    Dataset<Row> counted =
        own.filter(
            Events.DAY
                .col()
                .between(java.sql.Date.valueOf(wholeFrom), java.sql.Date.valueOf(period.to())));
    Optional<Dataset<Row>> touches = keptTouches.of(people);
    Dataset<Row> repeated = local(Conversions.repeated(own, touches, settings));
    Dataset<Row> swept =
        local(
            Journeys.sweep(
                own, touches, wholeFrom, repeated, campaigns(), period, settings, wanted.needs()));
    NightSums sums = new NightSums();
    sums.addSwept(swept.collectAsList(), period);
    Dataset<Row> conversions = Conversions.counted(counted, repeated);
    LocalDate countedFrom = period.countedFrom();
    addKept(
        sums, Conversions.UNJOINABLE, Conversions.unjoinable(conversions), wholeFrom, countedFrom);
    addKept(sums, CampaignDays.EVENTS, CampaignDays.events(swept), wholeFrom, countedFrom);
    Column inRun = Events.DAY.col().geq(java.sql.Date.valueOf(period.from()));
    Dataset<Row> totals = Conversions.totals(conversions.filter(inRun));
    sums.addTotals(
        keptTouches
            .totals(period.from(), repeated)
            .map(kept -> Conversions.added(totals, kept))
            .orElse(totals)
            .collectAsList());
    keeping.writeTouches(this::write, Journeys.touches(own, repeated, settings));
    return sums;
  }

  private void addKept(
      NightSums sums, Table table, Dataset<Row> rows, LocalDate wholeFrom, LocalDate compared) {
    Dataset<Row> found = local(rows);
    keeping.write(this::write, table, found);
    sums.addKept(
        table.name(),
        table.fields(),
        keeping.withKept(found, table, wholeFrom).collectAsList(),
        compared);
  }

  private static Dataset<Row> convertersAmong(Dataset<Row> facts) {
    return facts
        .filter(EventType.CONVERSION.here())
        .filter(Facts.joinable())
        .select(Events.USER_ID.as(Facts.VISITOR.col()))
        .distinct();
  }

  private static Dataset<Row> campaigns() {
    StructType schema =
        new StructType()
            .add(Dimensions.CAMPAIGN_ID.structField())
            .add(Dimensions.CHANNEL.structField());
    return TestSession.get().createDataFrame(List.<Row>of(), schema);
  }

  private static Dataset<Row> local(Dataset<Row> rows) {
    return TestSession.get().createDataFrame(rows.collectAsList(), rows.schema());
  }

  private Dataset<Row> write(Table table, Dataset<Row> rows, List<LocalDate> days) {
    Map<LocalDate, List<Row>> byDay = new TreeMap<>();
    days.forEach(day -> byDay.put(day, List.of()));
    byDay.putAll(MemoryDays.byDay(table, rows));
    Set<String> followed = wanted.touchesOfEverybody(settings) ? null : converters;
    Map<LocalDate, List<Row>> kept = fault.applied(table, byDay, store(table), followed);
    written.put(table, kept);
    List<Row> all = new ArrayList<>();
    kept.values().forEach(all::addAll);
    return TestSession.get().createDataFrame(all, table.schema());
  }

  private MemoryDays store(Table table) {
    return (MemoryDays) (table.equals(Carrying.TABLE) ? stores.snapshots() : stores.days());
  }

  /**
   * Puts in place what was written.
   *
   * @param files how many files are put in place before the run is killed
   */
  void publish(int files) {
    int[] left = {files};
    try {
      putInPlace(left);
    } catch (KilledException killed) {
      assertTrue(files >= 0);
    }
  }

  private void putInPlace(int[] left) {
    keeping.publish(
        () ->
            written.forEach(
                (table, days) ->
                    days.forEach(
                        (day, rows) -> {
                          if (left[0]-- == 0) {
                            throw new KilledException();
                          }
                          store(table).put(table, day, rows);
                        })),
        NO_COUNTS);
  }

  /** Stands for the end of the process. */
  private static final class KilledException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
