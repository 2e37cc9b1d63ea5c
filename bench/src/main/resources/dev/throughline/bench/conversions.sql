-- Conversions that count: of the rows that repeat an order on a day, the earliest.
SELECT event_id AS id, day, user_id, t, event_name AS action, value, joinable
FROM (
  SELECT *, row_number() OVER (
      PARTITION BY day, event_name, coalesce(order_id, event_id), order_id IS NULL
      ORDER BY t, event_id) AS nth
  FROM conversion_events
  WHERE day BETWEEN DATE '${from}' AND DATE '${to}') AS numbered
WHERE nth = 1
