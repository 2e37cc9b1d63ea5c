-- Conversions that count, by a number, since event_ids need not be unique.
CREATE OR REPLACE TEMP TABLE conversions AS
SELECT row_number() OVER () AS id, day, visitor, t, event_name AS action, coalesce(value, 0) AS value, kind = 0 AND consents AS joinable
FROM doing
WHERE counts;
-- Each conversion with its latest 500 touches; people who convert are few, so one hash join of all touches with them is cheap.
CREATE OR REPLACE TEMP TABLE pairs AS
SELECT c.id, p.t, p.click, p.member, p.place
FROM touches p
JOIN conversions c ON c.joinable AND p.visitor = c.visitor AND p.t <= c.t AND p.ends >= c.t
QUALIFY row_number() OVER (PARTITION BY c.id ORDER BY p.place DESC) <= 500;
-- What reports need of each journey as a whole, so that they need not look at touches: what last_touch chooses, length, path.
CREATE OR REPLACE TEMP TABLE journeys AS
SELECT c.id, c.day, c.action, c.value, coalesce(j.touches, 0) AS touches, c.t - j.since AS elapsed, j.last_touch, j.path
FROM conversions c
LEFT JOIN (
  SELECT id, count(*) AS touches, min(t) AS since,
    coalesce(arg_max(member, place) FILTER (WHERE click), arg_max(member, place)) AS last_touch,
    list_transform(list_sort(list(place * 1048576 + member)), lambda x: x % 1048576) AS path
  FROM pairs
  GROUP BY id) j
ON c.id = j.id;
