-- The people of campaign_days, one row a stage.
SELECT day, campaign_id, stage, people
FROM (SELECT day, campaign_id, reach AS saw, people_clicked AS clicked, people_landed AS landed FROM campaign_days)
UNPIVOT (people FOR stage IN (saw, clicked, landed))
WHERE people > 0
