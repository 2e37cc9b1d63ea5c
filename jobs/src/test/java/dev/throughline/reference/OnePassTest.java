package dev.throughline.reference;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.config.ConfigLoader;
import dev.throughline.config.Settings;
import dev.throughline.input.Events;
import dev.throughline.input.MappedLog;
import dev.throughline.model.Facts;
import dev.throughline.model.Journeys;
import dev.throughline.person.Classification;
import dev.throughline.person.CompactEvent;
import dev.throughline.person.PersonEvents;
import dev.throughline.person.VisitorKind;
import dev.throughline.testing.TestSession;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two hundred random logs: the one pass over compact events classifies every row as the windows of
 * {@link Facts} do, whichever source reads it, in memory and spilled.
 */
class OnePassTest {
  private static final int LOGS = 200;
  private static final String FILE = " in file ";

  private static final long ALL_IN_MEMORY = Long.MAX_VALUE;

  /** So few bytes that nearly every block is spilled. */
  private static final long LITTLE = 100_000;

  private static final Map<String, String> TIGHT =
      Map.of(
          "throughline.time-zone", "America/New_York",
          "throughline.input.events.partition.zone", "UTC",
          "throughline.invalid-traffic.events-per-hour", "20");

  @TempDir Path folder;

  @Test
  void rowsAreClassifiedAsByWindows() {
    Dataset<Row> log = RandomTies.log(folder, LOGS);
    Map<String, String> plain = Map.of("throughline.input.events.partition.late-days", "0");
    compare(log, plain, true, ALL_IN_MEMORY);
    compare(log, TIGHT, true, LITTLE);
    Map<String, String> late = new HashMap<>(TIGHT);
    late.put("throughline.time-zone", "America/Goose_Bay");
    late.put("throughline.input.events.partition.late-days", "2");
    late.put("throughline.invalid-traffic.events-per-hour", "3");
    late.put("throughline.invalid-traffic.double-click-window", "2s");
    compare(log, late, true, ALL_IN_MEMORY);
    Map<String, String> off = new HashMap<>(TIGHT);
    off.put("throughline.invalid-traffic.events-per-hour", "0");
    off.put("throughline.invalid-traffic.double-click-window", "0s");
    off.put("throughline.invalid-traffic.bot-user-agents", "");
    off.put("throughline.input.events.columns.user_agent", "nullif(user_agent, 'Mozilla/5.0')");
    compare(log, off, false, ALL_IN_MEMORY);
  }

  @Test
  void renamedAbsentAndWiderColumnsAreReadAsTheyLie() {
    Path narrowed = folder.resolve("renamed");
    RandomTies.log(folder, LOGS)
        .withColumnRenamed("campaign_id", "Campaign")
        .drop("channel", "invalid_reason", "viewable")
        .withColumn("value", col("value").cast("decimal(38,10)"))
        .withColumn(
            "value",
            functions
                .when(col("event_id").endsWith("7"), functions.lit(new BigDecimal("1e20")))
                .otherwise(col("value")))
        .write()
        .partitionBy("dt")
        .parquet(narrowed.toString());
    Map<String, String> keys = new HashMap<>(TIGHT);
    keys.put("throughline.input.events.columns.campaign_id", "campaign");
    compare(TestSession.get().read().parquet(narrowed.toString()), keys, true, ALL_IN_MEMORY);
  }

  private void compare(Dataset<Row> log, Map<String, String> keys, boolean plain, long memory) {
    Map<String, String> all = new HashMap<>(keys);
    all.put("throughline.input.events.path", folder.resolve("events").toString());
    all.put("throughline.output.path", folder.resolve("tables").toString());
    Settings settings = ConfigLoader.load(Optional.empty(), all, Journeys.models());
    MappedLog mapped = new MappedLog(settings, log, true, "the log");
    List<String> expected =
        Facts.classify(mapped.read(), settings).select(columns()).collectAsList().stream()
            .map(OnePassTest::described)
            .toList();
    assertTrue(expected.size() > 10_000, "only " + expected.size() + " rows");
    for (Classification one : Classification.values()) {
      String words = "[" + one.status() + ", " + one.invalid() + ", ";
      long rows = expected.stream().filter(row -> row.startsWith(words)).count();
      boolean absent = !plain || one == Classification.UPSTREAM;
      assertTrue(rows > 0 || absent, "no case of " + one);
    }
    same(expected, PersonEvents.ofRows(mapped, settings, 3, memory));
    Optional<PersonEvents> batches = PersonEvents.ofBatches(mapped, true, settings, 5, memory);
    assertEquals(plain, batches.isPresent(), "whether the log can be read as it lies");
    batches.ifPresent(events -> same(expected, events));
  }

  private static void same(List<String> expected, PersonEvents events) {
    List<String> found = events.pass(Described::new).collect();
    same(part(expected, 0), part(found, 0));
    same(part(expected, 1), part(found, 1));
  }

  private static List<String> part(List<String> rows, int part) {
    return rows.stream().map(row -> row.split(FILE, 2)[part]).sorted().toList();
  }

  private static void same(List<String> expected, List<String> found) {
    for (int i = 0; i < Math.min(expected.size(), found.size()); i++) {
      assertEquals(expected.get(i), found.get(i), "row " + i);
    }
    assertEquals(expected.size(), found.size());
  }

  private static Column[] columns() {
    return new Column[] {
      Facts.STATUS.col(),
      Facts.INVALID.col(),
      Events.EVENT_ID.col(),
      Facts.SEQUENCE.col(),
      Facts.VISITOR_KIND.col(),
      xxhash64(Facts.VISITOR.col()),
      Events.INPUT_DAY.col(),
      Events.DAY.col(),
      Events.TIME.col(),
      Events.RANK.col(),
      Events.EVENT_NAME.col(),
      functions.when(Events.SESSION_ID.col().isNotNull(), xxhash64(Events.SESSION_ID.col())),
      Events.CAMPAIGN_ID.col(),
      Events.CHANNEL.col(),
      functions.when(Events.IMPRESSION_ID.col().isNotNull(), xxhash64(Events.IMPRESSION_ID.col())),
      Events.VIEWABLE.col(),
      Events.ENGAGEMENT_SECONDS.col(),
      Events.VALUE.col(),
      Events.CURRENCY.col(),
      Events.ORDER_ID.col(),
      Events.COST.col(),
      Events.COST_CURRENCY.col(),
      Events.CONSENT.col(),
      Events.RECEIVED.col(),
      Events.PAYLOAD.col(),
      Events.REJECT_REASON.col(),
      Events.RAW.col(),
      Events.FILE.col()
    };
  }

  private static String described(Row row) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      values.add(row.get(i));
    }
    if (row.getInt(4) == VisitorKind.NO_EVENT.number()) {
      values.set(5, row.getLong(24));
    }
    return described(values);
  }

  private static String described(List<Object> values) {
    // Which of several files holds the fact and which its duplicate is not laid down.
    String file = values.get(2) + " " + values.get(24) + " " + values.get(27) + " ";
    return values.subList(0, 27) + FILE + file;
  }

  /** All that there is to say of a row. */
  private static final class Described implements PersonEvents.Pass<String> {
    private final PersonEvents.Texts texts;
    private final List<String> rows = new ArrayList<>();

    Described(PersonEvents.Texts texts) {
      this.texts = texts;
    }

    @Override
    public void take(CompactEvent event, Classification classification, int place) {
      List<Object> values = new ArrayList<>();
      values.add(classification.status());
      values.add(classification.invalid());
      values.add(event.texts().id());
      values.add(place);
      values.add(event.kind().number());
      values.add(event.visitor());
      values.add(LocalDate.ofEpochDay(event.inputDay()));
      values.add(LocalDate.ofEpochDay(event.day()));
      values.add(event.hasTime() ? event.time() : null);
      values.add(event.rank() == 7 ? null : event.rank());
      values.add(texts.text(event.name()));
      values.add(event.hasSession() ? event.session() : null);
      values.add(texts.text(event.campaign()));
      values.add(texts.text(event.channel()));
      values.add(event.hasImpression() ? event.impression() : null);
      values.add(event.viewable());
      values.add(event.hasSeconds() ? event.seconds() : null);
      values.add(event.hasValue() ? BigDecimal.valueOf(event.value(), 6) : null);
      values.add(texts.text(event.currency()));
      values.add(event.texts().order());
      values.add(event.hasCost() ? BigDecimal.valueOf(event.cost(), 6) : null);
      values.add(texts.text(event.costCurrency()));
      values.add(event.consent());
      values.add(event.hasReceived() ? event.received() : null);
      values.add(event.payload());
      values.add(event.rejection() == null ? null : event.rejection().word());
      values.add(event.texts().raw());
      values.add(event.hasFile() ? event.file() : null);
      rows.add(described(values));
    }

    @Override
    public Iterator<String> end() {
      return rows.iterator();
    }
  }
}
