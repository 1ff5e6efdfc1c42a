package io.oomstream.cli.input;

import io.oomstream.cli.summary.InputSummary;
import java.io.InputStream;

/** A log that goes on: each part of it is read like a log, and begins where the last one ended. */
final class LivePart {

  private final InputStream pipe;
  private final InputSummary summary = new InputSummary();
  private final InputSummary.Log counted = summary.log();
  private long lines;
  private long time = Long.MIN_VALUE;
  private long boot;

  LivePart(InputStream pipe) {
    this.pipe = pipe;
  }

  InputStream pipe() {
    return pipe;
  }

  InputSummary summary() {
    return summary;
  }

  InputSummary.Log counted() {
    return counted;
  }

  /** How many lines were read of all parts. */
  long lines() {
    return lines;
  }

  void read(long line) {
    lines = line;
  }

  /** The time of the last line, milliseconds; {@link Long#MIN_VALUE} if none had one. */
  long time() {
    return time;
  }

  /** Where the kernel's clock begins, milliseconds. */
  long boot() {
    return boot;
  }

  void come(long newTime, long newBoot) {
    time = newTime;
    boot = newBoot;
  }
}
