-- What is followed: no impressions, nobody unknown, no refusal; place is an event's number in the visitor's day.
CREATE OR REPLACE TEMP TABLE followed AS
SELECT visitor, kind, day, visit, t, rank, campaign_id, session_id IS NULL AS no_session, foreground, value, counts,
  rank < 4 AND event_name IN ('add_to_cart', 'begin_checkout', 'form_start', 'pricing') AS signal,
  row_number() OVER (PARTITION BY visitor, kind, day ORDER BY t, rank, event_id) AS place
FROM doing
WHERE kind < 2 AND consents;
-- Clicks that landed, with their page view: the next one of the session, or else the visitor's next one within 30 minutes.
CREATE OR REPLACE TEMP TABLE click_landings AS
WITH clicks AS (
  SELECT visitor, kind, day, visit, t, place, campaign_id, no_session
  FROM followed
  WHERE rank = 1 AND campaign_id IS NOT NULL),
pages AS (
  SELECT visitor, kind, day, visit, t, place
  FROM followed
  SEMI JOIN clicks USING (visitor, kind, day)
  WHERE rank = 2)
SELECT c.visitor, c.kind, c.day, p.visit, p.place, c.campaign_id
FROM clicks c
ASOF JOIN pages p ON p.visitor = c.visitor AND p.kind = c.kind AND p.day = c.day AND p.visit = c.visit AND p.place > c.place
WHERE NOT c.no_session
UNION ALL
SELECT c.visitor, c.kind, c.day, p.visit, p.place, c.campaign_id
FROM clicks c
ASOF JOIN pages p ON p.visitor = c.visitor AND p.kind = c.kind AND p.day = c.day AND p.place > c.place
WHERE c.no_session AND p.t - c.t <= 1800000000;
-- Visits and the campaigns they belong to: from which event on (since), whether a click on them led there, from which event on the visit
-- is engaged. Only these visits are looked at whole.
CREATE OR REPLACE TEMP TABLE campaign_visits AS
WITH belonging AS (
  SELECT visitor, kind, day, visit, campaign_id, min(place) AS since, bool_or(clicked) AS clicked
  FROM (
    SELECT visitor, kind, day, visit, campaign_id, place, TRUE AS clicked FROM click_landings
    UNION ALL
    SELECT visitor, kind, day, visit, campaign_id, place, FALSE FROM followed WHERE rank = 2 AND campaign_id IS NOT NULL)
  GROUP BY ALL),
so_far AS (
  SELECT visitor, kind, day, visit, rank, counts, foreground, place, sum(foreground) OVER w AS foreground_so_far,
    count(*) FILTER (rank = 2) OVER w AS pages_so_far
  FROM followed
  SEMI JOIN belonging USING (visitor, kind, day, visit)
  WINDOW w AS (PARTITION BY visitor, kind, day, visit ORDER BY place ROWS UNBOUNDED PRECEDING)),
visits AS (
  SELECT visitor, kind, day, visit, count(*) FILTER (rank = 2) AS page_views, count(*) FILTER (rank = 3) AS engagements,
    sum(foreground) AS foreground, bool_or(counts) AS converted,
    min(place) FILTER (rank = 4 OR foreground_so_far > 10000000 OR pages_so_far >= 2) AS engaged
  FROM so_far
  GROUP BY ALL)
SELECT day, campaign_id, visitor, kind, visit, since, clicked, page_views, engagements, foreground, converted, engaged
FROM belonging
JOIN visits USING (visitor, kind, day, visit);
-- A visit's first page view, up to 7 days after a click on the campaign that did not land with it. At one time clicks come first.
CREATE OR REPLACE TEMP TABLE return_visits AS
WITH clicked AS (
  SELECT visitor, campaign_id, t
  FROM followed
  WHERE rank = 1 AND kind = 0 AND campaign_id IS NOT NULL),
first_pages AS (
  SELECT visitor, day, visit, min(place) AS place, min(t) AS t
  FROM followed
  WHERE rank = 2 AND kind = 0 AND visitor IN (SELECT visitor FROM clicked)
  GROUP BY ALL)
SELECT DISTINCT p.visitor, p.day, p.place, p.t, c.campaign_id
FROM first_pages p
JOIN clicked c ON c.visitor = p.visitor AND c.t <= p.t AND p.t - c.t <= 604800000000
ANTI JOIN click_landings l
  ON l.visitor = p.visitor AND l.kind = 0 AND l.day = p.day AND l.place = p.place AND l.campaign_id = c.campaign_id;
