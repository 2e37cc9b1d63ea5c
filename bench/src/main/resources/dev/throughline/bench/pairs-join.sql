-- Every conversion with each of its touches; one without any has a row without a touch.
SELECT c.id, c.day, c.action, c.value, c.t AS converted, l.campaign_id, l.click, l.t, l.event_id
FROM conversions c
LEFT JOIN living l
ON c.joinable AND c.user_id = l.user_id AND l.t <= c.t AND l.ends >= c.t
