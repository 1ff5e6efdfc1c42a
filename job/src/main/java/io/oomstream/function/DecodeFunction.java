package io.oomstream.function;

import io.oomstream.assemble.HostLine;
import io.oomstream.assemble.sequence.DroppedPartition;
import io.oomstream.assemble.sequence.DroppedPartitions;
import io.oomstream.event.DeadLetter;
import io.oomstream.format.line.RawRecord;
import io.oomstream.intake.DecodeSettings;
import io.oomstream.intake.LineIntake;
import io.oomstream.state.States;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.NullUnmarked;

/**
 * Steps 2 and 3: a record to its lines, and of these only the ones that can belong to a report.
 * What cannot be decoded goes to the dead letters byte for byte.
 */
@NullUnmarked
public final class DecodeFunction extends ProcessFunction<RawRecord, HostLine>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  private final DecodeSettings settings;

  private transient ListState<DroppedPartition> passedAtCheckpoint;
  private transient DroppedPartitions partitions;
  private transient LineIntake intake;
  private transient Sides sides;

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
    intake = new LineIntake(settings, partitions);
    sides = new Sides();
    IntakeCounters.register(intake, getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<HostLine> collector) {
    sides.lines = collector;
    sides.context = context;
    intake.read(record, sides);
  }

  /** Lines go on, dead letters to the side. */
  private static final class Sides implements LineIntake.Output {
    private Collector<HostLine> lines;
    private ProcessFunction<RawRecord, HostLine>.Context context;

    @Override
    public void line(HostLine line) {
      lines.collect(line);
    }

    @Override
    public void deadLetter(DeadLetter letter) {
      context.output(Outputs.DEAD_LETTERS, letter);
    }
  }
}
