package io.oomstream.function;

import io.oomstream.block.ClassifiedLine;
import io.oomstream.block.LineBlock;
import io.oomstream.block.Trust;
import io.oomstream.event.BlockInfo;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.MemoryBlock;
import io.oomstream.format.KernelLine;
import io.oomstream.kernel.Classifier;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Role;
import io.oomstream.state.BufferHeader;
import io.oomstream.state.HostLine;
import io.oomstream.state.States;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.NullUnmarked;

/**
 * Step 5: a host's lines to whole reports. Lines are only collected here; when event time has
 * passed them by the settling time they are put in order and cut by {@link
 * io.oomstream.block.Segmenter}, finished reports leave and the rest stays. A host that falls
 * silent while event time stands still is concluded by a processing-time timer.
 */
@NullUnmarked
public final class AssembleFunction extends KeyedProcessFunction<String, HostLine, LineBlock> {

  private static final long serialVersionUID = 1L;

  private final AssembleSettings settings;

  private transient ListState<HostLine> buffer;
  private transient ValueState<BufferHeader> headers;
  private transient Counter lateLines;
  private transient Counter duplicateLines;
  private transient Counter orphanedLines;
  private transient Counter unclaimedLines;
  private transient Counter linesOverLimit;
  private transient Counter stalledHosts;
  private transient Counter forgedLines;

  /** Processing time at which this attempt saw its first element or timer; 0 before it. */
  private transient long aliveSince;

  public AssembleFunction(AssembleSettings settings) {
    this.settings = settings;
  }

  @Override
  public void open(OpenContext context) {
    buffer = getRuntimeContext().getListState(States.buffer());
    headers = getRuntimeContext().getState(States.bufferHeader());
    aliveSince = 0;
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    lateLines = metrics.counter("linesLate");
    duplicateLines = metrics.counter("linesDuplicate");
    orphanedLines = metrics.counter("linesOrphaned");
    unclaimedLines = metrics.counter("linesUnclaimed");
    linesOverLimit = metrics.counter("linesOverLimit");
    stalledHosts = metrics.counter("hostsStalled");
    forgedLines = metrics.counter("linesForged");
  }

  @Override
  public void processElement(HostLine value, Context context, Collector<LineBlock> out)
      throws Exception {
    TimerService timers = context.timerService();
    LineRule rule = Classifier.classify(value.line().text());
    if (rule != null && Trust.isForged(value.line(), rule)) {
      forgedLines.inc();
      out.collect(alone(new ClassifiedLine(value.line(), rule)));
      return;
    }
    BufferHeader header = headers.value();
    if (header == null) {
      header = BufferHeader.EMPTY;
    }
    HostLine line = value.arrivedAt(timers.currentWatermark());
    if (isLate(line)) {
      lateLines.inc();
    }
    if (!fits(header, rule)) {
      linesOverLimit.inc();
      header = header.withDropped();
      if (isKey(rule)) {
        context.output(
            Outputs.DEAD_LETTERS,
            deadLetter(line, DeadLetter.Reason.OVER_LIMIT, "the host's buffer is full"));
      }
    } else {
      buffer.add(line);
      header = header.with(line);
    }
    if (header.eventTimer() == BufferHeader.NO_TIMER) {
      long due = line.arrival() + settings.settlingMs();
      timers.registerEventTimeTimer(due);
      header = header.withEventTimer(due);
    }
    headers.update(withStallTimer(header, timers));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<LineBlock> out)
      throws Exception {
    BufferHeader header = headers.value();
    if (header == null) {
      return;
    }
    TimerService timers = context.timerService();
    if (context.timeDomain() == TimeDomain.EVENT_TIME) {
      long now = timers.currentWatermark();
      conclude(
          header.withEventTimer(BufferHeader.NO_TIMER),
          now,
          now == Long.MAX_VALUE ? BlockInfo.ClosedBy.END_OF_INPUT : BlockInfo.ClosedBy.GAP,
          context,
          out);
    } else {
      onStallTimer(header, context, out);
    }
  }

  /**
   * Obeys the stall timer only if no line came since it was set, event time did not move either,
   * and the silence was not our own: after a restore an overdue timer only says that the job was
   * away.
   */
  private void onStallTimer(BufferHeader header, OnTimerContext context, Collector<LineBlock> out)
      throws Exception {
    TimerService timers = context.timerService();
    BufferHeader fired =
        header.withStallTimer(BufferHeader.NO_TIMER, header.lastArrival(), header.watermark());
    boolean ownSilence = aliveSince == 0 || header.lastArrival() < aliveSince;
    long silentAt = header.lastArrival() + settings.stallMs();
    if (ownSilence || timers.currentWatermark() != header.watermark()) {
      headers.update(withStallTimer(fired, timers));
    } else if (timers.currentProcessingTime() < silentAt) {
      timers.registerProcessingTimeTimer(silentAt);
      headers.update(header.withStallTimer(silentAt, header.lastArrival(), header.watermark()));
    } else {
      stalledHosts.inc();
      conclude(fired, BufferConclusion.ALL, BlockInfo.ClosedBy.GAP, context, out);
    }
  }

  private BufferHeader withStallTimer(BufferHeader header, TimerService timers) {
    long now = timers.currentProcessingTime();
    if (aliveSince == 0) {
      aliveSince = now;
    }
    long timer = header.stallTimer();
    if (timer == BufferHeader.NO_TIMER) {
      timer = now + settings.stallMs();
      timers.registerProcessingTimeTimer(timer);
    }
    return header.withStallTimer(timer, now, timers.currentWatermark());
  }

  private void conclude(
      BufferHeader header,
      long now,
      BlockInfo.ClosedBy otherwise,
      Context context,
      Collector<LineBlock> out)
      throws Exception {
    List<HostLine> lines = new ArrayList<>();
    buffer.get().forEach(lines::add);
    BufferConclusion conclusion =
        BufferConclusion.of(
            lines, now, settings.settlingMs(), header.dropped(), settings.limits(), otherwise);
    conclusion.blocks().forEach(out::collect);
    duplicateLines.inc(conclusion.duplicates());
    unclaimedLines.inc(conclusion.unclaimed());
    orphanedLines.inc(conclusion.orphans().size());
    for (HostLine orphan : conclusion.orphans()) {
      context.output(
          Outputs.DEAD_LETTERS,
          isLate(orphan)
              ? deadLetter(
                  orphan, DeadLetter.Reason.LATE, "its report was concluded before it came")
              : deadLetter(orphan, DeadLetter.Reason.ORPHANED, "no report of this host claims it"));
    }
    if (conclusion.left().isEmpty()) {
      clear(header, context.timerService());
    } else {
      keep(header, conclusion, context.timerService());
    }
  }

  private void keep(BufferHeader header, BufferConclusion conclusion, TimerService timers)
      throws Exception {
    BufferHeader kept = header.holding(conclusion.left());
    if (kept.eventTimer() != BufferHeader.NO_TIMER) {
      timers.deleteEventTimeTimer(kept.eventTimer());
    }
    timers.registerEventTimeTimer(conclusion.nextDue());
    buffer.update(conclusion.left());
    headers.update(kept.withEventTimer(conclusion.nextDue()));
  }

  private void clear(BufferHeader header, TimerService timers) {
    if (header.eventTimer() != BufferHeader.NO_TIMER) {
      timers.deleteEventTimeTimer(header.eventTimer());
    }
    if (header.stallTimer() != BufferHeader.NO_TIMER) {
      timers.deleteProcessingTimeTimer(header.stallTimer());
    }
    buffer.clear();
    headers.clear();
  }

  /** A full buffer still takes what begins or ends a report, up to twice the limit. */
  private boolean fits(BufferHeader header, LineRule rule) {
    int factor = isKey(rule) ? 2 : 1;
    return header.lines() < (long) settings.maxHostLines() * factor
        && header.bytes() < settings.maxHostBytes() * factor;
  }

  private static boolean isKey(LineRule rule) {
    return rule != null
        && (rule.role() == Role.OPENS
            || rule.role() == Role.CLOSES
            || rule.role() == Role.AFTER
            || rule == LineRule.SUMMARY);
  }

  private boolean isLate(HostLine line) {
    return line.arrival() > line.line().timestamp() + settings.settlingMs();
  }

  private static LineBlock alone(ClassifiedLine line) {
    return new LineBlock(
        MemoryBlock.Kind.LINE, List.of(line), BlockInfo.ClosedBy.TERMINATOR, 0, 0, 0);
  }

  private static DeadLetter deadLetter(HostLine line, DeadLetter.Reason reason, String detail) {
    KernelLine own = line.line();
    byte[] value = line.recordValue();
    return new DeadLetter(
        reason,
        detail,
        null,
        own.host(),
        own.topic(),
        own.partition(),
        own.offset(),
        own.timestamp(),
        line.recordKey(),
        value == null ? new byte[0] : value);
  }
}
