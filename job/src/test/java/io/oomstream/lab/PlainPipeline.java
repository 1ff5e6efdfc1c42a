package io.oomstream.lab;

import io.oomstream.anomaly.IncidentDetector;
import io.oomstream.anomaly.IncidentHistory;
import io.oomstream.anomaly.Occurrence;
import io.oomstream.anomaly.Occurrences;
import io.oomstream.assemble.HostLine;
import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.assemble.segment.LineOrigin;
import io.oomstream.assemble.segment.Segment;
import io.oomstream.assemble.segment.SegmentLimits;
import io.oomstream.assemble.segment.Segmenter;
import io.oomstream.block.BlockParser;
import io.oomstream.block.KernelBlock;
import io.oomstream.diagnosis.Diagnosis;
import io.oomstream.diagnosis.context.Findings;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.event.AnomalySignal;
import io.oomstream.event.KillEvent;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.SignalKind;
import io.oomstream.event.section.BlockInfo;
import io.oomstream.kernel.Classifier;
import io.oomstream.kernel.LineRule;
import io.oomstream.rule.IncidentOptions;
import io.oomstream.rule.RuleBook;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The job's steps in plain Java, one after the other: what a log means, without Flink. */
public final class PlainPipeline {

  private PlainPipeline() {}

  /** What came out of a log. */
  public record Result(
      List<KernelBlock> parsed,
      List<KillEvent> kills,
      List<AnomalySignal> signals,
      List<MemoryBlock> blocks,
      List<ClassifiedLine> orphans,
      List<ClassifiedLine> unclaimed) {

    public TreeSet<SignalKind> signalKinds() {
      TreeSet<SignalKind> kinds = new TreeSet<>();
      signals.forEach(s -> kinds.add(s.kind()));
      return kinds;
    }
  }

  public static Result run(LabLogs.LabLog log) {
    return run(Lines.of(log, 1_000));
  }

  /** The lines of one host. */
  public static Result run(List<HostLine> lines) {
    List<LineBlock> reports = new ArrayList<>();
    List<ClassifiedLine> trusted = new ArrayList<>();
    for (HostLine line : lines) {
      LineRule rule = Classifier.classify(line.line().text());
      Integer fragment = line.line().fragmentOffset();
      LineRule otherwise =
          fragment != null && fragment > 0 ? LineRule.SUMMARY_TAIL : LineRule.UNKNOWN;
      ClassifiedLine classified = new ClassifiedLine(line.line(), rule == null ? otherwise : rule);
      if (rule != null && LineOrigin.isForged(line.line(), rule)) {
        reports.add(
            new LineBlock(
                MemoryBlock.Kind.LINE,
                List.of(classified),
                BlockInfo.ClosedBy.TERMINATOR,
                0,
                0,
                0));
      } else {
        trusted.add(classified);
      }
    }
    Segmenter.Segments segments = Segmenter.segment(trusted, SegmentLimits.defaults());
    for (Segment segment : segments.blocks()) {
      if (segment.stands()) {
        reports.add(segment.toBlock(BlockInfo.ClosedBy.END_OF_INPUT));
      }
    }
    return diagnose(reports, segments);
  }

  /** The blocks that kernel lines of one host make. */
  public static List<LineBlock> blocks(List<HostLine> lines) {
    List<ClassifiedLine> classified = new ArrayList<>();
    for (HostLine line : lines) {
      LineRule rule = Classifier.classify(line.line().text());
      classified.add(new ClassifiedLine(line.line(), rule == null ? LineRule.UNKNOWN : rule));
    }
    return Segmenter.segment(classified, SegmentLimits.defaults()).blocks().stream()
        .filter(Segment::stands)
        .map(segment -> segment.toBlock(BlockInfo.ClosedBy.END_OF_INPUT))
        .toList();
  }

  private static Result diagnose(List<LineBlock> reports, Segmenter.Segments segments) {
    Result result =
        new Result(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            segments.orphans(),
            new ArrayList<>(segments.unclaimed()));
    segments.blocks().forEach(segment -> result.unclaimed().addAll(segment.held()));
    IncidentHistory incidents = IncidentHistory.EMPTY;
    for (LineBlock report : reports) {
      KernelBlock block = BlockParser.parse(report);
      Findings findings = Diagnosis.of(block, "lab", Thresholds.defaults());
      result.parsed().add(block);
      findings.kills().forEach(k -> result.kills().add(k.event()));
      findings.signals().forEach(s -> result.signals().add(s.signal()));
      if (findings.block() != null) {
        result.blocks().add(findings.block());
      }
      for (Occurrence mark : Occurrences.ofKills(findings)) {
        IncidentDetector.Step step =
            IncidentDetector.next(incidents, mark, IncidentOptions.defaults(), RuleBook.EMPTY);
        incidents = step.history();
        step.raised().forEach(s -> result.signals().add(s.signal()));
      }
    }
    return result;
  }
}
