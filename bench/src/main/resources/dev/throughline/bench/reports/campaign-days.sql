-- What events say of each campaign's day, and its spend. People are counted by distinct pairs of campaign and person, each kept once,
-- rather than by a set for each group; all other counts by one narrow pass.
CREATE OR REPLACE TEMP TABLE campaign_days AS
WITH shown AS (
  SELECT day, coalesce(campaign_id, '(unattributed)') AS campaign_id,
    count(*) FILTER (rank = 0) AS impressions, count(viewable) FILTER (rank = 0) AS measured_impressions,
    count(*) FILTER (rank = 0 AND viewable) AS viewable_impressions, count(*) FILTER (rank = 1) AS clicks, sum(cost) AS event_cost
  FROM events
  GROUP BY day, campaign_id),
pairs AS (
  SELECT DISTINCT day, campaign_id, rank, user_id
  FROM events
  WHERE rank <= 1 AND user_id IS NOT NULL),
people AS (
  SELECT day, coalesce(campaign_id, '(unattributed)') AS campaign_id,
    count(*) FILTER (rank = 0) AS reach, count(*) FILTER (rank = 1) AS people_clicked
  FROM pairs
  GROUP BY day, campaign_id),
landed AS (
  SELECT day, campaign_id, CAST(sum(sessions) AS BIGINT) AS landed_sessions,
    CAST(sum(engaged_sessions) AS BIGINT) AS engaged_sessions, count(*) FILTER (kind = 0) AS people_landed
  FROM landings
  GROUP BY day, campaign_id),
spent AS (
  SELECT CAST(day AS DATE) AS day, campaign_id, CAST(spend AS DECIMAL(28, 6)) AS table_spend
  FROM spend)
SELECT day, campaign_id, coalesce(impressions, 0) AS impressions, coalesce(measured_impressions, 0) AS measured_impressions,
  coalesce(viewable_impressions, 0) AS viewable_impressions, coalesce(clicks, 0) AS clicks,
  coalesce(landed_sessions, 0) AS landed_sessions, coalesce(engaged_sessions, 0) AS engaged_sessions,
  CAST(coalesce(table_spend, event_cost) AS DECIMAL(28, 6)) AS spend, coalesce(reach, 0) AS reach,
  coalesce(people_clicked, 0) AS people_clicked, coalesce(people_landed, 0) AS people_landed
FROM shown
LEFT JOIN people USING (day, campaign_id)
FULL JOIN landed USING (day, campaign_id)
FULL JOIN spent USING (day, campaign_id);
