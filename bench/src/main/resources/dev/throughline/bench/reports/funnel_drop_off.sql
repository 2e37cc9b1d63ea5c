-- Who clicked after a viewable impression, few of those who saw one: the first such click. An impression sorts before a click of its time.
CREATE OR REPLACE TEMP TABLE funnel_clicked AS
SELECT f.day, f.campaign_id, f.visitor, any_value(s.seen) AS seen, min(f.place) AS place, min(f.t) AS t
FROM followed f
JOIN people_shown s ON s.day = f.day AND s.visitor = f.visitor AND s.campaign_id = f.campaign_id AND s.seen <= f.t
WHERE f.rank = 1 AND f.kind = 0
GROUP BY ALL;
-- The first page view after it that lands: makes its visit the campaign's, or names none in a visit that is; or a click landed there.
CREATE OR REPLACE TEMP TABLE funnel_landed AS
WITH pages AS (
  SELECT v.day, v.campaign_id, v.visitor, f.place, f.t
  FROM campaign_visits v
  JOIN followed f USING (visitor, kind, day, visit)
  WHERE v.kind = 0 AND f.rank = 2 AND f.place >= v.since AND (f.campaign_id IS NULL OR f.campaign_id = v.campaign_id)
  UNION ALL
  SELECT l.day, l.campaign_id, l.visitor, f.place, f.t
  FROM click_landings l
  JOIN followed f USING (visitor, kind, day, place)
  WHERE l.kind = 0)
SELECT c.day, c.campaign_id, c.visitor, any_value(c.t) AS clicked, min(p.place) AS place, min(p.t) AS t
FROM funnel_clicked c
JOIN pages p ON p.day = c.day AND p.campaign_id = c.campaign_id AND p.visitor = c.visitor AND p.place > c.place
GROUP BY ALL;
-- The first event from there on, that landing or later, in a visit of the campaign that is engaged by then.
CREATE OR REPLACE TEMP TABLE funnel_engaged AS
SELECT a.day, a.campaign_id, a.visitor, any_value(a.t) AS landed, min(f.place) AS place, min(f.t) AS t
FROM funnel_landed a
JOIN campaign_visits v ON v.kind = 0 AND v.day = a.day AND v.campaign_id = a.campaign_id AND v.visitor = a.visitor
JOIN followed f ON f.kind = 0 AND f.day = a.day AND f.visitor = a.visitor AND f.visit = v.visit
  AND f.place >= a.place AND f.place >= v.since AND f.place >= v.engaged
GROUP BY ALL;
-- What shows intent from then on; the first of it, and the first conversion, which is never before.
CREATE OR REPLACE TEMP TABLE funnel_intended AS
SELECT e.day, e.campaign_id, e.visitor, any_value(e.t) AS engaged, min(s.t) AS t, min(s.t) FILTER (s.counts) AS converted
FROM funnel_engaged e
JOIN signals s ON s.day = e.day AND s.visitor = e.visitor AND s.place >= e.place AND coalesce(s.campaign_id = e.campaign_id, TRUE)
GROUP BY ALL;
WITH steps AS (
  SELECT day, campaign_id, 1 AS step, count(*) AS entered, NULL AS seconds
  FROM people_shown
  GROUP BY ALL
  UNION ALL
  SELECT day, campaign_id, 2, count(*), quantile_cont((seen - impressed) // 1000000, [0.5, 0.9])
  FROM people_shown
  WHERE seen IS NOT NULL
  GROUP BY ALL
  UNION ALL
  SELECT day, campaign_id, step, count(*), quantile_cont(micros // 1000000, [0.5, 0.9])
  FROM (
    SELECT day, campaign_id, 3 AS step, t - seen AS micros FROM funnel_clicked
    UNION ALL
    SELECT day, campaign_id, 4, t - clicked FROM funnel_landed
    UNION ALL
    SELECT day, campaign_id, 5, t - landed FROM funnel_engaged
    UNION ALL
    SELECT day, campaign_id, 6, t - engaged FROM funnel_intended
    UNION ALL
    SELECT day, campaign_id, 7, converted - t FROM funnel_intended)
  WHERE micros IS NOT NULL
  GROUP BY ALL),
grid AS (
  SELECT c.day, c.campaign_id, g.step, g.step_name, coalesce(s.entered, 0) AS entered, s.seconds
  FROM (SELECT day, campaign_id FROM steps WHERE step = 1) c
  CROSS JOIN (VALUES (1, 'impression'), (2, 'viewable'), (3, 'click'), (4, 'landed'), (5, 'engaged'), (6, 'intent'), (7, 'conversion'))
    g (step, step_name)
  LEFT JOIN steps s ON s.day = c.day AND s.campaign_id = c.campaign_id AND s.step = g.step),
nexts AS (
  SELECT *, lead(entered) OVER w AS continued, lead(seconds) OVER w AS seconds_to_next,
    last_value(entered) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS last
  FROM grid
  WINDOW w AS (PARTITION BY day, campaign_id ORDER BY step)),
others AS (
  SELECT *, entered - continued AS dropped, CASE WHEN entered > 0 THEN continued / entered END AS rate,
    sum(entered) OVER w - entered AS others_entered, sum(continued) OVER w - continued AS others_continued,
    sum(last) OVER w - last AS others_last, 1.959963984540054e0 AS z
  FROM nexts
  WINDOW w AS (PARTITION BY day, step)),
rates AS (
  SELECT *, CASE WHEN step = 7 THEN NULL WHEN others_entered > 0 THEN others_continued / others_entered ELSE 1 END AS benchmark_rate,
    CASE WHEN last > 0 THEN last / continued WHEN others_continued > 0 THEN others_last / others_continued ELSE 0 END AS onward,
    z * sqrt(rate * (1 - rate) / entered + z * z / (4 * entered * entered)) AS spread
  FROM others),
losses AS (
  SELECT *, CASE WHEN step < 7 THEN entered * greatest(0, benchmark_rate - rate) * onward END AS lost
  FROM rates)
SELECT day, campaign_id, step, step_name, entered, continued, dropped, rate AS continuation_rate,
  CASE WHEN rate >= 0 THEN greatest(0, least(rate, (rate + z * z / (2 * entered) - spread) / (1 + z * z / entered))) END
    AS continuation_rate_low,
  CASE WHEN rate >= 0 THEN least(1, greatest(rate, (rate + z * z / (2 * entered) + spread) / (1 + z * z / entered))) END
    AS continuation_rate_high,
  benchmark_rate, round(seconds_to_next[1], 6) AS median_seconds_to_next, round(seconds_to_next[2], 6) AS p90_seconds_to_next,
  lost AS lost_conversions_estimate,
  coalesce(lost > 0, FALSE) AND row_number() OVER (PARTITION BY day, campaign_id ORDER BY lost DESC NULLS LAST, step) = 1 AS is_biggest_leak
FROM losses
