-- Counted by day and type in one pass, of which the columns are then picked: far cheaper than a condition for each column.
CREATE OR REPLACE TEMP TABLE day_types AS
SELECT day, rank, count(*) AS events, count(user_id) AS users, count(session_id) AS sessions, count(received) AS received,
  count(campaign_id) AS campaigns, count(channel) AS channels, count(impression_id) AS ids, count(viewable) AS measured,
  count(cost) AS costs, count(value) AS amounts, count(order_id) AS orders,
  sum(CASE WHEN kind = 2 THEN 1 ELSE 0 END) AS alone, sum(CASE WHEN consents THEN 0 ELSE 1 END) AS refused,
  sum(CASE WHEN timed THEN 0 ELSE 1 END) AS untimed,
  sum(CASE WHEN received >= epoch_us(day) + 86400000000 THEN 1 ELSE 0 END) AS late
FROM events
GROUP BY day, rank;
WITH conflicts AS (
  SELECT day, count(*) - count(DISTINCT id_hash) AS conflicts
  FROM events
  WHERE id_hash IN (SELECT id_hash FROM shared)
  GROUP BY day),
repeats AS (
  SELECT day, count(*) FILTER (NOT counts) AS repeats
  FROM doing
  WHERE rank = 4
  GROUP BY day),
copies AS (SELECT day, count(*) AS duplicates FROM duplicates GROUP BY day),
facts_of AS (
  SELECT day, sum(events) AS facts, sum(events - users) AS facts_without_user, sum(refused) AS facts_without_consent,
    sum(late) AS late_facts, sum(events - received) AS facts_without_received_time,
    coalesce(sum(events) FILTER (rank = 0), 0) AS impressions,
    coalesce(sum(events - campaigns) FILTER (rank = 0), 0) AS impressions_without_campaign,
    coalesce(sum(events - channels) FILTER (rank = 0), 0) AS impressions_without_channel,
    coalesce(sum(events - ids) FILTER (rank = 0), 0) AS impressions_without_id,
    coalesce(sum(events - measured) FILTER (rank = 0), 0) AS impressions_not_measured,
    coalesce(sum(events - costs) FILTER (rank = 0), 0) AS impressions_without_cost,
    coalesce(sum(events) FILTER (rank = 1), 0) AS clicks,
    coalesce(sum(events - campaigns) FILTER (rank = 1), 0) AS clicks_without_campaign,
    coalesce(sum(events - channels) FILTER (rank = 1), 0) AS clicks_without_channel,
    coalesce(sum(events - ids) FILTER (rank = 1), 0) AS clicks_without_impression,
    coalesce(sum(events - costs) FILTER (rank = 1), 0) AS clicks_without_cost,
    coalesce(sum(events) FILTER (rank = 2), 0) AS page_views,
    coalesce(sum(alone) FILTER (rank = 2), 0) AS page_views_without_visit,
    coalesce(sum(events - campaigns) FILTER (rank = 2), 0) AS page_views_without_campaign,
    coalesce(sum(events - sessions) FILTER (rank = 2), 0) AS page_views_without_session,
    coalesce(sum(untimed) FILTER (rank = 2), 0) AS page_views_without_engagement_seconds,
    coalesce(sum(events) FILTER (rank = 4), 0) AS conversions_recorded,
    coalesce(sum(events - amounts) FILTER (rank = 4), 0) AS conversions_without_value,
    coalesce(sum(events - orders) FILTER (rank = 4), 0) AS conversions_without_order
  FROM day_types
  GROUP BY day)
SELECT day, facts + coalesce(duplicates, 0) AS rows_in, facts, coalesce(duplicates, 0) AS duplicates,
  coalesce(conflicts, 0) AS conflicting_event_ids, facts_without_user, facts_without_consent, late_facts, page_views_without_visit,
  conversions_recorded, coalesce(repeats, 0) AS conversions_repeated_order, conversions_recorded - coalesce(repeats, 0) AS conversions,
  impressions, clicks, page_views, facts_without_received_time, impressions_without_campaign, impressions_without_channel,
  impressions_without_id, impressions_not_measured, impressions_without_cost, clicks_without_campaign, clicks_without_channel,
  clicks_without_impression, clicks_without_cost, page_views_without_campaign, page_views_without_session,
  page_views_without_engagement_seconds, conversions_without_value, conversions_without_order
FROM facts_of
LEFT JOIN conflicts USING (day)
LEFT JOIN repeats USING (day)
LEFT JOIN copies USING (day)
