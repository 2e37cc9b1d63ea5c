-- The same without looking at touches in vain: a person's clicks and views are numbered, as-of joins find the numbers
-- between which a conversion's lie, the latest ${max_touches} of each at most, and only those are fetched. Views that
-- have become clicks keep their numbers: a click takes the place of each, so the latest ${max_touches} are still enough.
WITH numbered AS MATERIALIZED (
  SELECT *, row_number() OVER (PARTITION BY user_id, click ORDER BY t, event_id) AS place
  FROM living),
converting AS MATERIALIZED (
  SELECT id, user_id, t, t - ${click_us} AS oldest_click, t - ${view_us} AS oldest_view
  FROM conversions
  WHERE joinable),
clicks AS (SELECT user_id, t, place FROM numbered WHERE click),
views AS (SELECT user_id, t, place FROM numbered WHERE NOT click),
ranges AS (
  SELECT c.id, c.user_id, c.t, TRUE AS click,
    greatest(coalesce(before.place, 0), coalesce(latest.place, 0) - ${max_touches}) AS after,
    coalesce(latest.place, 0) AS upto
  FROM converting c
  ASOF LEFT JOIN clicks latest ON c.user_id = latest.user_id AND c.t >= latest.t
  ASOF LEFT JOIN clicks before ON c.user_id = before.user_id AND c.oldest_click > before.t
  UNION ALL
  SELECT c.id, c.user_id, c.t, FALSE AS click,
    greatest(coalesce(before.place, 0), coalesce(latest.place, 0) - ${max_touches}) AS after,
    coalesce(latest.place, 0) AS upto
  FROM converting c
  ASOF LEFT JOIN views latest ON c.user_id = latest.user_id AND c.t >= latest.t
  ASOF LEFT JOIN views before ON c.user_id = before.user_id AND c.oldest_view > before.t),
places AS (
  SELECT id, user_id, t, click, unnest(range(after + 1, upto + 1)) AS place
  FROM ranges),
found AS (
  SELECT p.id, n.campaign_id, n.click, n.t, n.event_id
  FROM places p
  JOIN numbered n ON p.user_id = n.user_id AND p.click = n.click AND p.place = n.place
  WHERE n.ends >= p.t)
SELECT c.id, c.day, c.action, c.value, c.t AS converted, f.campaign_id, f.click, f.t, f.event_id
FROM conversions c
LEFT JOIN found f ON c.id = f.id
