package io.oomstream.cli.input;

import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.RawRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The lines of several logs, merged by time so that event time never runs back. */
final class MergedLogs implements Iterator<RawRecord> {

  private final List<LogFile> files;
  private final @Nullable String host;
  private final Envelope envelope;
  private final int maxLineBytes;
  private final ZoneId zone;
  private @Nullable PriorityQueue<Head> heads;

  private record Head(RawRecord record, int file, LogLines rest) {}

  MergedLogs(
      List<LogFile> files,
      @Nullable String host,
      Envelope envelope,
      int maxLineBytes,
      ZoneId zone) {
    this.files = List.copyOf(files);
    this.host = host;
    this.envelope = envelope;
    this.maxLineBytes = maxLineBytes;
    this.zone = zone;
  }

  @Override
  public boolean hasNext() {
    return !opened().isEmpty();
  }

  @Override
  public RawRecord next() {
    Head head = opened().poll();
    if (head == null) {
      throw new NoSuchElementException();
    }
    push(opened(), head.file(), head.rest());
    return head.record();
  }

  private PriorityQueue<Head> opened() {
    PriorityQueue<Head> queue = heads;
    if (queue == null) {
      queue =
          new PriorityQueue<>(
              Comparator.comparingLong((Head h) -> h.record().timestamp())
                  .thenComparingInt(Head::file));
      heads = queue;
      for (int i = 0; i < files.size(); i++) {
        push(queue, i, open(files.get(i)));
      }
    }
    return queue;
  }

  private LogLines open(LogFile file) {
    try {
      return new LogLines(file, host, envelope, maxLineBytes, zone);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private void push(PriorityQueue<Head> queue, int file, LogLines lines) {
    try {
      RawRecord next = lines.next();
      if (next != null) {
        queue.add(new Head(next, file, lines));
      } else {
        lines.close();
      }
    } catch (IOException e) {
      throw unreadable(files.get(file), e);
    }
  }

  private static UncheckedIOException unreadable(LogFile file, IOException e) {
    return new UncheckedIOException(file.path() + ": cannot be read: " + e.getMessage(), e);
  }
}
