SELECT day, user_id, t, event_id, event_name, order_id, CAST(coalesce(value, 0) AS DOUBLE) AS value,
  user_id IS NOT NULL AND coalesce(consent, TRUE) AS joinable
FROM log
WHERE event_type = 'conversion'
