package io.oomstream.function;

import io.oomstream.assemble.HostLine;
import io.oomstream.assemble.segment.LineOrigin;
import io.oomstream.assemble.sequence.DroppedPartition;
import io.oomstream.assemble.sequence.DroppedPartitions;
import io.oomstream.assemble.sequence.DroppedSequences;
import io.oomstream.event.DeadLetter;
import io.oomstream.format.EnvelopeDecoder;
import io.oomstream.format.line.DecodeFailure;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.KernelLine;
import io.oomstream.format.line.LineConsumer;
import io.oomstream.format.line.LineView;
import io.oomstream.format.line.RawRecord;
import io.oomstream.kernel.Classifier;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Role;
import io.oomstream.state.States;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.NullUnmarked;

/**
 * Steps 2 and 3: a record to its lines, and of these only the ones that can belong to a block. What
 * cannot be decoded goes to the dead letters byte for byte.
 */
@NullUnmarked
public final class DecodeFunction extends ProcessFunction<RawRecord, HostLine>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  private final DecodeSettings settings;

  private transient EnvelopeDecoder decoder;
  private transient LineConsumer consumer;
  private transient ListState<DroppedPartition> passedAtCheckpoint;
  private transient DroppedPartitions partitions;
  private transient DroppedSequences passed;
  private transient Counter recordsRead;
  private transient Counter recordsUndecodable;
  private transient Counter linesRead;
  private transient Counter linesDropped;
  private transient Counter linesKept;
  private transient Counter linesUnproven;
  private transient Context context;
  private transient RawRecord record;
  private transient Collector<HostLine> out;

  public DecodeFunction(DecodeSettings settings) {
    this.settings = settings;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    passedAtCheckpoint = context.getOperatorStateStore().getUnionListState(States.passedLines());
    partitions = new DroppedPartitions(passedAtCheckpoint.get());
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    boolean isFirst = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    passedAtCheckpoint.update(partitions.toState(isFirst));
  }

  @Override
  public void open(OpenContext context) {
    decoder =
        new EnvelopeDecoder(
            settings.envelope(), settings.maxLineBytes(), settings.zone(), settings.fields());
    consumer = this::take;
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    recordsRead = metrics.counter(Metrics.RECORDS_READ);
    recordsUndecodable = metrics.counter(Metrics.RECORDS_UNDECODABLE);
    linesRead = metrics.counter(Metrics.LINES_READ);
    linesDropped = metrics.counter(Metrics.LINES_DROPPED);
    linesKept = metrics.counter(Metrics.LINES_KEPT);
    linesUnproven = metrics.counter(Metrics.LINES_UNPROVEN);
  }

  @Override
  public void processElement(RawRecord value, Context ctx, Collector<HostLine> collector) {
    record = value;
    context = ctx;
    out = collector;
    passed = partitions.of(value.topic(), value.partition(), value.offset());
    recordsRead.inc();
    DecodeFailure failure = decoder.decode(value, consumer);
    if (failure != null) {
      recordsUndecodable.inc();
      context.output(
          Outputs.DEAD_LETTERS,
          deadLetter(
              value,
              failure.reason() == DecodeFailure.Reason.LINE_TOO_LONG
                  ? DeadLetter.Reason.LINE_TOO_LONG
                  : DeadLetter.Reason.UNDECODABLE,
              failure.detail(),
              failure.envelope()));
    }
  }

  private void take(LineView line) {
    linesRead.inc();
    LineRule rule = Classifier.classify(line.bytes(), line.start(), line.end());
    if (rule == null && line.end() > line.start() && line.bytes()[line.start()] <= ' ') {
      rule = classifyIndented(line);
    }
    if (!isWorthKeeping(line, rule)) {
      linesDropped.inc();
      pass(line);
      return;
    }
    boolean proven = line.facility() >= 0 || (rule != null && LineOrigin.isOfUserSpace(rule));
    if (settings.requireKernelFacility() && !proven) {
      linesUnproven.inc();
      pass(line); // it was there: its number is not missing in a report
      context.output(
          Outputs.DEAD_LETTERS,
          deadLetter(
              record,
              DeadLetter.Reason.UNPROVEN,
              "the envelope does not say that the kernel wrote the line",
              null));
      return;
    }
    linesKept.inc();
    long[] runs =
        line.sequence() == LineView.ABSENT ? null : passed.before(owner(line), line.sequence());
    out.collect(kept(line, runs));
  }

  /** Indented by a paste or a collector: the kernel indents no line that begins a section. */
  private static LineRule classifyIndented(LineView line) {
    int from = line.start();
    while (from < line.end() && (line.bytes()[from] == ' ' || line.bytes()[from] == '\t')) {
      from++;
    }
    LineRule rule = Classifier.classify(line.bytes(), from, line.end());
    if (rule != null) {
      line.trimStart();
    }
    return rule;
  }

  private boolean isWorthKeeping(LineView line, LineRule rule) {
    if (line.isLaterFragment()) {
      return line.facility() <= 0;
    }
    if (rule == null) {
      return (settings.requireKernelFacility() ? line.facility() == 0 : line.saysKernel())
          && Classifier.mayBeOfReport(line.bytes(), line.start(), line.end());
    }
    return line.facility() <= 0 || canBeForged(rule.role()) || LineOrigin.isOfUserSpace(rule);
  }

  /** Notes the number of a line that goes no further. */
  private void pass(LineView view) {
    if (view.sequence() != LineView.ABSENT && passed.dropped(owner(view), view.sequence())) {
      long[] own = {view.sequence(), view.sequence()};
      out.collect(HostLine.note(line(view), record.key(), record.timestamp(), own));
    }
  }

  private HostLine kept(LineView view, long[] runs) {
    return HostLine.of(line(view), record.key(), record.timestamp(), runs);
  }

  private KernelLine line(LineView view) {
    return view.toLine(record, settings.hostName().of(record));
  }

  private long owner(LineView line) {
    return DroppedSequences.owner(line.hostHash(), settings.hostName().bytesOf(record));
  }

  /**
   * Of what user space wrote only the lines matter that pretend to be a block's beginning or end.
   */
  private static boolean canBeForged(Role role) {
    return role == Role.OPENS || role == Role.CLOSES || role == Role.AFTER;
  }

  private DeadLetter deadLetter(
      RawRecord record, DeadLetter.Reason reason, String detail, Envelope envelope) {
    byte[] value = record.value();
    return new DeadLetter(
        reason,
        detail,
        envelope == null ? null : envelope.name(),
        settings.hostName().of(record),
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.key(),
        value == null ? new byte[0] : value);
  }
}
