package io.oomstream.function;

import io.oomstream.assemble.sequence.DroppedPartition;
import io.oomstream.assemble.sequence.DroppedPartitions;
import io.oomstream.format.line.RawRecord;
import io.oomstream.intake.DecodeSettings;
import io.oomstream.intake.IntakeItem;
import io.oomstream.intake.ItemOutput;
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
 * Reads records that are in the graph already, as the Kafka source reads them before they are: for
 * streams that do not come from Kafka. What is known of a partition is kept for every subtask,
 * since any may be sent its records after a restore.
 */
@NullUnmarked
public final class DecodeFunction extends ProcessFunction<RawRecord, IntakeItem>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  private final DecodeSettings settings;

  private transient ListState<DroppedPartition> passedAtCheckpoint;
  private transient DroppedPartitions partitions;
  private transient LineIntake intake;
  private transient ItemOutput items;

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
    items = new ItemOutput();
    IntakeCounters.register(intake, getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<IntakeItem> out) {
    items.to(out::collect);
    intake.read(record, items);
  }
}
