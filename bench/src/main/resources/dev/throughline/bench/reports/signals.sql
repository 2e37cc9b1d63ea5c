-- What shows intent of known people: signals by name, return visits, conversions that count (with their value).
CREATE OR REPLACE TEMP TABLE signals AS
SELECT day, campaign_id, visitor, place, t, counts, FALSE AS returned, CASE WHEN counts THEN coalesce(value, 0) ELSE 0 END AS value
FROM followed
WHERE (signal OR counts) AND kind = 0
UNION ALL
SELECT day, campaign_id, visitor, place, t, FALSE, TRUE, 0
FROM return_visits;
