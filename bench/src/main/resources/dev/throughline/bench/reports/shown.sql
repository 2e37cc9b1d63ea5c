-- What people were shown: a row a person, day and campaign, with the first impression and the first that was viewable or not measured.
CREATE OR REPLACE TEMP TABLE people_shown AS
SELECT day, campaign_id, visitor, min(t) AS impressed, min(t) FILTER (viewable IS DISTINCT FROM FALSE) AS seen
FROM events
WHERE rank = 0 AND kind = 0 AND consents AND campaign_id IS NOT NULL
GROUP BY ALL;
