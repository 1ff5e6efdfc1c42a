package io.oomstream.cli.input.store;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the log stores call the line, its host and its time, as columns of a table or as paths in an
 * object. The first that is there counts.
 */
enum StoreNames {
  /** Loki and Grafana, CloudWatch, Datadog, Kibana, Splunk, GCP, Azure, Graylog, Sumo Logic. */
  TEXT(
      "_raw",
      "@message",
      "textPayload",
      "jsonPayload.MESSAGE",
      "jsonPayload.message",
      "jsonPayload.msg",
      "jsonPayload.log",
      "_source.message",
      "_source.log",
      "_source.MESSAGE",
      "SyslogMessage",
      "Syslog_Message",
      "attributes.message",
      "content.message",
      "fields.message",
      "event.original",
      "message",
      "msg",
      "Line",
      "content",
      "LogMessage",
      "LogEntry",
      "RenderedDescription",
      "body",
      "log",
      "log.message",
      "note"),
  HOST(
      "jsonPayload._HOSTNAME",
      "jsonPayload.hostname",
      "jsonPayload.host",
      "_source.host.hostname",
      "_source.host.name",
      "_source.hostname",
      "_source.host",
      "labels.host",
      "labels.hostname",
      "labels.node",
      "labels.node_name",
      "labels.nodename",
      "labels.instance",
      "attributes.host",
      "content.host",
      "host.hostname",
      "host.name",
      "hostname",
      "host",
      "Computer",
      "HostName",
      "source.host",
      "reportingInstance",
      "_sourceHost",
      "@host",
      "node",
      "source",
      "logStreamName",
      "@logStream",
      "resource.labels.node_name",
      "resource.labels.instance_id"),
  TIME(
      "tsNs",
      "timestampNanos",
      "@timestamp",
      "_source.@timestamp",
      "_time",
      "timestamp",
      "TimeGenerated",
      "TimeGenerated [UTC]",
      "EventTime",
      "attributes.timestamp",
      "content.timestamp",
      "Time",
      "Date",
      "ts",
      "lastTimestamp",
      "eventTime",
      "_messageTime",
      "receiveTimestamp",
      "datetime");

  private final List<String> names;

  StoreNames(String... names) {
    this.names = List.of(names);
  }

  List<String> names() {
    return names;
  }

  /** The column's place; -1 if there is none. */
  int in(List<String> columns) {
    for (String name : names) {
      for (int i = 0; i < columns.size(); i++) {
        if (plain(columns.get(i)).equals(plain(name))) {
          return i;
        }
      }
    }
    return -1;
  }

  static String plain(@Nullable String name) {
    return name == null ? "" : name.strip().toLowerCase(Locale.ROOT);
  }
}
