-- Kill events and signals as tables of Flink SQL: sql-client.sh -i tables.sql, with the Kafka connector in lib/.
-- Set the brokers, and the login as 'properties.…' of Kafka's client. Fields of an event that have no column are passed
-- over; add what you need by the page of events.
-- An event may lack `time`, and a row time may not be null: then the record's own time stands in. An event that is
-- delivered twice is two rows; the views keep one of them.

CREATE TABLE kills (
  `eventId` STRING NOT NULL,
  `time` TIMESTAMP_LTZ(6),
  `kernelTimeUs` BIGINT,
  `severity` STRING,
  `host` ROW<`name` STRING, `bootId` STRING, `kernelRelease` STRING>,
  `cause` ROW<`primary` STRING, `summary` STRING>,
  `killReason` STRING,
  `victim` ROW<`comm` STRING, `pid` BIGINT, `uid` BIGINT, `oomScoreAdj` BIGINT, `rssBytes` BIGINT, `swapBytes` BIGINT, `pageTableBytes` BIGINT>,
  `blame` ROW<`role` STRING, `biggestName` ROW<`name` STRING, `residentBytes` BIGINT>>,
  `scope` ROW<`kind` STRING, `limitCgroup` STRING, `limitLevel` STRING, `limitIsOwn` BOOLEAN>,
  `memcg` ROW<`usageBytes` BIGINT, `limitBytes` BIGINT>,
  `workload` ROW<`key` STRING, `groupKey` STRING, `namesStatus` STRING, `containerId` STRING, `podUid` STRING, `systemdUnit` STRING, `kubernetes` ROW<`cluster` STRING, `namespace` STRING, `podName` STRING, `containerName` STRING, `restartCount` BIGINT, `owner` ROW<`kind` STRING, `name` STRING>>>,
  `block` ROW<`complete` BOOLEAN>,
  `provenance` STRING,
  `written` TIMESTAMP_LTZ(3) NOT NULL METADATA FROM 'timestamp' VIRTUAL,
  `rowtime` AS COALESCE(CAST(`time` AS TIMESTAMP_LTZ(3)), `written`),
  WATERMARK FOR `rowtime` AS `rowtime` - INTERVAL '1' MINUTE
) WITH (
  'connector' = 'kafka',
  'topic' = 'kernel.oom.kills',
  'properties.bootstrap.servers' = 'kafka:9092',
  'properties.group.id' = 'oomstream-consumer-flink-sql',
  'scan.startup.mode' = 'group-offsets',
  'properties.auto.offset.reset' = 'earliest',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601',
  'json.fail-on-missing-field' = 'false'
);

CREATE TABLE signals (
  `eventId` STRING NOT NULL,
  `time` TIMESTAMP_LTZ(6),
  `kernelTimeUs` BIGINT,
  `kind` STRING,
  `severity` STRING,
  `host` ROW<`name` STRING, `bootId` STRING>,
  `workload` STRING,
  `subject` STRING,
  `summary` STRING,
  `window` ROW<`start` TIMESTAMP_LTZ(6), `end` TIMESTAMP_LTZ(6)>,
  `measured` DOUBLE,
  `threshold` DOUBLE,
  `unit` STRING,
  `episode` ROW<`id` STRING, `phase` STRING, `updates` BIGINT, `openedAt` TIMESTAMP_LTZ(6), `closedAt` TIMESTAMP_LTZ(6), `events` BIGINT, `hosts` BIGINT>,
  `forecast` ROW<`limit` STRING, `at` TIMESTAMP_LTZ(6), `earliest` TIMESTAMP_LTZ(6), `latest` TIMESTAMP_LTZ(6)>,
  `allocation` ROW<`judgement` STRING, `caller` STRING>,
  `userspaceKill` ROW<`killer` STRING>,
  `provenance` STRING,
  `written` TIMESTAMP_LTZ(3) NOT NULL METADATA FROM 'timestamp' VIRTUAL,
  `rowtime` AS COALESCE(CAST(`time` AS TIMESTAMP_LTZ(3)), `written`),
  WATERMARK FOR `rowtime` AS `rowtime` - INTERVAL '1' MINUTE
) WITH (
  'connector' = 'kafka',
  'topic' = 'kernel.oom.signals',
  'properties.bootstrap.servers' = 'kafka:9092',
  'properties.group.id' = 'oomstream-consumer-flink-sql',
  'scan.startup.mode' = 'group-offsets',
  'properties.auto.offset.reset' = 'earliest',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601',
  'json.fail-on-missing-field' = 'false'
);

CREATE VIEW kills_once AS
SELECT * FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY `eventId` ORDER BY `rowtime` ASC) AS `copy` FROM kills
) WHERE `copy` = 1;

CREATE VIEW signals_once AS
SELECT * FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY `eventId` ORDER BY `rowtime` ASC) AS `copy` FROM signals
) WHERE `copy` = 1;
