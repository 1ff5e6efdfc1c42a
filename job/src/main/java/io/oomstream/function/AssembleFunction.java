package io.oomstream.function;

import io.oomstream.assemble.Admission;
import io.oomstream.assemble.AssembleSettings;
import io.oomstream.assemble.AssemblyInput;
import io.oomstream.assemble.AssemblySteps;
import io.oomstream.assemble.BlockAssembler;
import io.oomstream.assemble.HostLine;
import io.oomstream.assemble.HostLines;
import io.oomstream.assemble.Intake;
import io.oomstream.assemble.LineLetters;
import io.oomstream.assemble.PackedLine;
import io.oomstream.assemble.SequenceNote;
import io.oomstream.assemble.StepPlan;
import io.oomstream.assemble.StepsResult;
import io.oomstream.assemble.TimedLine;
import io.oomstream.assemble.Times;
import io.oomstream.assemble.segment.BootLedger;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.event.section.BlockInfo;
import io.oomstream.state.BootState;
import io.oomstream.state.BufferHeader;
import io.oomstream.state.BufferTimers;
import io.oomstream.state.States;
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
 * Step 5: a host's lines to blocks. Lines are collected in state. When event time has passed them
 * by the settling time, {@link BlockAssembler} orders and cuts them; finished blocks are emitted,
 * the rest stays. If a host falls silent while event time stands still, a processing-time timer
 * concludes it, unless the source has fallen silent too ({@link SilenceClock}). What a host's boots
 * said of memory is remembered beside the buffer, and forgotten by an event-time timer of its own.
 */
@NullUnmarked
public final class AssembleFunction extends KeyedProcessFunction<String, HostLine, LineBlock>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  private final AssembleSettings settings;

  private transient ListState<byte[]> buffer;
  private transient ValueState<BufferHeader> headers;
  private transient ValueState<BootState> boots;
  private transient ListState<Long> bufferedAtCheckpoint;
  private transient AssembleCounters counters;
  private transient Admission admission;
  private transient SilenceClock clock;

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
    boots = getRuntimeContext().getState(States.boots());
    admission = new Admission(settings);
    clock = new SilenceClock(settings.stallMs());
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
    clock.hear(timers.currentProcessingTime(), timers.currentWatermark());
    long earliest = Times.minus(timers.currentWatermark(), settings.stragglerMs());
    BufferHeader header = headers.value();
    Intake intake = header == null ? Intake.EMPTY : new Intake(header.size(), header.plan());
    if (value.isNote()) {
      if (admission.hasRoomForNote(intake.size())) {
        SequenceNote note = HostLines.note(value).notBefore(earliest);
        keep(header, intake.with(note, settings), note, timers);
      }
      return;
    }
    TimedLine line = HostLines.line(value).notBefore(earliest);
    if (line.isLate()) {
      counters.behind.inc();
    }
    switch (admission.of(line, intake.size())) {
      case KEEP -> {
        counters.buffer(1);
        keep(header, intake.with(line, settings), line, timers);
      }
      case ALONE -> {
        counters.forged.inc();
        out.collect(AssemblySteps.single(line.classified()));
      }
      case LEAVE_OUT -> counters.overLimit.inc();
      case REFUSE -> refuse(header, intake, timers);
      case REFUSE_KEY -> {
        refuse(header, intake, timers);
        context.output(Outputs.DEAD_LETTERS, LineLetters.overLimit(line));
      }
    }
  }

  private void keep(BufferHeader header, Intake intake, AssemblyInput input, TimerService timers)
      throws Exception {
    HostLine line = HostLines.of(input);
    BufferHeader known =
        header != null
            ? header
            : new BufferHeader(
                intake.size(), intake.plan(), BufferTimers.EMPTY, PackedLine.base(line));
    buffer.add(PackedLine.pack(line, PackedLine.unpackBase(known.base())));
    update(known, intake, timers);
  }

  private void refuse(BufferHeader header, Intake intake, TimerService timers) throws Exception {
    counters.overLimit.inc();
    if (header != null) { // without a buffer no open block can lack the line
      update(header, intake.withRefused(), timers);
    }
  }

  private void update(BufferHeader header, Intake intake, TimerService timers) throws Exception {
    BufferTimers set = clock.mark(withEventTimer(header.timers(), intake.plan(), timers));
    if (set.stall() == BufferTimers.NONE) {
      set = withStallTimer(set, clock.firstLook(timers.currentProcessingTime()), timers);
    }
    headers.update(new BufferHeader(intake.size(), intake.plan(), set, header.base()));
  }

  /** One timer for the whole buffer: for the earliest step that one of its lines needs. */
  private BufferTimers withEventTimer(BufferTimers set, StepPlan plan, TimerService timers) {
    long watermark = timers.currentWatermark();
    long due =
        Math.min(
            Math.max(Times.plus(plan.next(), settings.stragglerMs()), Times.plus(watermark, 1)),
            Long.MAX_VALUE - 1);
    if (due == set.event()) {
      return set;
    }
    if (set.event() != BufferTimers.NONE) {
      timers.deleteEventTimeTimer(set.event());
    }
    timers.registerEventTimeTimer(due);
    return set.withEvent(due);
  }

  private static BufferTimers withStallTimer(BufferTimers set, long at, TimerService timers) {
    timers.registerProcessingTimeTimer(at);
    return set.withStall(at);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<LineBlock> out)
      throws Exception {
    TimerService timers = context.timerService();
    clock.look(timers.currentProcessingTime(), timers.currentWatermark());
    BufferHeader header = headers.value();
    if (context.timeDomain() == TimeDomain.EVENT_TIME) {
      forgetBoots(timestamp, header == null, timers);
    }
    if (header == null) {
      return;
    }
    if (context.timeDomain() == TimeDomain.EVENT_TIME) {
      if (timestamp != header.timers().event()) {
        return; // that of the boots
      }
      BufferHeader fired = header.with(header.timers().withEvent(BufferTimers.NONE));
      long now = timers.currentWatermark();
      boolean isEnd = now == Long.MAX_VALUE;
      BlockAssembler assembler = assembler(fired);
      finish(
          fired,
          assembler,
          assembler.concluded(
              now, isEnd ? BlockInfo.ClosedBy.END_OF_INPUT : BlockInfo.ClosedBy.GAP),
          context,
          out);
    } else {
      onStallTimer(header.with(header.timers().withStall(BufferTimers.NONE)), context, out);
    }
  }

  private void onStallTimer(BufferHeader header, OnTimerContext context, Collector<LineBlock> out)
      throws Exception {
    TimerService timers = context.timerService();
    BufferTimers set = header.timers();
    long now = timers.currentProcessingTime();
    long watermark = timers.currentWatermark();
    boolean isFar =
        watermark != Long.MIN_VALUE && Times.minus(set.event(), watermark) > clock.longest();
    SilenceClock.Verdict verdict = clock.verdict(set, now, isFar);
    if (verdict != SilenceClock.Verdict.WAIT) {
      if (isNearByEventTime(set, watermark)) {
        // Whether it still moves, and not only moved once, shows the next look.
        BufferTimers seen = set.withWatermark(watermark);
        headers.update(header.with(withStallTimer(seen, clock.firstLook(now), timers)));
        return;
      }
      BlockAssembler assembler = assembler(header);
      StepsResult conclusion = assembler.concluded(StepsResult.ALL, BlockInfo.ClosedBy.GAP);
      if (verdict == SilenceClock.Verdict.CONCLUDE || conclusion.isFinished()) {
        counters.stalled.inc();
        finish(header, assembler, conclusion, context, out);
        return;
      }
      set = set.withUnfinished();
    }
    headers.update(header.with(withStallTimer(set, clock.nextLook(set, now), timers)));
  }

  /**
   * Whether event time advances fast enough to reach the event-time timer soon, also by leaps while
   * a backlog is read. Otherwise a host whose clock is a day ahead would wait for a day.
   */
  private boolean isNearByEventTime(BufferTimers set, long watermark) {
    long moved = Times.minus(watermark, set.watermark());
    if (moved <= 0 || !clock.isEventTimeMoving()) {
      return false;
    }
    return moved / 2 > settings.stallMs() || Times.minus(set.event(), watermark) / 4 <= moved;
  }

  private BlockAssembler assembler(BufferHeader header) throws Exception {
    HostLine base = PackedLine.unpackBase(header.base());
    List<AssemblyInput> kept = new ArrayList<>();
    for (byte[] packed : buffer.get()) {
      kept.add(HostLines.input(PackedLine.unpack(packed, base)));
    }
    BootState known = boots.value();
    return new BlockAssembler(
        settings,
        kept,
        new Intake(header.size(), header.plan()),
        known == null ? BootLedger.NONE : known.ledger());
  }

  /** One timer for what is known of the boots, moved only when it fires. */
  private void remember(BootLedger ledger, TimerService timers) throws Exception {
    BootState known = boots.value();
    if (ledger.isEmpty()) {
      if (known != null) {
        timers.deleteEventTimeTimer(known.timer());
        boots.clear();
      }
    } else if (known == null) {
      long due = Math.min(settings.forgottenAt(ledger), Long.MAX_VALUE - 1);
      timers.registerEventTimeTimer(due);
      boots.update(new BootState(ledger, due));
    } else if (!known.ledger().equals(ledger)) {
      // Again: the buffer's own timer may have had the same time, and was deleted with it.
      timers.registerEventTimeTimer(known.timer());
      boots.update(new BootState(ledger, known.timer()));
    }
  }

  /** Nothing is forgotten under a buffer, whose steps look at event time themselves. */
  private void forgetBoots(long timestamp, boolean nothingWaits, TimerService timers)
      throws Exception {
    BootState known = boots.value();
    if (known == null || known.timer() != timestamp) {
      return;
    }
    long due = settings.forgottenAt(known.ledger());
    boolean isOver = due <= timers.currentWatermark();
    if (nothingWaits && isOver) {
      boots.clear();
      return;
    }
    long next = isOver ? Times.plus(timers.currentWatermark(), settings.bootMemoryMs()) : due;
    next = Math.min(next, Long.MAX_VALUE - 1);
    timers.registerEventTimeTimer(next);
    boots.update(new BootState(known.ledger(), next));
  }

  private void finish(
      BufferHeader header,
      BlockAssembler assembler,
      StepsResult conclusion,
      Context context,
      Collector<LineBlock> out)
      throws Exception {
    conclusion.blocks().forEach(out::collect);
    counters.concluded(conclusion, header.size().lines());
    for (TimedLine orphan : conclusion.orphans()) {
      (orphan.isLate() ? counters.late : counters.orphaned).inc();
      context.output(Outputs.DEAD_LETTERS, LineLetters.orphan(orphan));
    }
    TimerService timers = context.timerService();
    remember(conclusion.ledger(), timers);
    if (conclusion.left().isEmpty()) {
      clear(header.timers(), timers);
      return;
    }
    HostLine base = PackedLine.unpackBase(header.base());
    List<byte[]> left = new ArrayList<>();
    for (AssemblyInput input : conclusion.left()) {
      left.add(PackedLine.pack(HostLines.of(input), base));
    }
    buffer.update(left);
    Intake intake = assembler.intake();
    headers.update(
        new BufferHeader(
            intake.size(),
            intake.plan(),
            withEventTimer(clock.restart(header.timers()), intake.plan(), timers),
            header.base()));
  }

  private void clear(BufferTimers set, TimerService timers) {
    if (set.event() != BufferTimers.NONE) {
      timers.deleteEventTimeTimer(set.event());
    }
    if (set.stall() != BufferTimers.NONE) {
      timers.deleteProcessingTimeTimer(set.stall());
    }
    buffer.clear();
    headers.clear();
  }
}
