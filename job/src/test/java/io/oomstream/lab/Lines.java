package io.oomstream.lab;

import io.oomstream.assemble.HostLine;
import io.oomstream.format.EnvelopeDecoder;
import io.oomstream.format.line.DecodeFailure;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.KernelLine;
import io.oomstream.format.line.RawRecord;
import io.oomstream.kernel.Classifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A log's lines as the job's first steps give them: decoded, and only those that can belong to a
 * report.
 */
public final class Lines {

  private Lines() {}

  /** Each line a record of its own, all at the record time given. */
  public static List<RawRecord> records(List<byte[]> lines, String topic, long timestamp) {
    List<RawRecord> records = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      records.add(new RawRecord(topic, 0, i + 1L, timestamp, null, lines.get(i), Map.of()));
    }
    return records;
  }

  public static List<HostLine> decode(List<RawRecord> records, String host) {
    List<HostLine> kept = new ArrayList<>();
    EnvelopeDecoder decoder = new EnvelopeDecoder(Envelope.AUTO, 1 << 20);
    for (RawRecord record : records) {
      DecodeFailure failure =
          decoder.decode(
              record,
              view -> {
                if (view.isLaterFragment()
                    || Classifier.classify(view.bytes(), view.start(), view.end()) != null
                    || (view.saysKernel()
                        && Classifier.mayBeOfBlock(view.bytes(), view.start(), view.end()))) {
                  KernelLine line = view.toLine(record, host);
                  kept.add(HostLine.of(line, record.key(), record.timestamp()));
                }
              });
      if (failure != null) {
        throw new AssertionError(failure.detail());
      }
    }
    return kept;
  }

  public static List<HostLine> of(LabLogs.LabLog log, long timestamp) {
    return decode(records(log.lines(), log.toString(), timestamp), "lab");
  }
}
