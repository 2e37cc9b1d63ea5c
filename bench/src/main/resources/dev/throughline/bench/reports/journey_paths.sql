-- until: the day of the person's first conversion, counted or not, at or after the touch: on days before it the touch is in a journey
-- that has not converted. Few people convert: of the others nothing is searched. next: the person's last touch of the day after. packed
-- sorts by place and says what the touch is of.
CREATE OR REPLACE TEMP TABLE open_touches AS
SELECT s.visitor, s.day, s.t, s.click, s.final, s.ends, n.t AS next, s.place * 1048576 + s.member AS packed,
  coalesce(CAST(make_timestamp(list_min(list_filter(c.times, lambda x: x >= s.t))) AS DATE), DATE '9999-12-31') AS until
FROM touches s
LEFT JOIN (
  SELECT visitor, list(t) AS times
  FROM doing
  WHERE rank = 4 AND kind = 0 AND consents
  GROUP BY visitor) c
ON s.visitor = c.visitor
LEFT JOIN touches n ON n.final AND NOT s.click AND s.visitor = n.visitor AND s.day + 1 = n.day;
-- Journeys that have not converted, as numbers of members with equal neighbours made one, and how often each occurs on a day. A touch is
-- in that of its own day unless it became a click then, a view in that of the next day if at most a day older than its last touch, and
-- clicks, which are few, are joined with the later days of their people.
CREATE OR REPLACE TEMP TABLE open_paths AS
WITH part AS (
  SELECT visitor, day, packed
  FROM open_touches
  WHERE until > day AND ends >= epoch_us(day + INTERVAL 1 DAY) - 1
  UNION ALL
  SELECT visitor, CAST(day + INTERVAL 1 DAY AS DATE) AS day, packed
  FROM open_touches
  WHERE NOT click AND ends >= next AND until > day + INTERVAL 1 DAY
  UNION ALL
  SELECT f.visitor, f.day, c.packed
  FROM open_touches f
  JOIN open_touches c ON f.visitor = c.visitor AND f.day > c.day AND f.day < c.until AND f.t <= c.ends
  WHERE f.final AND c.click AND f.until > f.day),
whole AS (
  SELECT day, list_transform(list_sort(list(packed))[-500:], lambda x: x % 1048576) AS path
  FROM part
  GROUP BY visitor, day),
exposed AS (
  SELECT day, list_transform(list_filter(list_zip(path, path[2:]), lambda x: x[1] IS DISTINCT FROM x[2]), lambda x: x[1]) AS path
  FROM whole)
SELECT day, path, count(*) AS journeys
FROM exposed
GROUP BY day, path;
-- All journeys by dimension and path: those that converted one by one, for medians, the others by how many they are.
CREATE OR REPLACE TEMP TABLE taken AS
WITH journeys_of_both AS (
  SELECT day, path, NULL AS value, NULL AS touches, NULL AS elapsed, journeys AS open
  FROM open_paths
  UNION ALL
  SELECT day, path, value, touches, elapsed, 0
  FROM journeys),
dimensions AS (
  SELECT 'campaign' AS dimension, list(replace(replace(campaign_id, '\', '\\'), '>', '\>') ORDER BY member) AS names FROM members
  UNION ALL
  SELECT 'channel', list(replace(replace(channel, '\', '\\'), '>', '\>') ORDER BY member) FROM members),
named AS (
  SELECT j.* EXCLUDE (path), d.dimension, list_select(d.names, j.path) AS path
  FROM journeys_of_both j
  CROSS JOIN dimensions d)
SELECT day, dimension, value, touches, elapsed, open,
  CASE
    WHEN touches = 0 THEN '(unattributed)'
    ELSE array_to_string(
      list_transform(list_filter(list_zip(path, path[2:]), lambda x: x[1] IS DISTINCT FROM x[2]), lambda x: x[1])[-10:], ' > ')
  END AS path
FROM named;
WITH paths AS (
  SELECT day, dimension, path, count(value) AS conversions, coalesce(sum(value), 0) AS value, sum(open) AS open
  FROM taken
  GROUP BY day, dimension, path),
ranked AS (
  SELECT *,
    CASE
      WHEN path = '(unattributed)' OR
        row_number() OVER best <= 100
      THEN path ELSE '(other)'
    END AS shown
  FROM paths
  WINDOW best AS (PARTITION BY day, dimension, path = '(unattributed)' ORDER BY conversions DESC, value DESC, open DESC, path)),
medians AS (
  SELECT t.day, t.dimension, r.shown, median(t.touches) AS touches, median(t.elapsed / 3.6e9) AS hours
  FROM taken t
  JOIN ranked r ON t.day = r.day AND t.dimension = r.dimension AND t.path = r.path
  WHERE t.touches > 0
  GROUP BY t.day, t.dimension, r.shown),
summed AS (
  SELECT day, dimension, shown, sum(conversions) AS conversions, sum(value) AS value, sum(open) AS open
  FROM ranked
  GROUP BY day, dimension, shown)
SELECT s.day, s.dimension, s.shown AS path, CAST(s.conversions AS BIGINT) AS conversions, CAST(s.value AS DECIMAL(28, 6)) AS value,
  CAST(s.open AS BIGINT) AS non_converting_journeys, s.conversions / (s.conversions + s.open) AS conversion_rate,
  m.touches AS median_touches, m.hours AS median_hours
FROM summed s
LEFT JOIN medians m ON s.day = m.day AND s.dimension = m.dimension AND s.shown = m.shown
