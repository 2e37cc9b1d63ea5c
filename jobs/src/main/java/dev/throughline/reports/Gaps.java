package dev.throughline.reports;

import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.types.DataTypes.LongType;

import dev.throughline.input.EventType;
import dev.throughline.input.Events;
import dev.throughline.metrics.Counts;
import dev.throughline.model.Facts;
import dev.throughline.table.Field;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;

/**
 * How many events lack something that published numbers rest on, each count beside the one that it
 * is a part of. That a column of the log comes empty is seen by these.
 */
public final class Gaps {
  /**
   * Events that lack something.
   *
   * @param count how many they are
   * @param of the count that they are among
   * @param facts which of the classified rows they are
   */
  public record Gap(Field count, Field of, Column facts) {}

  /** A count of classified rows. */
  record Counted(Field count, Column facts) {
    Gap gap(String name, String doc, Column lacks) {
      return new Gap(Gaps.count(name, doc), count, facts.and(lacks));
    }
  }

  static final Counted FACTS =
      new Counted(
          count("facts", "Rows that are events, each once."),
          Facts.STATUS.col().equalTo(Facts.FACT));
  private static final Counted IMPRESSIONS =
      new Counted(
          count("impressions", "Valid impressions."),
          Facts.valid().and(EventType.IMPRESSION.here()));
  private static final Counted CLICKS =
      new Counted(count("clicks", "Valid clicks."), Facts.valid().and(EventType.CLICK.here()));
  private static final Counted PAGE_VIEWS =
      new Counted(
          count("page_views", "Valid page views."), Facts.valid().and(EventType.PAGE_VIEW.here()));
  static final Counted CONVERSIONS =
      new Counted(
          count("conversions_recorded", "Valid conversions in the log."),
          Facts.valid().and(EventType.CONVERSION.here()));

  private static final List<Counted> WHOLES =
      List.of(FACTS, IMPRESSIONS, CLICKS, PAGE_VIEWS, CONVERSIONS);

  static final Gap WITHOUT_USER =
      FACTS.gap(
          "facts_without_user",
          "Facts of unknown people: in totals, never in journeys.",
          not(Facts.ofPerson()));
  static final Gap WITHOUT_CONSENT =
      FACTS.gap(
          "facts_without_consent",
          "Facts of people who refused: in totals, never in journeys.",
          not(Events.CONSENT.col()));

  private static final List<Gap> LATER =
      List.of(
          FACTS.gap(
              "facts_without_received_time",
              "Facts of which the log does not say when they were collected: not among late_facts.",
              Events.RECEIVED.col().isNull()),
          IMPRESSIONS.gap(
              "impressions_without_campaign",
              "Valid impressions of no campaign: in (unattributed), and no touches.",
              Events.CAMPAIGN_ID.col().isNull()),
          IMPRESSIONS.gap(
              "impressions_without_channel",
              "Valid impressions of no channel: it is that of their campaign, if described.",
              Events.CHANNEL.col().isNull()),
          IMPRESSIONS.gap(
              "impressions_without_id",
              "Valid impressions without impression_id: no click is known to come from them.",
              Events.IMPRESSION_ID.col().isNull()),
          IMPRESSIONS.gap(
              "impressions_not_measured",
              "Valid impressions whose viewability was not measured: touches all the same.",
              Events.VIEWABLE.col().isNull()),
          IMPRESSIONS.gap(
              "impressions_without_cost",
              "Valid impressions without a cost of their own.",
              Events.COST.col().isNull()),
          CLICKS.gap(
              "clicks_without_campaign",
              "Valid clicks of no campaign: in (unattributed), and no touches.",
              Events.CAMPAIGN_ID.col().isNull()),
          CLICKS.gap(
              "clicks_without_channel",
              "Valid clicks of no channel: it is that of their campaign, if described.",
              Events.CHANNEL.col().isNull()),
          CLICKS.gap(
              "clicks_without_impression",
              "Valid clicks without impression_id: the impression they come from is not known.",
              Events.IMPRESSION_ID.col().isNull()),
          CLICKS.gap(
              "clicks_without_cost",
              "Valid clicks without a cost of their own.",
              Events.COST.col().isNull()),
          PAGE_VIEWS.gap(
              "page_views_without_campaign",
              "Valid page views that name no campaign: they land for that of their visit.",
              Events.CAMPAIGN_ID.col().isNull()),
          PAGE_VIEWS.gap(
              "page_views_without_session",
              "Valid page views without session_id: their visit is told by pauses.",
              not(Facts.inGivenSession())),
          PAGE_VIEWS.gap(
              "page_views_without_engagement_seconds",
              "Valid page views whose foreground time is not known: it counts as 0.",
              Events.ENGAGEMENT_SECONDS.col().isNull()),
          CONVERSIONS.gap(
              "conversions_without_value",
              "Of conversions_recorded, those without a value: worth 0.",
              Events.VALUE.col().isNull()),
          CONVERSIONS.gap(
              "conversions_without_order",
              "Of conversions_recorded, those without order_id: no repeat is known among them.",
              Events.ORDER_ID.col().isNull()));

  /** All of them. */
  public static final List<Gap> ALL =
      Stream.concat(Stream.of(WITHOUT_USER, WITHOUT_CONSENT), LATER.stream()).toList();

  /** The columns that tables of the first versions have not got. */
  public static final List<Field> ADDED =
      Stream.concat(
              Stream.of(IMPRESSIONS.count(), CLICKS.count(), PAGE_VIEWS.count()),
              LATER.stream().map(Gap::count))
          .toList();

  private Gaps() {}

  private static Field count(String name, String doc) {
    return Field.required(name, LongType, doc);
  }

  /** The counts, of classified rows. */
  static List<Column> counts() {
    return Stream.concat(
            WHOLES.stream().map(whole -> whole.count().as(Counts.countIf(whole.facts()))),
            ALL.stream().map(gap -> gap.count().as(Counts.countIf(gap.facts()))))
        .toList();
  }

  /** That they are parts of what they are among. */
  static Column areParts() {
    return ALL.stream()
        .map(gap -> gap.count().col().leq(gap.of().col()))
        .reduce(Column::and)
        .orElseThrow();
  }
}
