-- After tables.sql. Kills of each namespace and cause, hour by hour.
SELECT
  `window_start`,
  `workload`.`kubernetes`.`namespace` AS `namespace`,
  `cause`.`primary` AS `cause`,
  COUNT(*) AS `kills`,
  COUNT(DISTINCT `host`.`name`) AS `hosts`
FROM TABLE(TUMBLE(TABLE kills_once, DESCRIPTOR(`rowtime`), INTERVAL '1' HOUR))
GROUP BY `window_start`, `window_end`, `workload`.`kubernetes`.`namespace`, `cause`.`primary`;

-- The biggest victims of one's own limit: workload, limit, what it held.
SELECT
  COALESCE(`workload`.`groupKey`, `workload`.`key`) AS `workload`,
  MAX(`memcg`.`limitBytes`) AS `limitBytes`,
  MAX(`victim`.`rssBytes`) AS `rssBytes`,
  COUNT(*) AS `kills`
FROM kills_once
WHERE `scope`.`limitIsOwn`
GROUP BY COALESCE(`workload`.`groupKey`, `workload`.`key`);

-- Episodes that are open, each as its newest signal has it.
SELECT `kind`, `host`.`name` AS `host`, `workload`, `episode`.`openedAt` AS `openedAt`, `summary`
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY `episode`.`id` ORDER BY `episode`.`updates` DESC) AS `newest`
  FROM signals
  WHERE `episode`.`id` IS NOT NULL
) WHERE `newest` = 1 AND `episode`.`phase` <> 'CLOSED';

-- What grows, and when it meets its limit.
SELECT `host`.`name` AS `host`, `kind`, `subject`, `forecast`.`limit` AS `limit`, `forecast`.`at` AS `at`,
  `forecast`.`earliest` AS `earliest`, `forecast`.`latest` AS `latest`
FROM signals_once
WHERE `forecast`.`at` IS NOT NULL;
