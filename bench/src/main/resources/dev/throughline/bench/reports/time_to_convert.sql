WITH bucketed AS (
  SELECT j.day, coalesce(m.campaign_id, '(unattributed)') AS campaign_id, j.action, j.value, x.measure,
    CASE
      WHEN j.touches = 0 THEN 0
      WHEN x.measure = 'touches' THEN
        CASE WHEN j.touches <= 3 THEN j.touches WHEN j.touches <= 6 THEN 4 WHEN j.touches <= 10 THEN 5 ELSE 6 END
      WHEN j.elapsed < 3600000000 THEN 1
      WHEN j.elapsed < 691200000000 THEN 2 + j.elapsed // 86400000000
      WHEN j.elapsed < 1296000000000 THEN 10
      WHEN j.elapsed < 2678400000000 THEN 11
      ELSE 12
    END AS bucket_order
  FROM journeys j
  LEFT JOIN members m ON j.last_touch = m.member
  CROSS JOIN (VALUES ('elapsed'), ('touches')) x(measure))
SELECT day, campaign_id, action, measure,
  CASE
    WHEN bucket_order = 0 THEN 'none'
    WHEN measure = 'touches' THEN list_extract(['1', '2', '3', '4-6', '7-10', '11+'], bucket_order)
    ELSE list_extract(['< 1 h', '< 1 d', '1 d', '2 d', '3 d', '4 d', '5 d', '6 d', '7 d', '8-14 d', '15-30 d', '31+ d'], bucket_order)
  END AS bucket,
  CAST(bucket_order AS INTEGER) AS bucket_order, count(*) AS conversions, CAST(sum(value) AS DECIMAL(28, 6)) AS value
FROM bucketed
GROUP BY day, campaign_id, action, measure, bucket_order
