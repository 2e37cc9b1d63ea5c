package dev.throughline.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.testing.TestSession;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReferenceCaseTest {
  private static Dataset<Row> events;

  @BeforeAll
  static void generate() {
    SampleOptions oneDay =
        new SampleOptions(ReferenceCase.DAY, ReferenceCase.DAY, 50, 1, /* referenceCase= */ true);
    events = SampleGenerator.events(TestSession.get(), oneDay).where("campaign_id in ('A', 'B')");
    events.createOrReplaceTempView("reference");
  }

  @Test
  void countsAreExact() {
    String query =
        """
        select campaign_id, count_if(event_type = 'impression'), count_if(event_type = 'click'),
          count_if(event_type = 'conversion'), sum(value), count(distinct order_id),
          count(distinct user_id), count(1) - count(distinct event_id)
        from reference group by campaign_id order by campaign_id""";
    assertEquals(
        "[[A,100000,5000,10,800.00,10,25000,0], [B,20000,1000,50,4000.00,50,10000,0]]",
        TestSession.get().sql(query).collectAsList().toString());
  }

  @Test
  void everyClickFollowsItsImpression() {
    none(
        """
        select * from reference c left join reference i
          on i.impression_id = c.impression_id and i.event_type = 'impression'
          and i.user_id = c.user_id and i.campaign_id = c.campaign_id
        where c.event_type = 'click'
          and not coalesce(i.event_time < c.event_time and i.viewable, false)""");
  }

  @Test
  void everyBuyerClickedLastAndReadAPageBetween() {
    none(
        """
        select user_id from reference group by user_id
        having count_if(event_type = 'conversion') > 0 and not coalesce(
          max(event_time) filter (where event_type = 'impression')
            < max(event_time) filter (where event_type = 'click')
          and max(event_time) filter (where event_type = 'click')
            < min(event_time) filter (where event_type = 'page_view')
          and max(event_time) filter (where event_type = 'page_view')
            < min(event_time) filter (where event_type = 'conversion'), false)""");
  }

  @Test
  void peopleStayBelowEveryLimit() {
    none(
        """
        select user_id from reference group by user_id
        having count(1) > 50 or count(distinct campaign_id) > 1
          or count_if(event_type = 'click') > 1""");
    none(
        """
        select * from reference
        where not consent or invalid_reason is not null or user_agent like '%Bot%'
          or user_id is null or received_time < event_time or dt <> '2026-10-31'""");
  }

  private static void none(String query) {
    assertEquals(0, TestSession.get().sql(query).count());
  }
}
