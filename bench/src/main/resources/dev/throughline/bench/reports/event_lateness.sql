-- Lateness in whole seconds has few values: quantiles of how often each occurs are exact, and no event need be kept for them.
WITH often AS (
  SELECT day, CAST(floor((received - t) / 1000000) AS BIGINT) AS seconds,
    (received - epoch_us(day)) // 86400000000 AS days, count(*) AS events
  FROM events
  GROUP BY ALL),
ranked AS (
  SELECT *, CASE WHEN seconds IS NOT NULL THEN sum(events) OVER (PARTITION BY day, seconds IS NULL ORDER BY seconds) END AS upto,
    sum(events) FILTER (seconds IS NOT NULL) OVER (PARTITION BY day) - 1 AS last
  FROM often),
quantiles AS (
  SELECT day, CAST(sum(events) AS BIGINT) AS events,
    CAST(coalesce(sum(events) FILTER (seconds IS NOT NULL), 0) AS BIGINT) AS events_with_received_time,
    CAST(coalesce(sum(events) FILTER (seconds < 0), 0) AS BIGINT) AS received_before_event,
    min(seconds) FILTER (upto > floor(last * 0.5)) AS p50, min(seconds) FILTER (upto > ceil(last * 0.5)) AS above50,
    min(seconds) FILTER (upto > floor(last * 0.9)) AS p90, min(seconds) FILTER (upto > ceil(last * 0.9)) AS above90,
    min(seconds) FILTER (upto > floor(last * 0.99)) AS p99, min(seconds) FILTER (upto > ceil(last * 0.99)) AS above99,
    CAST(max(seconds) AS DOUBLE) AS lateness_max_seconds, any_value(last) AS last,
    CAST(coalesce(sum(events) FILTER (days > 0), 0) AS BIGINT) AS late,
    CAST(coalesce(sum(events) FILTER (days > 3), 0) AS BIGINT) AS after_restated
  FROM ranked
  GROUP BY day)
SELECT day, events, events_with_received_time, received_before_event,
  CAST(round(p50 + (above50 - p50) * (last * 0.5 - floor(last * 0.5)), 3) AS DOUBLE) AS lateness_p50_seconds,
  CAST(round(p90 + (above90 - p90) * (last * 0.9 - floor(last * 0.9)), 3) AS DOUBLE) AS lateness_p90_seconds,
  CAST(round(p99 + (above99 - p99) * (last * 0.99 - floor(last * 0.99)), 3) AS DOUBLE) AS lateness_p99_seconds,
  lateness_max_seconds, late, after_restated
FROM quantiles
