WITH totals AS (
  SELECT day, action, count(*) AS conversions, sum(value) AS value
  FROM conversions
  GROUP BY day, action),
credited AS (
  SELECT day, dimension, action, model,
    coalesce(sum(credited_conversions) FILTER (WHERE member <> '(unattributed)'), 0) AS attributed_conversions,
    coalesce(sum(credited_conversions) FILTER (WHERE member = '(unattributed)'), 0) AS unattributed_conversions,
    coalesce(sum(credited_value) FILTER (WHERE member <> '(unattributed)'), 0) AS attributed_value,
    coalesce(sum(credited_value) FILTER (WHERE member = '(unattributed)'), 0) AS unattributed_value
  FROM credits
  GROUP BY day, dimension, action, model)
SELECT c.day, c.dimension, c.action, c.model, c.attributed_conversions, c.unattributed_conversions, t.conversions AS total_conversions,
  c.attributed_value, c.unattributed_value, CAST(t.value AS DECIMAL(28, 6)) AS total_value
FROM credited c
JOIN totals t ON c.day = t.day AND c.action = t.action
