package io.oomstream.event;

/** How urgent an event is. */
public enum Severity {
  INFO,
  WARNING,
  CRITICAL
}
