SELECT user_id, t, event_id, click, impression_id, campaign_id
FROM touch_events
WHERE day BETWEEN DATE '${touches_from}' AND DATE '${to}'
  AND user_id IN (SELECT user_id FROM conversions WHERE joinable)
