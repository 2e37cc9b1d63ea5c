-- The log's rows as events, with what tells whether a row repeats another: the same id, and the same content.
CREATE OR REPLACE TEMP TABLE events AS
SELECT day, coalesce(user_id, session_id, event_id) AS visitor,
  CASE WHEN user_id IS NOT NULL THEN 0 WHEN session_id IS NOT NULL THEN 1 ELSE 2 END AS kind,
  t, CASE event_type WHEN 'impression' THEN 0 WHEN 'click' THEN 1 WHEN 'page_view' THEN 2 WHEN 'engagement' THEN 3 ELSE 4 END AS rank,
  event_id, event_name, user_id, session_id, campaign_id, channel, impression_id, viewable,
  CAST(round(least(coalesce(engagement_seconds, 0), 86400) * 1e6) AS BIGINT) AS foreground,
  value, order_id, cost, coalesce(consent, TRUE) AS consents, epoch_us(received_time) AS received,
  hash(day, event_id) AS id_hash,
  hash(user_id, session_id, event_type, event_time, event_name, campaign_id, channel, impression_id, viewable, engagement_seconds, value,
    currency, order_id, cost, cost_currency, consent, invalid_reason, user_agent) AS payload,
  engagement_seconds IS NOT NULL AS timed
FROM log
WHERE day BETWEEN DATE '${from}' AND DATE '${to}';
-- Ids that several rows share are few: only their rows are numbered.
CREATE OR REPLACE TEMP TABLE shared AS
SELECT id_hash FROM events GROUP BY id_hash HAVING count(*) > 1;
CREATE OR REPLACE TEMP TABLE duplicates AS
SELECT day, rowid AS place
FROM events
WHERE id_hash IN (SELECT id_hash FROM shared)
QUALIFY row_number() OVER (PARTITION BY id_hash, payload ORDER BY received) > 1;
DELETE FROM events WHERE rowid IN (SELECT place FROM duplicates);
-- All but impressions. What carries no session is part of visits that pauses of 30 minutes end; a conversion counts unless it repeats an order.
CREATE OR REPLACE TEMP TABLE doing AS
WITH pauses AS (
  SELECT *, kind < 2 AND session_id IS NULL AS paused,
    CASE WHEN t - lag(t) OVER w < 1800000000 THEN 0 ELSE 1 END AS begins
  FROM events
  WHERE rank > 0
  WINDOW w AS (PARTITION BY visitor, kind, day, session_id IS NULL ORDER BY t, rank, event_id)),
counting AS (
  SELECT id_hash, payload
  FROM events
  WHERE rank = 4
  QUALIFY row_number() OVER (PARTITION BY day, event_name, coalesce(order_id, event_id), order_id IS NULL ORDER BY t, event_id) = 1)
SELECT p.* EXCLUDE (paused, begins),
  CASE WHEN kind = 2 THEN NULL WHEN paused THEN concat('#', sum(begins) OVER w) ELSE session_id END AS visit,
  c.id_hash IS NOT NULL AS counts
FROM pauses p
LEFT JOIN counting c ON p.rank = 4 AND p.id_hash = c.id_hash AND p.payload = c.payload
WINDOW w AS (PARTITION BY visitor, kind, day, session_id IS NULL ORDER BY t, rank, event_id);
CREATE OR REPLACE TEMP VIEW facts AS
SELECT *, CAST(NULL AS VARCHAR) AS visit, FALSE AS counts FROM events WHERE rank = 0
UNION ALL
SELECT * FROM doing;
