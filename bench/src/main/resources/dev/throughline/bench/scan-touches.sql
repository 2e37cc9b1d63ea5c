-- Every column of the kept touches that journeys need.
SELECT count(*), sum(length(user_id)), sum(sequence), sum(type), sum(time_us % 1000003), sum(length(campaign_id)),
  sum(length(channel)), sum(impression % 1000003), sum(length(event_name)), sum(value)
FROM kept_touches
WHERE day BETWEEN DATE '${touches_from}' AND DATE '${to}'
