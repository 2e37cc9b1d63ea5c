-- Touches of people who converted, with the last instant at which a conversion can credit them: the look-back's end, and
-- for a view the instant before its own click, which is the touch from then on.
SELECT user_id, t, event_id, click, campaign_id, t + ${click_us} AS ends
FROM touches
WHERE click
UNION ALL
SELECT v.user_id, v.t, v.event_id, v.click, v.campaign_id,
  least(v.t + ${view_us}, coalesce(c.clicked - 1, v.t + ${view_us})) AS ends
FROM touches v
LEFT JOIN (
  SELECT user_id, impression_id, min(t) AS clicked
  FROM touches
  WHERE click AND impression_id IS NOT NULL
  GROUP BY user_id, impression_id) c
ON v.user_id = c.user_id AND v.impression_id = c.impression_id
WHERE NOT v.click
