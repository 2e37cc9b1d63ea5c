-- No traffic is invalid here, so gross counts are the net ones; z is 1.96, Wilson's.
WITH acted AS (
  SELECT j.day, coalesce(m.campaign_id, '(unattributed)') AS campaign_id, count(*) AS conversions, sum(j.value) AS value
  FROM journeys j
  LEFT JOIN members m ON j.last_touch = m.member
  GROUP BY ALL),
counted AS (
  SELECT day, campaign_id, coalesce(impressions, 0) AS impressions, coalesce(measured_impressions, 0) AS measured_impressions,
    coalesce(viewable_impressions, 0) AS viewable_impressions, coalesce(clicks, 0) AS clicks,
    coalesce(landed_sessions, 0) AS landed_sessions, coalesce(engaged_sessions, 0) AS engaged_sessions, spend,
    coalesce(reach, 0) AS reach, coalesce(people_clicked, 0) AS people_clicked, coalesce(people_landed, 0) AS people_landed,
    coalesce(conversions, 0) AS conversions, coalesce(value, 0) AS value
  FROM campaign_days
  FULL JOIN acted USING (day, campaign_id)),
rates AS (
  SELECT *, clicks / nullif(impressions, 0) AS ctr, CASE WHEN clicks <= impressions THEN ctr END AS p,
    conversions / nullif(clicks, 0) AS cvr, CASE WHEN conversions <= clicks THEN cvr END AS q,
    CAST(impressions AS DOUBLE) AS n, CAST(clicks AS DOUBLE) AS k, 1.959963984540054e0 AS z,
    z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n) AS p_spread,
    z * sqrt(q * (1 - q) / k + z * z / (4 * k * k)) / (1 + z * z / k) AS q_spread
  FROM counted)
SELECT day, campaign_id, impressions AS gross_impressions, impressions, measured_impressions, viewable_impressions,
  clicks AS gross_clicks, clicks, landed_sessions, engaged_sessions, conversions, CAST(value AS DECIMAL(28, 6)) AS value, spend, ctr,
  CASE WHEN p IS NOT NULL THEN greatest(0, least((p + z * z / (2 * n)) / (1 + z * z / n) - p_spread, p)) END AS ctr_low,
  CASE WHEN p IS NOT NULL THEN least(1, greatest((p + z * z / (2 * n)) / (1 + z * z / n) + p_spread, p)) END AS ctr_high,
  cvr,
  CASE WHEN q IS NOT NULL THEN greatest(0, least((q + z * z / (2 * k)) / (1 + z * z / k) - q_spread, q)) END AS cvr_low,
  CASE WHEN q IS NOT NULL THEN least(1, greatest((q + z * z / (2 * k)) / (1 + z * z / k) + q_spread, q)) END AS cvr_high,
  1000 * CAST(spend AS DOUBLE) / nullif(impressions, 0) AS cpm, CAST(spend AS DOUBLE) / nullif(clicks, 0) AS cpc,
  CAST(spend AS DOUBLE) / nullif(conversions, 0) AS cpa, CAST(value AS DOUBLE) / nullif(CAST(spend AS DOUBLE), 0) AS roas,
  reach, people_clicked, people_landed
FROM rates
