package io.oomstream.cli.input;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.event.AnomalySignal;
import io.oomstream.event.EventJson;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.SignalKind;
import io.oomstream.event.StructuredEvent;
import io.oomstream.format.line.RawRecord;
import io.oomstream.snapshot.Snapshot;
import io.oomstream.snapshot.SnapshotDecoder;
import io.oomstream.trend.MachineHistory;
import io.oomstream.trend.Measures;
import io.oomstream.trend.TrendDetector;
import io.oomstream.trend.TrendOptions;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies of {@code /proc/meminfo}, {@code slabinfo} and their like among the files to analyse,
 * recognized by their shape: the moments that they show, and the signals of these.
 *
 * @param moments in order of time
 * @param unreadable paths of files that look like such and could not be read
 */
public record ProcFiles(List<Snapshot> moments, List<String> unreadable) {

  /** Bytes of a file that tell what it is. */
  private static final int LOOK = 4096;

  private static final int MOST_BYTES = 64 << 20;

  /** Files of one moment are copied one after the other. */
  private static final long SAME_MOMENT_MS = 600_000;

  /** Whether the file is no log but such a copy; false for what can't be read. */
  public static boolean isOne(String path) {
    if (path.equals(LogFile.STANDARD_INPUT) || !Files.isRegularFile(Path.of(path))) {
      return false;
    }
    return isOne(new LogFile(path, 0, path, null));
  }

  static boolean isOne(LogFile file) {
    try (BufferedInputStream in = file.open()) {
      return SnapshotDecoder.isOne(in.readNBytes(LOOK));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Reads them.
   *
   * @param host of files that name none themselves
   */
  public static ProcFiles read(List<LogFile> files, String host) {
    List<Snapshot> found = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (LogFile file : files) {
      String path = file.path();
      try (BufferedInputStream in = file.open()) {
        String named = file.host() == null ? host : file.host();
        byte[] bytes = in.readNBytes(MOST_BYTES);
        Map<String, byte[]> headers =
            Map.of(SnapshotDecoder.FILE_HEADER, path.getBytes(StandardCharsets.UTF_8));
        SnapshotDecoder.Decoded decoded =
            SnapshotDecoder.decode(
                new RawRecord(path, 0, 0, file.referenceMs(), null, bytes, headers), named);
        found.addAll(decoded.snapshots());
        if (decoded.snapshots().isEmpty() || !decoded.complaint().isEmpty()) {
          unreadable.add(path);
        }
      } catch (IOException e) {
        unreadable.add(path);
      }
    }
    return new ProcFiles(merged(found), List.copyOf(unreadable));
  }

  /** Files of one host and moment are one snapshot, as long as none says a thing twice. */
  private static List<Snapshot> merged(List<Snapshot> all) {
    List<Snapshot> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparing(Snapshot::hostKey).thenComparingLong(Snapshot::measuredMs));
    List<Snapshot> moments = new ArrayList<>();
    for (Snapshot next : sorted) {
      Snapshot last = moments.isEmpty() ? null : moments.get(moments.size() - 1);
      Snapshot both =
          last == null || next.measuredMs() - last.measuredMs() > SAME_MOMENT_MS
              ? null
              : last.with(next);
      if (both == null) {
        moments.add(next);
      } else {
        moments.set(moments.size() - 1, both);
      }
    }
    return List.copyOf(moments);
  }

  /** What the detectors over snapshots say of them, as events. */
  public List<JsonNode> signals(TrendOptions options) {
    Map<String, MachineHistory> histories = new HashMap<>();
    List<JsonNode> events = new ArrayList<>();
    for (Snapshot moment : moments) {
      @Nullable MachineHistory history = histories.get(moment.hostKey());
      TrendDetector.Step step = TrendDetector.next(history, Measures.of(moment), options);
      histories.put(moment.hostKey(), step.history());
      for (TrendDetector.Raised raised : step.signals()) {
        AnomalySignal signal = raised.signal();
        if (signal.kind() == SignalKind.LOG_LOSS) {
          continue; // whether a log reports the kills is not known here
        }
        OutgoingEvent event =
            new OutgoingEvent(
                OutgoingEvent.Type.SIGNAL,
                raised.id(),
                moment.hostKey(),
                "/oomstream/snapshots",
                signal.kind().name(),
                signal.time(),
                EventJson.toBytes(signal));
        events.add(EventJson.parse(StructuredEvent.toBytes(event)));
      }
    }
    return events;
  }
}
