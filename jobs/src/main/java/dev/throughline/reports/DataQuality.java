package dev.throughline.reports;

import static dev.throughline.metrics.Counts.countIf;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;
import static org.apache.spark.sql.types.DataTypes.LongType;

import dev.throughline.config.Settings;
import dev.throughline.input.EventType;
import dev.throughline.input.Events;
import dev.throughline.input.LocalDays;
import dev.throughline.metrics.CampaignDays;
import dev.throughline.model.Conversions;
import dev.throughline.model.Facts;
import dev.throughline.model.Journeys;
import dev.throughline.model.Need;
import dev.throughline.table.Field;
import dev.throughline.table.Repeats;
import dev.throughline.table.Rule;
import dev.throughline.table.Table;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** What became of the day's rows, and what was left out of which count. */
public final class DataQuality implements Report {
  private static final Field ROWS_IN = count("rows_in", "Rows of the log.");
  private static final Field FACTS = Gaps.FACTS.count();
  private static final Field DUPLICATES =
      count("duplicates", "Rows that repeat an event_id with the same payload.");
  private static final Field REJECTED = count("rejected", "Rows in rejected_events.");
  private static final Field CONFLICTS =
      count(
          "conflicting_event_ids",
          "Facts that repeat an event_id of the day with another payload; they are kept.");
  private static final Field INVALID_UPSTREAM =
      count("invalid_upstream", "Facts marked as invalid traffic upstream.");
  private static final Field INVALID_BOT =
      count("invalid_declared_bot", "Facts whose user agent declares a bot.");
  private static final Field INVALID_ACTIVITY =
      count("invalid_activity_limit", "Facts of a person's hour above the limit of events.");
  private static final Field INVALID_DOUBLE_CLICK =
      count("invalid_double_click", "Second clicks of a double click.");
  private static final Field LATE =
      count("late_facts", "Facts that were collected on a later day than they happened.");
  private static final Field NO_VISIT =
      count("page_views_without_visit", "Valid page views with neither user nor session.");
  private static final Field RECORDED = Gaps.CONVERSIONS.count();
  private static final Field REPEATED_ORDER =
      count("conversions_repeated_order", "Of these, repeats of the day's order; not counted.");
  private static final Field REPEATED_USER =
      count("conversions_repeated_user", "Of these, repeats of one_per_user names; not counted.");
  private static final Field CONVERSIONS =
      count("conversions", "Conversions that count: the total of attribution.");
  private static final Field JOURNEYS_CAPPED =
      count("journeys_capped", "Conversions whose journey had more touches than the cap.");

  private static final List<Field> COUNTS =
      Stream.concat(
              Stream.of(
                  ROWS_IN,
                  FACTS,
                  DUPLICATES,
                  REJECTED,
                  CONFLICTS,
                  INVALID_UPSTREAM,
                  INVALID_BOT,
                  INVALID_ACTIVITY,
                  INVALID_DOUBLE_CLICK,
                  Gaps.WITHOUT_USER.count(),
                  Gaps.WITHOUT_CONSENT.count(),
                  LATE,
                  NO_VISIT,
                  RECORDED,
                  REPEATED_ORDER,
                  REPEATED_USER,
                  CONVERSIONS,
                  JOURNEYS_CAPPED),
              Gaps.ADDED.stream())
          .toList();

  private static final Table TABLE =
      new Table(
          "data_quality",
          "What became of the rows of the log, and what was left out of which count.",
          "One row for each day of the run, also for a day without events.",
          Stream.concat(Stream.of(CampaignDays.DAY), COUNTS.stream()).toList(),
          List.of(CampaignDays.DAY),
          List.of(
              new Rule(
                  "rows in = facts + duplicates + rejected",
                  ROWS_IN.col().equalTo(FACTS.col().plus(DUPLICATES.col()).plus(REJECTED.col()))),
              new Rule(
                  "conversions = recorded - repeats",
                  CONVERSIONS
                      .col()
                      .equalTo(
                          RECORDED.col().minus(REPEATED_ORDER.col()).minus(REPEATED_USER.col()))),
              new Rule("what lacks something is part of what is counted", Gaps.areParts())));

  private static Field count(String name, String doc) {
    return Field.required(name, LongType, doc);
  }

  @Override
  public Table table() {
    return TABLE;
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.ROWS);
  }

  @Override
  public Folding folding() {
    return Folding.none("Not folded: a row is a whole day.");
  }

  @Override
  public Guide guide() {
    return new Guide(
        "Is everything that the log holds accounted for?",
        "Of 145804 rows 145758 are facts, 36 duplicates and 10 rejected; there were 80 "
            + "conversions.",
        """
          SELECT rows_in, facts, duplicates, rejected, conversions
          FROM read_parquet('warehouse/data_quality/*/*.parquet', hive_partitioning = true)
          WHERE day = DATE '2026-10-31';
        """);
  }

  /** The counts of each source are laid one under the other and summed by day. */
  @Override
  public Dataset<Row> query(Sources sources) {
    Column[] sums =
        COUNTS.stream()
            .map(field -> field.as(coalesce(sum(field.col()), lit(0))))
            .toArray(Column[]::new);
    return sources
        .days()
        .unionByName(sources.rows().quality(), true)
        .unionByName(repeats(sources.repeated()), true)
        .unionByName(conversions(sources.totals()), true)
        .unionByName(
            Journeys.capped(sources.swept())
                .select(CampaignDays.DAY.col(), JOURNEYS_CAPPED.as(col("journeys_capped"))),
            true)
        .groupBy(CampaignDays.DAY.col())
        .agg(sums[0], Stream.of(sums).skip(1).toArray(Column[]::new))
        .transform(TABLE::select);
  }

  /**
   * Counts rows by day; a day may have several rows.
   *
   * @param facts classified rows of the run's days, see {@link Facts}
   * @param partitions in how many parts ids are told apart
   */
  public static Dataset<Row> ofRows(Dataset<Row> facts, int partitions, Settings settings) {
    return rows(facts, settings.zone()).unionByName(conflicts(facts, partitions), true);
  }

  private static Dataset<Row> rows(Dataset<Row> facts, ZoneId zone) {
    Column fact = Facts.STATUS.col().equalTo(Facts.FACT);
    List<Column> counts =
        List.of(
            DUPLICATES.as(countIf(Facts.STATUS.col().equalTo(Facts.DUPLICATE))),
            REJECTED.as(countIf(Facts.STATUS.col().equalTo(Facts.REJECTED))),
            INVALID_UPSTREAM.as(countIf(Facts.INVALID.col().equalTo(Facts.UPSTREAM))),
            INVALID_BOT.as(countIf(Facts.INVALID.col().equalTo(Facts.BOT))),
            INVALID_ACTIVITY.as(countIf(Facts.INVALID.col().equalTo(Facts.ACTIVITY))),
            INVALID_DOUBLE_CLICK.as(countIf(Facts.INVALID.col().equalTo(Facts.DOUBLE_CLICK))),
            LATE.as(countIf(fact.and(LocalDays.received(zone).gt(Events.DAY.col())))),
            NO_VISIT.as(
                countIf(
                    Facts.valid()
                        .and(EventType.PAGE_VIEW.here())
                        .and(functions.not(Facts.inVisit())))));
    return facts
        .groupBy(CampaignDays.DAY.col())
        .agg(
            ROWS_IN.as(functions.count(lit(1))),
            Stream.concat(counts.stream(), Gaps.counts().stream()).toArray(Column[]::new));
  }

  /**
   * By a 64-bit hash of the id: among 100 million ids, two share one by chance in 1 of 3,700 days.
   */
  private static Dataset<Row> conflicts(Dataset<Row> facts, int partitions) {
    return Repeats.ofDays(
            facts.filter(Facts.STATUS.col().equalTo(Facts.FACT)),
            partitions,
            CampaignDays.DAY.col(),
            xxhash64(Events.EVENT_ID.col()))
        .select(CampaignDays.DAY.col(), CONFLICTS.as(col("repeats")));
  }

  private static Dataset<Row> repeats(Dataset<Row> repeated) {
    Column why = col("why");
    return repeated
        .groupBy(CampaignDays.DAY.col())
        .agg(
            REPEATED_ORDER.as(countIf(why.equalTo(Conversions.REPEATED_ORDER))),
            REPEATED_USER.as(countIf(why.equalTo(Conversions.REPEATED_USER))));
  }

  private static Dataset<Row> conversions(Dataset<Row> totals) {
    return totals
        .groupBy(CampaignDays.DAY.col())
        .agg(CONVERSIONS.as(sum(Conversions.CONVERSIONS.col())));
  }
}
