SELECT j.day, coalesce(m.campaign_id, '(unattributed)') AS campaign_id, j.action, count(*) AS conversions,
  CAST(sum(j.value) AS DECIMAL(28, 6)) AS value
FROM journeys j
LEFT JOIN members m ON j.last_touch = m.member
GROUP BY ALL
