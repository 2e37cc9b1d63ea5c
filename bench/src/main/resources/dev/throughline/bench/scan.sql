-- Touches every column that attribution and the funnel need, and does as little as can be with it.
SELECT count(*), sum(length(event_id)), sum(t % 1000003), sum(length(event_type)), sum(length(event_name)),
  sum(length(user_id)), sum(length(campaign_id)), sum(length(channel)), sum(length(impression_id)),
  sum(CASE WHEN viewable THEN 1 ELSE 0 END), sum(value), sum(length(order_id)), sum(CASE WHEN consent THEN 1 ELSE 0 END)
FROM log
WHERE day BETWEEN DATE '${from}' AND DATE '${to}'
