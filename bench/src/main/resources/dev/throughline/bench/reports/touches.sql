-- What touches are of: a campaign and the channel that it is credited to, by a number, since numbers sort and group faster than names.
CREATE OR REPLACE TEMP TABLE members AS
SELECT row_number() OVER () AS member, e.campaign_id, e.channel AS event_channel, coalesce(c.channel, e.channel, '(unknown)') AS channel
FROM (SELECT DISTINCT campaign_id, channel FROM events WHERE rank < 2 AND campaign_id IS NOT NULL) e
LEFT JOIN campaigns c ON e.campaign_id = c.campaign_id;
-- Touches of known people, sorted once: place stands for their order from here on, final marks a person's last of a day. ends is the last
-- instant at which it is a touch: the look-back's end, and for a view the instant before its own click, which takes its place.
CREATE OR REPLACE TEMP TABLE touches AS
WITH clicked AS (
  SELECT visitor, impression_id, 0 AS rank, min(t) AS t
  FROM doing
  WHERE rank = 1 AND kind = 0 AND consents AND campaign_id IS NOT NULL AND impression_id IS NOT NULL
  GROUP BY visitor, impression_id),
living AS (
  SELECT e.visitor, e.day, e.t, e.rank, e.event_id, m.member,
    CASE WHEN e.rank = 1 THEN e.t + 2592000000000 ELSE least(e.t + 86400000000, c.t - 1) END AS ends
  FROM events e
  JOIN members m ON e.campaign_id = m.campaign_id AND e.channel IS NOT DISTINCT FROM m.event_channel
  LEFT JOIN clicked c ON e.visitor = c.visitor AND e.impression_id = c.impression_id AND e.rank = c.rank
  WHERE e.rank < 2 AND e.kind = 0 AND e.consents AND (e.rank = 1 OR e.viewable IS NOT FALSE AND (c.t IS NULL OR c.t > e.t)))
SELECT visitor, day, t, rank = 1 AS click, member, ends,
  row_number() OVER sorted AS place,
  lead(day) OVER sorted IS DISTINCT FROM day AS final
FROM living
WINDOW sorted AS (PARTITION BY visitor ORDER BY day, t, rank, event_id);
