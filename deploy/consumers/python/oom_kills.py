#!/usr/bin/env python3
"""Kill events into a table: exactly one row per kill, however often an event is delivered.

    pip install confluent-kafka
    ./oom_kills.py --bootstrap-servers kafka:9092 --database kills.sqlite

Without Kafka, for a test or a replay: lines of CloudEvents JSON, as `./oomstream analyze --output json` prints them.

    ./oomstream analyze --output json dmesg.log | ./oom_kills.py --stdin --database kills.sqlite
"""
import argparse
import json
import sqlite3
import sys

KILL = "io.oomstream.kill.v1"

TABLE = """CREATE TABLE IF NOT EXISTS kills (
  ce_id TEXT PRIMARY KEY, host TEXT, time TEXT, pid INTEGER, comm TEXT, rss_bytes INTEGER, cause TEXT, summary TEXT)"""

# The same id is the same event: the second delivery writes the same row.
UPSERT = """INSERT INTO kills VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (ce_id) DO UPDATE SET host = excluded.host, time = excluded.time, pid = excluded.pid,
  comm = excluded.comm, rss_bytes = excluded.rss_bytes, cause = excluded.cause, summary = excluded.summary"""


def row(ce_id, data):
    """The row of one kill event. What the log did not hold is absent or null in the event, and NULL here."""
    victim = data.get("victim") or {}
    cause = data.get("cause") or {}
    return (ce_id, (data.get("host") or {}).get("name"), data.get("time"), victim.get("pid"), victim.get("comm"),
            victim.get("rssBytes"), cause.get("primary"), cause.get("summary"))


def from_stdin(lines):
    """Structured CloudEvents, one a line; events of other types are passed over."""
    for line in lines:
        if line.strip():
            event = json.loads(line)
            if event.get("type") == KILL:
                yield event["id"], event["data"]


def from_kafka(servers, topic, group, after):
    """Binary CloudEvents: attributes in headers. An offset is committed after the row is."""
    from confluent_kafka import Consumer

    consumer = Consumer({"bootstrap.servers": servers, "group.id": group, "enable.auto.commit": False,
                         "auto.offset.reset": "earliest", "isolation.level": "read_committed"})
    consumer.subscribe([topic])
    try:
        while True:
            message = consumer.poll(1.0)
            if message is None:
                continue
            if message.error():
                raise RuntimeError(message.error())
            headers = dict(message.headers() or [])
            if headers.get("ce_type") == KILL.encode():
                yield headers["ce_id"].decode(), json.loads(message.value())
                after()
            consumer.commit(message=message, asynchronous=False)
    finally:
        consumer.close()


def main():
    parser = argparse.ArgumentParser(description="Kill events into a table, one row per kill.")
    parser.add_argument("--bootstrap-servers", default="localhost:9092")
    parser.add_argument("--topic", default="kernel.oom.kills")
    parser.add_argument("--group", default="oom-kills-table")
    parser.add_argument("--database", default="kills.sqlite")
    parser.add_argument("--stdin", action="store_true", help="read CloudEvents JSON lines instead of Kafka")
    args = parser.parse_args()

    database = sqlite3.connect(args.database)
    database.execute(TABLE)
    events = (from_stdin(sys.stdin) if args.stdin
              else from_kafka(args.bootstrap_servers, args.topic, args.group, database.commit))
    for ce_id, data in events:
        database.execute(UPSERT, row(ce_id, data))
        database.commit()
    print(database.execute("SELECT count(*) FROM kills").fetchone()[0], "kills")


if __name__ == "__main__":
    main()
