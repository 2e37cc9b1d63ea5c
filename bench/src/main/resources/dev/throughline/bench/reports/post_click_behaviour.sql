WITH counted AS (
  SELECT day, campaign_id, count(*) AS clicks, count(*) FILTER (kind < 2 AND consents) AS followed_clicks
  FROM doing
  WHERE rank = 1 AND campaign_id IS NOT NULL
  GROUP BY ALL),
landed AS (
  SELECT day, campaign_id, count(*) AS landed_clicks
  FROM click_landings
  GROUP BY ALL),
sessions AS (
  SELECT day, campaign_id, count(*) AS landed_sessions, count(engaged) AS engaged_sessions, sum(page_views) AS page_views,
    sum(engagements) AS engagement_events, count(*) FILTER (converted) AS converting_sessions,
    median(foreground / 1e6) AS median_engagement_seconds
  FROM campaign_visits
  WHERE clicked
  GROUP BY ALL),
returned AS (
  SELECT day, campaign_id, count(*) AS return_visits
  FROM return_visits
  GROUP BY ALL)
SELECT day, campaign_id, coalesce(clicks, 0) AS clicks, coalesce(followed_clicks, 0) AS followed_clicks,
  coalesce(landed_clicks, 0) AS landed_clicks,
  CASE WHEN followed_clicks > 0 THEN coalesce(landed_clicks, 0) / followed_clicks END AS click_to_landing_rate,
  coalesce(landed_sessions, 0) AS landed_sessions, coalesce(engaged_sessions, 0) AS engaged_sessions,
  engaged_sessions / landed_sessions AS engaged_rate, 1 - engaged_sessions / landed_sessions AS bounce_rate,
  CAST(coalesce(page_views, 0) AS BIGINT) AS page_views, page_views / landed_sessions AS pages_per_session,
  median_engagement_seconds, CAST(coalesce(engagement_events, 0) AS BIGINT) AS engagement_events,
  coalesce(converting_sessions, 0) AS converting_sessions,
  converting_sessions / landed_sessions AS same_session_conversion_rate, coalesce(return_visits, 0) AS return_visits
FROM counted
FULL JOIN landed USING (day, campaign_id)
FULL JOIN sessions USING (day, campaign_id)
FULL JOIN returned USING (day, campaign_id)
