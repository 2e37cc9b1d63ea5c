-- Credit of each conversion by five models. Shares are cut to 1e-12 and the largest takes what is left over, so that credit adds up:
-- c is conversions, v value, both in units of 1e-12.
CREATE OR REPLACE TEMP TABLE credits AS
WITH placed AS (
  SELECT p.id, p.member, p.place, j.day, j.action, CAST(j.value * 1000000 AS BIGINT) AS micros, j.touches AS n,
    min(p.place) OVER of_one AS oldest, max(p.place) OVER of_one AS newest,
    coalesce(min(p.place) FILTER (WHERE p.click) OVER of_one, min(p.place) OVER of_one) AS first_touch,
    coalesce(max(p.place) FILTER (WHERE p.click) OVER of_one, max(p.place) OVER of_one) AS last_touch,
    pow(2, (p.t - max(p.t) OVER of_one) / 604800e6) AS weight
  FROM pairs p
  JOIN journeys j ON p.id = j.id
  WINDOW of_one AS (PARTITION BY p.id)),
shares AS (
  SELECT *, 1e0 / n AS linear, weight / sum(weight) OVER (PARTITION BY id) AS time_decay,
    CASE WHEN n = 1 THEN 1e0 WHEN n = 2 THEN 0.5e0 WHEN place IN (oldest, newest) THEN 0.4e0 ELSE (1 - 0.4e0 - 0.4e0) / (n - 2) END
      AS position_based,
    min(place) FILTER (WHERE weight = 1) OVER (PARTITION BY id) AS heaviest
  FROM placed),
parts AS (
  SELECT id, day, action, member, place, oldest, heaviest, first_touch, last_touch, micros,
    unnest([
      {model: 'linear', share: linear, largest: oldest},
      {model: 'time_decay', share: time_decay, largest: heaviest},
      {model: 'position_based', share: position_based, largest: oldest}], recursive := TRUE)
  FROM shares),
cut AS (
  SELECT id, day, action, member, model, micros, place = largest AS takes_rest,
    CAST(floor(share * 1e6) AS HUGEINT) * 1000000 + CAST(round((share * 1e6 - floor(share * 1e6)) * 1e6) AS BIGINT) AS c,
    CAST(floor(share * micros) AS HUGEINT) * 1000000 + CAST(round((share * micros - floor(share * micros)) * 1e6) AS BIGINT) AS v
  FROM parts),
split AS (
  SELECT day, action, member, model,
    CASE WHEN takes_rest THEN 1000000000000 - sum(c) OVER of_one + c ELSE c END AS c,
    CASE WHEN takes_rest THEN CAST(micros AS HUGEINT) * 1000000 - sum(v) OVER of_one + v ELSE v END AS v
  FROM cut
  WINDOW of_one AS (PARTITION BY id, model)
  UNION ALL
  SELECT day, action, member, 'first_touch', 1000000000000, CAST(micros AS HUGEINT) * 1000000
  FROM placed
  WHERE place = first_touch
  UNION ALL
  SELECT day, action, member, 'last_touch', 1000000000000, CAST(micros AS HUGEINT) * 1000000
  FROM placed
  WHERE place = last_touch
  UNION ALL
  SELECT day, action, NULL, unnest(['first_touch', 'last_touch', 'linear', 'time_decay', 'position_based']), 1000000000000,
    CAST(value * 1000000 AS HUGEINT) * 1000000
  FROM journeys
  WHERE touches = 0),
summed AS (
  SELECT day, action, member, model, sum(c) AS c, sum(v) AS v
  FROM split
  GROUP BY day, action, member, model),
named AS (
  SELECT s.*, unnest([
    {dimension: 'campaign', name: coalesce(m.campaign_id, '(unattributed)')},
    {dimension: 'channel', name: coalesce(m.channel, '(unattributed)')}], recursive := TRUE)
  FROM summed s
  LEFT JOIN members m ON s.member = m.member)
SELECT day, dimension, name AS member, action, model,
  CAST(CAST(sum(c) AS DECIMAL(26, 0)) * CAST(0.000000000001 AS DECIMAL(12, 12)) AS DECIMAL(38, 12)) AS credited_conversions,
  CAST(CAST(sum(v) AS DECIMAL(26, 0)) * CAST(0.000000000001 AS DECIMAL(12, 12)) AS DECIMAL(38, 12)) AS credited_value
FROM named
GROUP BY day, dimension, name, action, model;
