package io.oomstream.cli;

import io.oomstream.assemble.HostLine;
import io.oomstream.cli.input.LogFiles;
import io.oomstream.cli.input.MergedLogs;
import io.oomstream.cli.summary.InputSummary;
import io.oomstream.config.JobConfig;
import io.oomstream.format.EnvelopeDecoder;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.RawRecord;
import io.oomstream.intake.HostName;
import io.oomstream.kernel.Classifier;
import io.oomstream.lab.PlainPipeline;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What {@code analyze} reads out of files, taken through the steps in plain Java, host by host. */
final class ReadLog {

  /**
   * @param hosts what came out, by the name that the lines are keyed by
   * @param refused paths that gave nothing, and why
   */
  record Result(
      Map<String, PlainPipeline.Result> hosts, InputSummary summary, List<String> refused) {

    /** Of a log of one host. */
    PlainPipeline.Result one() {
      if (hosts.size() != 1) {
        throw new AssertionError("hosts: " + hosts.keySet());
      }
      return hosts.values().iterator().next();
    }
  }

  private ReadLog() {}

  static Result of(Path... paths) throws Exception {
    JobConfig config = JobConfig.of(Map.of());
    List<String> names = new ArrayList<>();
    for (Path path : paths) {
      names.add(path.toString());
    }
    LogFiles files = LogFiles.of(names, 0, Envelope.AUTO);
    MergedLogs logs = new MergedLogs(files.logs(), null, config);
    EnvelopeDecoder decoder = new EnvelopeDecoder(Envelope.AUTO, 1 << 20);
    Map<String, List<HostLine>> lines = new TreeMap<>();
    while (logs.hasNext()) {
      RawRecord record = logs.next();
      String host = new String(record.headers().get(HostName.HEADER), StandardCharsets.UTF_8);
      decoder.decode(
          record,
          view -> {
            if (view.isLaterFragment()
                || Classifier.classify(view.bytes(), view.start(), view.end()) != null
                || (view.saysKernel()
                    && Classifier.mayBeOfBlock(view.bytes(), view.start(), view.end()))) {
              HostLine line = HostLine.of(view.toLine(record, host), null, record.timestamp());
              lines.computeIfAbsent(line.line().key(), k -> new ArrayList<>()).add(line);
            }
          });
    }
    Map<String, PlainPipeline.Result> results = new TreeMap<>();
    lines.forEach((host, own) -> results.put(host, PlainPipeline.run(own)));
    List<String> refused = new ArrayList<>(files.refused());
    refused.addAll(logs.summary().warnings());
    return new Result(results, logs.summary(), refused);
  }
}
