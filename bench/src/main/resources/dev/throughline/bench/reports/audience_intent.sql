-- People and campaigns with more than impressions: when each strength was first shown. Came: an impression, a click or a visit (also a
-- return) brought them to the campaign; signals and conversions without a campaign count from then on. Impressions sort before all else.
CREATE OR REPLACE TEMP TABLE doers AS
WITH did AS (
  SELECT day, campaign_id, visitor, place AS curious, NULL AS considering, NULL AS returned, NULL AS intending, NULL AS acted, NULL AS t,
    NULL AS value
  FROM followed
  WHERE rank = 1 AND kind = 0 AND campaign_id IS NOT NULL
  UNION ALL
  SELECT day, campaign_id, visitor, since, CASE WHEN engaged >= 0 THEN greatest(since, engaged) END, NULL, NULL, NULL, NULL, NULL
  FROM campaign_visits
  WHERE kind = 0
  UNION ALL
  SELECT day, campaign_id, visitor, NULL, NULL, CASE WHEN returned THEN place END, CASE WHEN NOT counts THEN place END,
    CASE WHEN counts THEN place END, CASE WHEN counts THEN t END, value
  FROM signals
  WHERE campaign_id IS NOT NULL),
own AS (
  SELECT day, campaign_id, visitor, min(curious) AS curious, min(considering) AS considering, least(min(curious), min(returned)) AS came,
    min(intending) AS intending, min(acted) AS acted, min(t) AS acted_t, count(acted) AS conversions, sum(value) AS value
  FROM did
  GROUP BY ALL),
free AS (
  SELECT * FROM signals WHERE campaign_id IS NULL),
known AS (
  SELECT day, campaign_id, visitor, seen, o.* EXCLUDE (day, campaign_id, visitor)
  FROM (
    SELECT s.day, s.campaign_id, s.visitor, s.seen
    FROM people_shown s
    SEMI JOIN (SELECT day, visitor FROM own UNION ALL SELECT day, visitor FROM free) d ON d.day = s.day AND d.visitor = s.visitor
    WHERE s.seen IS NOT NULL)
  FULL JOIN own o USING (day, campaign_id, visitor)),
freely AS (
  SELECT k.day, k.campaign_id, k.visitor, min(f.place) FILTER (NOT f.counts) AS intending, min(f.place) FILTER (f.counts) AS acted,
    min(f.t) FILTER (f.counts) AS acted_t, count(*) FILTER (f.counts) AS conversions, sum(f.value) AS value
  FROM free f
  JOIN known k ON k.day = f.day AND k.visitor = f.visitor AND (k.seen <= f.t OR k.came < f.place)
  GROUP BY ALL)
SELECT k.day, k.campaign_id, k.seen, k.curious, k.considering, least(k.intending, f.intending) AS intending,
  least(k.acted, f.acted) AS acted, least(k.acted_t, f.acted_t) AS acted_t,
  coalesce(k.conversions, 0) + coalesce(f.conversions, 0) AS conversions, coalesce(k.value, 0) + coalesce(f.value, 0) AS value
FROM known k
LEFT JOIN freely f ON f.day = k.day AND f.campaign_id = k.campaign_id AND f.visitor = k.visitor;
WITH showed AS (
  SELECT day, campaign_id, conversions, value,
    CASE WHEN intending < coalesce(acted, 2147483647) THEN 4 WHEN considering < coalesce(acted, 2147483647) THEN 3
      WHEN curious < coalesce(acted, 2147483647) THEN 2 WHEN seen <= coalesce(acted_t, seen) THEN 1 ELSE 5 END AS tier_order
  FROM doers),
found AS (
  SELECT day, campaign_id, tier_order, count(*) AS showed, count(*) FILTER (conversions > 0) AS converted,
    sum(conversions) AS conversions, sum(value) AS value
  FROM showed
  GROUP BY ALL
  UNION ALL
  -- Who was only shown the campaign, the most by far: all that saw it less those of them above.
  SELECT day, campaign_id, 1, sum(people), 0, 0, 0
  FROM (
    SELECT day, campaign_id, count(seen) AS people FROM people_shown GROUP BY ALL
    UNION ALL
    SELECT day, campaign_id, -count(seen) FROM doers GROUP BY ALL)
  GROUP BY ALL
  HAVING sum(people) > 0),
tiers AS (
  SELECT day, campaign_id, g.tier_order, tier,
    CAST(coalesce(sum(showed) FILTER (f.tier_order = g.tier_order), 0) AS BIGINT) AS showed,
    CAST(coalesce(sum(converted) FILTER (f.tier_order = g.tier_order), 0) AS BIGINT) AS converted,
    CAST(coalesce(sum(conversions) FILTER (g.tier_order IN (f.tier_order, 5)), 0) AS BIGINT) AS conversions,
    coalesce(sum(value) FILTER (g.tier_order IN (f.tier_order, 5)), 0) AS value,
    CAST(sum(showed) AS BIGINT) AS all_people, CAST(sum(converted) AS BIGINT) AS all_acted
  FROM found f
  CROSS JOIN (VALUES (1, 'seen'), (2, 'curious'), (3, 'considering'), (4, 'intending'), (5, 'acted')) g (tier_order, tier)
  GROUP BY day, campaign_id, g.tier_order, tier),
people AS (
  SELECT day, campaign_id, tier, tier_order = 5 AS acted, CASE WHEN acted THEN all_acted ELSE showed - converted END AS people,
    CASE WHEN acted THEN all_acted ELSE showed END AS showed, CASE WHEN acted THEN all_acted ELSE converted END AS converted,
    conversions, value, all_people, all_acted
  FROM tiers),
rates AS (
  SELECT *, CASE WHEN showed > 0 AND NOT acted THEN converted / showed END AS rate, 1.959963984540054e0 AS z,
    z * sqrt(rate * (1 - rate) / showed + z * z / (4 * showed * showed)) AS spread
  FROM people)
SELECT day, campaign_id, tier, people, people / all_people AS share, showed, converted, conversions,
  CAST(value AS DECIMAL(28, 6)) AS value, rate AS conversion_rate,
  CASE WHEN rate >= 0 THEN greatest(0, least(rate, (rate + z * z / (2 * showed) - spread) / (1 + z * z / showed))) END
    AS conversion_rate_low,
  CASE WHEN rate >= 0 THEN least(1, greatest(rate, (rate + z * z / (2 * showed) + spread) / (1 + z * z / showed))) END
    AS conversion_rate_high,
  CASE WHEN all_acted > 0 THEN rate / (all_acted / all_people) END AS lift
FROM rates
