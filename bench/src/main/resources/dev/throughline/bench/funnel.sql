-- First by person, which counts people exactly without a set of them for each campaign.
SELECT CAST(day AS ${string}) AS day, coalesce(campaign_id, '(unattributed)') AS campaign_id,
  sum(impressions), sum(viewable_impressions), sum(clicks),
  sum(CASE WHEN user_id IS NOT NULL AND impressions > 0 THEN 1 ELSE 0 END) AS reach,
  sum(CASE WHEN user_id IS NOT NULL AND clicks > 0 THEN 1 ELSE 0 END) AS people_clicked
FROM (
  SELECT day, campaign_id, user_id,
    count(*) FILTER (WHERE event_type = 'impression') AS impressions,
    count(*) FILTER (WHERE event_type = 'impression' AND viewable) AS viewable_impressions,
    count(*) FILTER (WHERE event_type = 'click') AS clicks
  FROM log
  WHERE event_type IN ('impression', 'click') AND day BETWEEN DATE '${from}' AND DATE '${to}'
  GROUP BY day, campaign_id, user_id) AS by_person
GROUP BY day, campaign_id
