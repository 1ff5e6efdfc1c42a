package io.oomstream.function;

import io.oomstream.block.Trust;
import io.oomstream.event.DeadLetter;
import io.oomstream.format.DecodeFailure;
import io.oomstream.format.Envelope;
import io.oomstream.format.EnvelopeDecoder;
import io.oomstream.format.LineConsumer;
import io.oomstream.format.LineView;
import io.oomstream.format.RawRecord;
import io.oomstream.kernel.Classifier;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Role;
import io.oomstream.state.HostLine;
import java.time.ZoneId;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.NullUnmarked;

/**
 * Steps 2 and 3: a record to its lines, and of these only the ones that can belong to a report.
 * What cannot be decoded goes to the dead letters byte for byte.
 */
@NullUnmarked
public final class DecodeFunction extends ProcessFunction<RawRecord, HostLine> {

  private static final long serialVersionUID = 1L;

  private final Envelope envelope;
  private final int maxLineBytes;
  private final ZoneId zone;

  private transient EnvelopeDecoder decoder;
  private transient LineConsumer consumer;
  private transient Counter linesDropped;
  private transient Counter linesKept;
  private transient Counter recordsUndecodable;
  private transient RawRecord record;
  private transient Collector<HostLine> out;

  public DecodeFunction(Envelope envelope, int maxLineBytes, ZoneId zone) {
    this.envelope = envelope;
    this.maxLineBytes = maxLineBytes;
    this.zone = zone;
  }

  @Override
  public void open(OpenContext context) {
    decoder = new EnvelopeDecoder(envelope, maxLineBytes, zone);
    consumer = this::keepIfBlockLine;
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    linesDropped = metrics.counter("linesDropped");
    linesKept = metrics.counter("linesKept");
    recordsUndecodable = metrics.counter("recordsUndecodable");
  }

  @Override
  public void processElement(RawRecord value, Context context, Collector<HostLine> collector) {
    record = value;
    out = collector;
    DecodeFailure failure = decoder.decode(value, consumer);
    if (failure != null) {
      recordsUndecodable.inc();
      context.output(Outputs.DEAD_LETTERS, deadLetter(value, failure));
    }
  }

  private void keepIfBlockLine(LineView line) {
    LineRule rule = Classifier.classify(line.bytes(), line.start(), line.end());
    boolean keep =
        line.isLaterFragment()
            || (rule != null
                && (line.facility() <= 0 || canBeForged(rule.role()) || Trust.isOfUserSpace(rule)));
    if (!keep) {
      linesDropped.inc();
      return;
    }
    linesKept.inc();
    out.collect(
        new HostLine(
            line.toLine(record, HostName.of(record)),
            record.key(),
            record.value(),
            record.timestamp()));
  }

  /**
   * Of what user space wrote only the lines matter that pretend to be a report's beginning or end.
   */
  private static boolean canBeForged(Role role) {
    return role == Role.OPENS || role == Role.CLOSES || role == Role.AFTER;
  }

  private static DeadLetter deadLetter(RawRecord record, DecodeFailure failure) {
    byte[] value = record.value();
    return new DeadLetter(
        failure.reason() == DecodeFailure.Reason.LINE_TOO_LONG
            ? DeadLetter.Reason.LINE_TOO_LONG
            : DeadLetter.Reason.UNDECODABLE,
        failure.detail(),
        failure.envelope() == null ? null : failure.envelope().name(),
        HostName.of(record),
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.key(),
        value == null ? new byte[0] : value);
  }
}
