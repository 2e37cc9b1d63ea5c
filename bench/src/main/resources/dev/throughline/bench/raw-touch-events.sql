SELECT day, user_id, t, event_id, event_type = 'click' AS click, impression_id, campaign_id
FROM log
WHERE event_type IN ('click', 'impression') AND campaign_id IS NOT NULL AND user_id IS NOT NULL
  AND coalesce(consent, TRUE) AND (event_type = 'click' OR coalesce(viewable, TRUE))
