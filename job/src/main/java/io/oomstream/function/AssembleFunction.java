package io.oomstream.function;

import io.oomstream.block.ClassifiedLine;
import io.oomstream.block.LineBlock;
import io.oomstream.block.Trust;
import io.oomstream.event.BlockInfo;
import io.oomstream.event.DeadLetter;
import io.oomstream.format.KernelLine;
import io.oomstream.kernel.Classifier;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Role;
import io.oomstream.state.BufferHeader;
import io.oomstream.state.HostLine;
import io.oomstream.state.States;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
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
public final class AssembleFunction extends KeyedProcessFunction<String, HostLine, LineBlock>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  private final AssembleSettings settings;

  private transient ListState<HostLine> buffer;
  private transient ValueState<BufferHeader> headers;
  private transient ListState<Long> bufferedAtCheckpoint;
  private transient AssembleCounters counters;

  /** Processing time at which this attempt saw its first element or timer; 0 before it. */
  private transient long aliveSince;

  public AssembleFunction(AssembleSettings settings) {
    this.settings = settings;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    bufferedAtCheckpoint = context.getOperatorStateStore().getListState(States.bufferedLines());
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    bufferedAtCheckpoint.update(List.of(counters.buffered()));
  }

  @Override
  public void open(OpenContext context) throws Exception {
    buffer = getRuntimeContext().getListState(States.buffer());
    headers = getRuntimeContext().getState(States.bufferHeader());
    aliveSince = 0;
    long buffered = 0;
    for (long count : bufferedAtCheckpoint.get()) {
      buffered += count;
    }
    counters = new AssembleCounters(getRuntimeContext().getMetricGroup(), buffered);
  }

  @Override
  public void processElement(HostLine value, Context context, Collector<LineBlock> out)
      throws Exception {
    TimerService timers = context.timerService();
    BufferHeader header = headers.value();
    HostLine line = value.arrivedAt(earliestTime(timers.currentWatermark()));
    LineRule rule = Classifier.classify(line.line().text());
    if (line.isNote() && header == null) {
      return; // the report that it was meant for has gone
    }
    if (header == null) {
      header = BufferHeader.EMPTY;
    }
    if (line.arrival() > line.line().timestamp()) {
      counters.behind.inc();
    }
    if (line.isNote()) {
      if (fits(header, null)) {
        buffer.add(line);
        header = header.with(line);
      }
    } else if (rule != null && Trust.isForged(line.line(), rule) && !hasRoomForForged(header)) {
      counters.forged.inc();
      out.collect(ConclusionSteps.alone(new ClassifiedLine(line.line(), rule)));
    } else if (rule == null && !isFragment(line) && !hasRoomForUnknown(header)) {
      counters.overLimit.inc();
    } else if (fits(header, rule)) {
      buffer.add(line);
      counters.buffer(1);
      header = header.with(line);
    } else {
      counters.overLimit.inc();
      header = header.withDropped();
      if (isKey(rule)) {
        context.output(
            Outputs.DEAD_LETTERS,
            deadLetter(line, DeadLetter.Reason.OVER_LIMIT, "the host's buffer is full"));
      }
    }
    headers.update(withStallTimer(withEventTimer(header, line, timers), timers));
  }

  /** One timer: for the first step that any line of the buffer asks for. */
  private BufferHeader withEventTimer(BufferHeader header, HostLine line, TimerService timers) {
    long due =
        timerFor(ConclusionSteps.stepAfter(line.arrival(), settings.settlingMs(), header.lines()));
    long timer = header.eventTimer();
    if (timer != BufferHeader.NO_TIMER && timer <= due) {
      return header;
    }
    if (timer != BufferHeader.NO_TIMER) {
      timers.deleteEventTimeTimer(timer);
    }
    timers.registerEventTimeTimer(due);
    return header.withEventTimer(due);
  }

  /** A line that came later than that is taken as one of this moment: its own has been settled. */
  private long earliestTime(long watermark) {
    return watermark < Long.MIN_VALUE + settings.stragglerMs()
        ? Long.MIN_VALUE
        : watermark - settings.stragglerMs();
  }

  private long timerFor(long due) {
    return due > Long.MAX_VALUE - settings.stragglerMs() ? due : due + settings.stragglerMs();
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
          header,
          now,
          now == Long.MAX_VALUE ? BlockInfo.ClosedBy.END_OF_INPUT : BlockInfo.ClosedBy.GAP,
          context,
          out);
    } else {
      onStallTimer(header, context, out);
    }
  }

  /**
   * Obeys the stall timer if no line came since it was set, event time will not do it soon, and the
   * silence was not our own: after a restore an overdue timer only says that the job was away.
   */
  private void onStallTimer(BufferHeader header, OnTimerContext context, Collector<LineBlock> out)
      throws Exception {
    TimerService timers = context.timerService();
    long now = timers.currentProcessingTime();
    boolean ownSilence = aliveSince == 0 || header.lastArrival() < aliveSince;
    long silentAt = header.lastArrival() + settings.stallMs();
    if (!ownSilence && now < silentAt) {
      timers.registerProcessingTimeTimer(silentAt);
      headers.update(header.withStallTimer(silentAt, header.lastArrival(), header.watermark()));
    } else if (ownSilence || isNearByEventTime(header, timers.currentWatermark(), now)) {
      headers.update(
          withStallTimer(
              header.withStallTimer(
                  BufferHeader.NO_TIMER, header.lastArrival(), header.watermark()),
              timers));
    } else {
      counters.stalled.inc();
      BufferHeader fired =
          header.withStallTimer(BufferHeader.NO_TIMER, header.lastArrival(), header.watermark());
      conclude(fired, BufferConclusion.ALL, BlockInfo.ClosedBy.GAP, context, out);
    }
  }

  /**
   * Whether event time moves, and so that it reaches the event-time timer soon or by leaps, as when
   * a backlog is read. A host whose clock is a day ahead would else wait for a day.
   */
  private boolean isNearByEventTime(BufferHeader header, long watermark, long now) {
    long moved =
        header.watermark() == Long.MIN_VALUE && watermark != Long.MIN_VALUE
            ? Long.MAX_VALUE
            : watermark - header.watermark();
    if (moved <= 0) {
      return false;
    }
    return moved > 2 * (now - header.lastArrival()) || header.eventTimer() - watermark <= 4 * moved;
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
            lines,
            now,
            header.eventTimer() - settings.stragglerMs(),
            settings,
            header.dropped(),
            otherwise);
    conclusion.blocks().forEach(out::collect);
    counters.concluded(lines, conclusion);
    for (HostLine orphan : conclusion.orphans()) {
      boolean late = orphan.arrival() > orphan.line().timestamp();
      (late ? counters.late : counters.orphaned).inc();
      context.output(
          Outputs.DEAD_LETTERS,
          late
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
    if (!conclusion.blocks().isEmpty()) {
      kept = kept.withoutDropped(); // the reports that left have told
    }
    if (kept.eventTimer() != BufferHeader.NO_TIMER) {
      timers.deleteEventTimeTimer(kept.eventTimer());
    }
    long due = timerFor(conclusion.nextDue());
    timers.registerEventTimeTimer(due);
    buffer.update(conclusion.left());
    headers.update(kept.withEventTimer(due));
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

  /** What a user writes must not take the room of what the kernel writes. */
  private boolean hasRoomForForged(BufferHeader header) {
    return header.lines() < settings.maxHostLines() / 10
        && header.bytes() < settings.maxHostBytes() / 10;
  }

  /** Nor must what no rule knows, and what may be no report's. */
  private boolean hasRoomForUnknown(BufferHeader header) {
    return header.lines() < settings.maxHostLines() / 2
        && header.bytes() < settings.maxHostBytes() / 2;
  }

  private static boolean isFragment(HostLine line) {
    Integer offset = line.line().fragmentOffset();
    return offset != null && offset > 0;
  }

  private static boolean isKey(LineRule rule) {
    return rule != null
        && (rule.role() == Role.OPENS
            || rule.role() == Role.CLOSES
            || rule.role() == Role.AFTER
            || rule == LineRule.SUMMARY);
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
        value == null ? own.text().getBytes(StandardCharsets.ISO_8859_1) : value);
  }
}
