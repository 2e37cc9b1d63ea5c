package dev.throughline.reports;

import static dev.throughline.metrics.CampaignDays.CAMPAIGN_ID;
import static dev.throughline.metrics.CampaignDays.CLICKS;
import static dev.throughline.metrics.CampaignDays.DAY;
import static dev.throughline.metrics.CampaignDays.PEOPLE_CLICKED;
import static dev.throughline.metrics.Ratios.ratio;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.percentile;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;

import dev.throughline.model.AfterClick;
import dev.throughline.model.Journeys;
import dev.throughline.model.Need;
import dev.throughline.model.Swept;
import dev.throughline.table.Field;
import dev.throughline.table.Rule;
import dev.throughline.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What people do after the click. */
public final class PostClickBehaviour implements Report {
  private static final double MICROS = 1e6;

  private static final Field FOLLOWED =
      count(
          AfterClick.FOLLOWED_CLICKS,
          "Clicks of a user or session without refusal: those that can be followed.");
  private static final Field LANDED = count(AfterClick.LANDED_CLICKS, "Clicks with a session.");
  private static final Field LANDING_RATE =
      rate("click_to_landing_rate", "landed_clicks / followed_clicks.");
  private static final Field SESSIONS =
      count(AfterClick.LANDED_SESSIONS, "Sessions of those clicks, each once.");
  private static final Field ENGAGED =
      count(AfterClick.ENGAGED_SESSIONS, "Landed sessions that were engaged.");
  private static final Field ENGAGED_RATE = rate("engaged_rate", "engaged_sessions / sessions.");
  private static final Field BOUNCE_RATE = rate("bounce_rate", "1 - engaged_rate.");
  private static final Field PAGES =
      count(AfterClick.PAGE_VIEWS, "Page views of the landed sessions.");
  private static final Field PAGES_PER_SESSION =
      rate("pages_per_session", "page_views / landed_sessions.");
  private static final Field SECONDS =
      rate("median_engagement_seconds", "Median foreground time of landed sessions, in seconds.");
  private static final Field ENGAGEMENTS =
      count(AfterClick.ENGAGEMENT_EVENTS, "Engagement events of the landed sessions.");
  private static final Field CONVERTING =
      count(AfterClick.CONVERTING_SESSIONS, "Landed sessions with a conversion that counts.");
  private static final Field CONVERSION_RATE =
      rate("same_session_conversion_rate", "converting_sessions / landed_sessions.");
  private static final Field RETURNS =
      count(
          AfterClick.RETURN_VISITS,
          "Visits of the day within 7 days after a click, other than the click's own session.");

  private static final List<Field> COUNTED =
      List.of(FOLLOWED, LANDED, SESSIONS, ENGAGED, PAGES, ENGAGEMENTS, CONVERTING, RETURNS);

  private static final Folding FOLDING =
      Folding.of(
          "Folded by campaign, by the different known people who clicked on it, people_clicked of campaign_funnel; who only came back is not"
              + " counted. median_engagement_seconds is NULL where fewer sessions than that landed.",
          Fold.overlapping(List.of(DAY), CAMPAIGN_ID, max(PEOPLE_CLICKED.col())));

  private static final Table TABLE =
      new Table(
          "post_click_behaviour",
          "What people do after the click: whether they land, stay, look around, act, and come back.",
          "One row for each day and campaign with a click or a return visit.",
          List.of(
              DAY,
              CAMPAIGN_ID,
              CLICKS,
              FOLLOWED,
              LANDED,
              LANDING_RATE,
              SESSIONS,
              ENGAGED,
              ENGAGED_RATE,
              BOUNCE_RATE,
              PAGES,
              PAGES_PER_SESSION,
              SECONDS,
              ENGAGEMENTS,
              CONVERTING,
              CONVERSION_RATE,
              RETURNS),
          List.of(DAY, CAMPAIGN_ID),
          List.of(
              new Rule(
                  "landed clicks were followed, followed clicks are clicks",
                  LANDED.col().leq(FOLLOWED.col()).and(FOLLOWED.col().leq(CLICKS.col()))),
              new Rule("a session has a click", SESSIONS.col().leq(LANDED.col())),
              new Rule(
                  "engaged and converting sessions landed",
                  ENGAGED.col().leq(SESSIONS.col()).and(CONVERTING.col().leq(SESSIONS.col()))),
              new Rule("a landed session has a page view", PAGES.col().geq(SESSIONS.col()))));

  private static Field count(String name, String doc) {
    return Field.required(name, LongType, doc);
  }

  private static Field rate(String name, String doc) {
    return Field.optional(name, DoubleType, doc + " NULL where there is nothing to divide by.");
  }

  @Override
  public Table table() {
    return TABLE;
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.DAYS_OF_PEOPLE);
  }

  @Override
  public Folding folding() {
    return FOLDING;
  }

  @Override
  public Guide guide() {
    return new Guide(
        "Do clicks land, and what happens then?",
        "Of campaign A's 5000 clicks 85.0 per cent landed; 52.9 per cent of the "
            + "sessions bounced, with 1.47 pages each, and 0 visits were returns.",
        """
          SELECT campaign_id, clicks, round(100 * click_to_landing_rate, 1) AS landed_percent,
                 round(100 * bounce_rate, 1) AS bounced_percent, round(pages_per_session, 2) AS pages, return_visits
          FROM read_parquet('warehouse/post_click_behaviour/*/*.parquet', hive_partitioning = true)
          WHERE day = DATE '2026-10-31'
          ORDER BY clicks DESC;
        """);
  }

  @Override
  public Dataset<Row> query(Sources sources) {
    List<Column> sums = new ArrayList<>();
    for (Field field : COUNTED) {
      Column of = when(Swept.DETAIL.col().equalTo(field.name()), Swept.COUNT.col());
      sums.add(field.as(coalesce(sum(of), lit(0))));
    }
    Column seconds =
        when(Swept.KIND.col().equalTo(Swept.FOREGROUND), Swept.AMOUNT.col().divide(MICROS));
    Column median = percentile(seconds, lit(0.5), coalesce(Swept.COUNT.col(), lit(0L)));
    Column sessions = sum(when(Swept.DETAIL.col().equalTo(SESSIONS.name()), Swept.COUNT.col()));
    sums.add(SECONDS.as(Folding.ofMany(median, sessions, sources)));
    Dataset<Row> clicks =
        sources
            .campaignDays()
            .filter(CLICKS.col().gt(0).and(CAMPAIGN_ID.col().notEqual(Journeys.UNATTRIBUTED)))
            .select(DAY.col(), CAMPAIGN_ID.col(), CLICKS.col(), PEOPLE_CLICKED.col());
    return sources
        .swept()
        .filter(Swept.KIND.col().isin(Swept.AFTER_CLICK, Swept.FOREGROUND))
        .select(
            DAY.col(),
            CAMPAIGN_ID.as(Journeys.MEMBER.col()),
            Swept.KIND.col(),
            Swept.DETAIL.col(),
            Swept.AMOUNT.col(),
            Swept.COUNT.col())
        .unionByName(clicks, true)
        .transform(rows -> FOLDING.names(rows, sources))
        .groupBy(DAY.col(), CAMPAIGN_ID.col())
        .agg(CLICKS.as(coalesce(sum(CLICKS.col()), lit(0))), sums.toArray(Column[]::new))
        .withColumn(LANDING_RATE.name(), ratio(LANDED.col(), FOLLOWED.col()))
        .withColumn(ENGAGED_RATE.name(), ratio(ENGAGED.col(), SESSIONS.col()))
        .withColumn(BOUNCE_RATE.name(), lit(1).minus(ENGAGED_RATE.col()))
        .withColumn(PAGES_PER_SESSION.name(), ratio(PAGES.col(), SESSIONS.col()))
        .withColumn(CONVERSION_RATE.name(), ratio(CONVERTING.col(), SESSIONS.col()))
        .transform(TABLE::select);
  }
}
