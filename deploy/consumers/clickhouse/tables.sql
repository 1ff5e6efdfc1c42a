-- Kill events and signals in ClickHouse: clickhouse client --multiquery < tables.sql
-- Set the brokers in the two tables of the engine Kafka; a login belongs into the server's configuration (<kafka>).
-- What an event does not have is NULL. The whole event is in the column event.
-- An event that is delivered twice has the same event_id, and one row is left of it: at the next merge, and at once for
-- a query that says FINAL.
CREATE DATABASE IF NOT EXISTS oomstream;

CREATE TABLE IF NOT EXISTS oomstream.kills (
  event_id String,
  time Nullable(DateTime64(6, 'UTC')),
  kernel_time_us Nullable(Int64),
  severity LowCardinality(Nullable(String)),
  host Nullable(String),
  boot_id Nullable(String),
  kernel_release Nullable(String),
  cause LowCardinality(Nullable(String)),
  summary Nullable(String),
  kill_reason LowCardinality(Nullable(String)),
  victim Nullable(String),
  pid Nullable(Int64),
  uid Nullable(Int64),
  oom_score_adj Nullable(Int64),
  rss_bytes Nullable(Int64),
  swap_bytes Nullable(Int64),
  page_table_bytes Nullable(Int64),
  role LowCardinality(Nullable(String)),
  biggest Nullable(String),
  biggest_bytes Nullable(Int64),
  scope LowCardinality(Nullable(String)),
  limit_cgroup Nullable(String),
  limit_level LowCardinality(Nullable(String)),
  limit_is_own Nullable(Bool),
  usage_bytes Nullable(Int64),
  limit_bytes Nullable(Int64),
  workload Nullable(String),
  group_key Nullable(String),
  names_status LowCardinality(Nullable(String)),
  container_id Nullable(String),
  pod_uid Nullable(String),
  systemd_unit Nullable(String),
  cluster Nullable(String),
  namespace Nullable(String),
  pod Nullable(String),
  container Nullable(String),
  restart_count Nullable(Int64),
  owner_kind LowCardinality(Nullable(String)),
  owner Nullable(String),
  complete Nullable(Bool),
  provenance LowCardinality(Nullable(String)),
  event String CODEC(ZSTD)
) ENGINE = ReplacingMergeTree
ORDER BY event_id;

CREATE TABLE IF NOT EXISTS oomstream.kills_topic (event String) ENGINE = Kafka
SETTINGS kafka_broker_list = 'kafka:9092', kafka_topic_list = 'kernel.oom.kills', kafka_group_name = 'oomstream-consumer-clickhouse-kills',
  kafka_format = 'JSONAsString';

CREATE MATERIALIZED VIEW IF NOT EXISTS oomstream.kills_feed TO oomstream.kills AS
SELECT
  JSONExtractString(event, 'eventId') AS event_id,
  parseDateTime64BestEffortOrNull(JSONExtractString(event, 'time'), 6, 'UTC') AS time,
  JSONExtract(event, 'kernelTimeUs', 'Nullable(Int64)') AS kernel_time_us,
  JSONExtract(event, 'severity', 'Nullable(String)') AS severity,
  JSONExtract(event, 'host', 'name', 'Nullable(String)') AS host,
  JSONExtract(event, 'host', 'bootId', 'Nullable(String)') AS boot_id,
  JSONExtract(event, 'host', 'kernelRelease', 'Nullable(String)') AS kernel_release,
  JSONExtract(event, 'cause', 'primary', 'Nullable(String)') AS cause,
  JSONExtract(event, 'cause', 'summary', 'Nullable(String)') AS summary,
  JSONExtract(event, 'killReason', 'Nullable(String)') AS kill_reason,
  JSONExtract(event, 'victim', 'comm', 'Nullable(String)') AS victim,
  JSONExtract(event, 'victim', 'pid', 'Nullable(Int64)') AS pid,
  JSONExtract(event, 'victim', 'uid', 'Nullable(Int64)') AS uid,
  JSONExtract(event, 'victim', 'oomScoreAdj', 'Nullable(Int64)') AS oom_score_adj,
  JSONExtract(event, 'victim', 'rssBytes', 'Nullable(Int64)') AS rss_bytes,
  JSONExtract(event, 'victim', 'swapBytes', 'Nullable(Int64)') AS swap_bytes,
  JSONExtract(event, 'victim', 'pageTableBytes', 'Nullable(Int64)') AS page_table_bytes,
  JSONExtract(event, 'blame', 'role', 'Nullable(String)') AS role,
  JSONExtract(event, 'blame', 'biggestName', 'name', 'Nullable(String)') AS biggest,
  JSONExtract(event, 'blame', 'biggestName', 'residentBytes', 'Nullable(Int64)') AS biggest_bytes,
  JSONExtract(event, 'scope', 'kind', 'Nullable(String)') AS scope,
  JSONExtract(event, 'scope', 'limitCgroup', 'Nullable(String)') AS limit_cgroup,
  JSONExtract(event, 'scope', 'limitLevel', 'Nullable(String)') AS limit_level,
  JSONExtract(event, 'scope', 'limitIsOwn', 'Nullable(Bool)') AS limit_is_own,
  JSONExtract(event, 'memcg', 'usageBytes', 'Nullable(Int64)') AS usage_bytes,
  JSONExtract(event, 'memcg', 'limitBytes', 'Nullable(Int64)') AS limit_bytes,
  JSONExtract(event, 'workload', 'key', 'Nullable(String)') AS workload,
  JSONExtract(event, 'workload', 'groupKey', 'Nullable(String)') AS group_key,
  JSONExtract(event, 'workload', 'namesStatus', 'Nullable(String)') AS names_status,
  JSONExtract(event, 'workload', 'containerId', 'Nullable(String)') AS container_id,
  JSONExtract(event, 'workload', 'podUid', 'Nullable(String)') AS pod_uid,
  JSONExtract(event, 'workload', 'systemdUnit', 'Nullable(String)') AS systemd_unit,
  JSONExtract(event, 'workload', 'kubernetes', 'cluster', 'Nullable(String)') AS cluster,
  JSONExtract(event, 'workload', 'kubernetes', 'namespace', 'Nullable(String)') AS namespace,
  JSONExtract(event, 'workload', 'kubernetes', 'podName', 'Nullable(String)') AS pod,
  JSONExtract(event, 'workload', 'kubernetes', 'containerName', 'Nullable(String)') AS container,
  JSONExtract(event, 'workload', 'kubernetes', 'restartCount', 'Nullable(Int64)') AS restart_count,
  JSONExtract(event, 'workload', 'kubernetes', 'owner', 'kind', 'Nullable(String)') AS owner_kind,
  JSONExtract(event, 'workload', 'kubernetes', 'owner', 'name', 'Nullable(String)') AS owner,
  JSONExtract(event, 'block', 'complete', 'Nullable(Bool)') AS complete,
  JSONExtract(event, 'provenance', 'Nullable(String)') AS provenance,
  event
FROM oomstream.kills_topic
WHERE event_id != '';

CREATE TABLE IF NOT EXISTS oomstream.signals (
  event_id String,
  time Nullable(DateTime64(6, 'UTC')),
  kernel_time_us Nullable(Int64),
  kind LowCardinality(Nullable(String)),
  severity LowCardinality(Nullable(String)),
  host Nullable(String),
  boot_id Nullable(String),
  workload Nullable(String),
  subject Nullable(String),
  summary Nullable(String),
  window_start Nullable(DateTime64(6, 'UTC')),
  window_end Nullable(DateTime64(6, 'UTC')),
  measured Nullable(Float64),
  threshold Nullable(Float64),
  unit LowCardinality(Nullable(String)),
  episode Nullable(String),
  phase LowCardinality(Nullable(String)),
  updates Nullable(Int64),
  opened_at Nullable(DateTime64(6, 'UTC')),
  closed_at Nullable(DateTime64(6, 'UTC')),
  events Nullable(Int64),
  hosts Nullable(Int64),
  forecast_limit Nullable(String),
  forecast_at Nullable(DateTime64(6, 'UTC')),
  forecast_earliest Nullable(DateTime64(6, 'UTC')),
  forecast_latest Nullable(DateTime64(6, 'UTC')),
  judgement LowCardinality(Nullable(String)),
  caller Nullable(String),
  killer Nullable(String),
  provenance LowCardinality(Nullable(String)),
  event String CODEC(ZSTD)
) ENGINE = ReplacingMergeTree
ORDER BY event_id;

CREATE TABLE IF NOT EXISTS oomstream.signals_topic (event String) ENGINE = Kafka
SETTINGS kafka_broker_list = 'kafka:9092', kafka_topic_list = 'kernel.oom.signals', kafka_group_name = 'oomstream-consumer-clickhouse-signals',
  kafka_format = 'JSONAsString';

CREATE MATERIALIZED VIEW IF NOT EXISTS oomstream.signals_feed TO oomstream.signals AS
SELECT
  JSONExtractString(event, 'eventId') AS event_id,
  parseDateTime64BestEffortOrNull(JSONExtractString(event, 'time'), 6, 'UTC') AS time,
  JSONExtract(event, 'kernelTimeUs', 'Nullable(Int64)') AS kernel_time_us,
  JSONExtract(event, 'kind', 'Nullable(String)') AS kind,
  JSONExtract(event, 'severity', 'Nullable(String)') AS severity,
  JSONExtract(event, 'host', 'name', 'Nullable(String)') AS host,
  JSONExtract(event, 'host', 'bootId', 'Nullable(String)') AS boot_id,
  JSONExtract(event, 'workload', 'Nullable(String)') AS workload,
  JSONExtract(event, 'subject', 'Nullable(String)') AS subject,
  JSONExtract(event, 'summary', 'Nullable(String)') AS summary,
  parseDateTime64BestEffortOrNull(JSONExtractString(event, 'window', 'start'), 6, 'UTC') AS window_start,
  parseDateTime64BestEffortOrNull(JSONExtractString(event, 'window', 'end'), 6, 'UTC') AS window_end,
  JSONExtract(event, 'measured', 'Nullable(Float64)') AS measured,
  JSONExtract(event, 'threshold', 'Nullable(Float64)') AS threshold,
  JSONExtract(event, 'unit', 'Nullable(String)') AS unit,
  JSONExtract(event, 'episode', 'id', 'Nullable(String)') AS episode,
  JSONExtract(event, 'episode', 'phase', 'Nullable(String)') AS phase,
  JSONExtract(event, 'episode', 'updates', 'Nullable(Int64)') AS updates,
  parseDateTime64BestEffortOrNull(JSONExtractString(event, 'episode', 'openedAt'), 6, 'UTC') AS opened_at,
  parseDateTime64BestEffortOrNull(JSONExtractString(event, 'episode', 'closedAt'), 6, 'UTC') AS closed_at,
  JSONExtract(event, 'episode', 'events', 'Nullable(Int64)') AS events,
  JSONExtract(event, 'episode', 'hosts', 'Nullable(Int64)') AS hosts,
  JSONExtract(event, 'forecast', 'limit', 'Nullable(String)') AS forecast_limit,
  parseDateTime64BestEffortOrNull(JSONExtractString(event, 'forecast', 'at'), 6, 'UTC') AS forecast_at,
  parseDateTime64BestEffortOrNull(JSONExtractString(event, 'forecast', 'earliest'), 6, 'UTC') AS forecast_earliest,
  parseDateTime64BestEffortOrNull(JSONExtractString(event, 'forecast', 'latest'), 6, 'UTC') AS forecast_latest,
  JSONExtract(event, 'allocation', 'judgement', 'Nullable(String)') AS judgement,
  JSONExtract(event, 'allocation', 'caller', 'Nullable(String)') AS caller,
  JSONExtract(event, 'userspaceKill', 'killer', 'Nullable(String)') AS killer,
  JSONExtract(event, 'provenance', 'Nullable(String)') AS provenance,
  event
FROM oomstream.signals_topic
WHERE event_id != '';

-- Each episode as its newest signal has it. The signal that closes one is INFO, so its severity is that of the worst.
CREATE VIEW IF NOT EXISTS oomstream.episodes AS
SELECT
  s.episode AS episode,
  any(s.kind) AS kind,
  multiIf(countIf(s.severity = 'CRITICAL') > 0, 'CRITICAL', countIf(s.severity = 'WARNING') > 0, 'WARNING', 'INFO') AS severity,
  argMax(s.phase, s.updates) AS phase,
  argMax(s.host, s.updates) AS host,
  argMax(s.workload, s.updates) AS workload,
  argMax(s.subject, s.updates) AS subject,
  argMax(s.summary, s.updates) AS summary,
  min(s.opened_at) AS opened_at,
  max(s.closed_at) AS closed_at,
  max(s.events) AS events,
  max(s.hosts) AS hosts
FROM oomstream.signals AS s FINAL
WHERE s.episode IS NOT NULL
GROUP BY s.episode;

-- What grows on which host, and when it meets its limit: the newest forecast of each alarm that is still open.
-- Its parts are taken as one, since argMax passes over what is NULL.
CREATE VIEW IF NOT EXISTS oomstream.forecasts AS
WITH argMax(
  (s.forecast_limit, s.forecast_at, s.forecast_earliest, s.forecast_latest), assumeNotNull(s.updates)) AS newest
SELECT
  s.episode AS episode,
  any(s.kind) AS kind,
  any(s.host) AS host,
  argMax(s.phase, s.updates) AS phase,
  argMax(s.subject, s.updates) AS subject,
  newest.1 AS forecast_limit,
  newest.2 AS forecast_at,
  newest.3 AS forecast_earliest,
  newest.4 AS forecast_latest
FROM oomstream.signals AS s FINAL
WHERE s.episode IS NOT NULL AND (s.forecast_at IS NOT NULL OR s.phase = 'CLOSED')
GROUP BY s.episode
HAVING phase != 'CLOSED';
