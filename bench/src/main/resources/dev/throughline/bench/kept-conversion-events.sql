-- Of those that no journey may hold only sums are kept: their worth stands on the first.
SELECT day, user_id, time_us AS t, conversion_id AS event_id, event_name, NULL AS order_id,
  CAST(coalesce(value, 0) AS DOUBLE) AS value, TRUE AS joinable
FROM kept_touches
WHERE type = 4 AND NOT repeats_order
UNION ALL
SELECT day, NULL AS user_id, 0 AS t, concat(day, action, '#', place) AS event_id, action AS event_name, NULL AS order_id,
  CASE WHEN place = 0 THEN CAST(value AS DOUBLE) ELSE 0 END AS value, FALSE AS joinable
FROM (SELECT *, unnest(range(conversions)) AS place FROM kept_unjoinable)
