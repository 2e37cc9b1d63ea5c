-- The place within the day stands for the order of events.
SELECT day, user_id, time_us AS t, sequence AS event_id, type = 1 AS click, impression AS impression_id, campaign_id
FROM kept_touches
WHERE type IN (0, 1)
