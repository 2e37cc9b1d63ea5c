-- Shares of each conversion by the five models, of its latest ${max_touches} touches; summed by campaign and by channel.
WITH latest AS (
  SELECT *, row_number() OVER (PARTITION BY id ORDER BY t DESC, click DESC, event_id DESC) AS back
  FROM pairs),
journeys AS (
  SELECT day, action, value, click,
    coalesce(campaign_id, '(unattributed)') AS campaign_id,
    count(*) OVER (PARTITION BY id) AS n,
    back,
    sum(CASE WHEN click THEN 1 ELSE 0 END) OVER (PARTITION BY id) AS clicks,
    sum(CASE WHEN click THEN 1 ELSE 0 END) OVER (
      PARTITION BY id ORDER BY back ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS click_back,
    pow(2, (coalesce(t, converted) - converted) / ${half_life_us}) AS weight,
    sum(pow(2, (coalesce(t, converted) - converted) / ${half_life_us})) OVER (PARTITION BY id) AS weights
  FROM latest
  WHERE back <= ${max_touches}),
shares AS (
  SELECT day, action, campaign_id, value,
    CASE WHEN clicks = 0 AND back = n OR click AND click_back = clicks THEN 1e0 ELSE 0e0 END AS first_touch,
    CASE WHEN clicks = 0 AND back = 1 OR click AND click_back = 1 THEN 1e0 ELSE 0e0 END AS last_touch,
    1e0 / n AS linear,
    weight / weights AS time_decay,
    CASE
      WHEN n = 1 THEN 1e0
      WHEN back = n THEN ${first} / CASE WHEN n = 2 THEN ${first} + ${last} ELSE 1e0 END
      WHEN back = 1 THEN ${last} / CASE WHEN n = 2 THEN ${first} + ${last} ELSE 1e0 END
      ELSE (1e0 - ${first} - ${last}) / (n - 2)
    END AS position_based
  FROM journeys),
by_campaign AS (
  SELECT day, action, campaign_id,
    sum(first_touch) AS n1, sum(first_touch * value) AS v1,
    sum(last_touch) AS n2, sum(last_touch * value) AS v2,
    sum(linear) AS n3, sum(linear * value) AS v3,
    sum(time_decay) AS n4, sum(time_decay * value) AS v4,
    sum(position_based) AS n5, sum(position_based * value) AS v5
  FROM shares
  GROUP BY day, action, campaign_id),
by_both AS (
  SELECT 'campaign' AS dimension, campaign_id AS member, day, action, n1, v1, n2, v2, n3, v3, n4, v4, n5, v5
  FROM by_campaign
  UNION ALL
  SELECT 'channel' AS dimension,
    CASE WHEN b.campaign_id = '(unattributed)' THEN b.campaign_id ELSE coalesce(c.channel, '(unknown)') END AS member,
    day, action, n1, v1, n2, v2, n3, v3, n4, v4, n5, v5
  FROM by_campaign b
  LEFT JOIN campaigns c ON b.campaign_id = c.campaign_id)
SELECT CAST(day AS ${string}) AS day, dimension, member, action,
  sum(n1), sum(v1), sum(n2), sum(v2), sum(n3), sum(v3), sum(n4), sum(v4), sum(n5), sum(v5)
FROM by_both
GROUP BY day, dimension, member, action
