-- Where a visit landed follows from its page views' campaigns, its first click or page view that names one and its last page view
-- that names none: told by one aggregate of each visit, without a sort. Then added up by person, so that people are counted once.
CREATE OR REPLACE TEMP TABLE landings AS
WITH visits AS (
  SELECT day, visitor, kind, visit,
    sum(foreground) > 10000000 OR count(*) FILTER (rank = 2) >= 2 OR count(*) FILTER (rank = 4) > 0 AS engaged,
    list(campaign_id) FILTER (rank = 2 AND campaign_id IS NOT NULL) AS pages,
    min((t, rank, event_id, campaign_id)) FILTER (rank <= 2 AND campaign_id IS NOT NULL) AS named,
    max((t, rank, event_id, '')) FILTER (rank = 2 AND campaign_id IS NULL) AS organic
  FROM doing
  WHERE visit IS NOT NULL
  GROUP BY day, visitor, kind, visit),
landed AS (
  SELECT day, visitor, kind, engaged,
    unnest(CASE
      WHEN named IS NULL THEN ['(unattributed)']
      WHEN organic > named THEN list_distinct(list_append(pages, named[4]))
      ELSE list_distinct(pages) END) AS campaign_id
  FROM visits
  WHERE pages IS NOT NULL OR organic IS NOT NULL)
SELECT day, campaign_id, visitor, kind, count(*) AS sessions, count(*) FILTER (engaged) AS engaged_sessions
FROM landed
GROUP BY day, campaign_id, visitor, kind;
