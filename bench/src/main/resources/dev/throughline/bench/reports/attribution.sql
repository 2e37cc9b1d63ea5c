-- What each campaign cost on each day, as the spend table says, else its events. One that nothing describes has a channel of its events.
CREATE OR REPLACE TEMP TABLE costs AS
WITH events_say AS (
  SELECT day, coalesce(campaign_id, '(unattributed)') AS campaign_id, sum(cost) AS cost, min(channel) AS channel
  FROM events
  GROUP BY ALL),
table_says AS (
  SELECT CAST(day AS DATE) AS day, campaign_id, CAST(spend AS DECIMAL(18, 6)) AS spend
  FROM spend
  WHERE CAST(day AS DATE) BETWEEN DATE '${from}' AND DATE '${to}')
SELECT day, campaign_id, coalesce(s.spend, e.cost) AS spend,
  CASE WHEN campaign_id = '(unattributed)' THEN campaign_id ELSE coalesce(c.channel, e.channel, '(unknown)') END AS channel
FROM events_say e
FULL JOIN table_says s USING (day, campaign_id)
LEFT JOIN campaigns c USING (campaign_id);
WITH by_member AS (
  SELECT day, 'campaign' AS dimension, campaign_id AS member, spend
  FROM costs
  UNION ALL
  SELECT day, 'channel', channel, sum(spend)
  FROM costs
  GROUP BY day, channel),
totals AS (
  SELECT day, action, count(*) AS total
  FROM conversions
  GROUP BY day, action)
SELECT c.day, c.dimension, c.member, c.action, c.model, c.credited_conversions, c.credited_value,
  CAST(c.credited_conversions AS DOUBLE) / t.total AS share, CAST(m.spend AS DECIMAL(28, 6)) AS spend,
  CAST(m.spend AS DOUBLE) / nullif(CAST(c.credited_conversions AS DOUBLE), 0) AS cpa,
  CAST(c.credited_value AS DOUBLE) / nullif(CAST(m.spend AS DOUBLE), 0) AS roas
FROM credits c
JOIN totals t ON c.day = t.day AND c.action = t.action
LEFT JOIN by_member m ON c.day = m.day AND c.dimension = m.dimension AND c.member = m.member
