package io.oomstream.function;

import io.oomstream.assemble.sequence.DroppedPartitions;
import io.oomstream.format.line.RawRecord;
import io.oomstream.intake.DecodeSettings;
import io.oomstream.intake.IntakeItem;
import io.oomstream.intake.ItemOutput;
import io.oomstream.intake.LineIntake;
import io.oomstream.state.Types;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.NullUnmarked;

/**
 * Reads records that are in the graph already, as the Kafka source reads them before they are: for
 * tests whose streams do not come from Kafka. What is known of a partition is kept for every
 * subtask, since any may be sent its records after a restore; the first one passes on what nobody
 * has read yet.
 */
@NullUnmarked
public final class DecodeFunction extends ProcessFunction<RawRecord, IntakeItem>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  private final DecodeSettings settings;

  private transient ListState<PartitionState> state;
  private transient Map<String, PartitionState> newest;
  private transient DroppedPartitions partitions;
  private transient LineIntake intake;
  private transient ItemOutput items;

  public DecodeFunction(DecodeSettings settings) {
    this.settings = settings;
  }

  /** Step 2 for records that do not come from Kafka. */
  public static DataStream<IntakeItem> read(
      DataStream<RawRecord> records, DecodeSettings settings) {
    return records
        .process(new DecodeFunction(settings))
        .returns(Types.INTAKE_ITEM)
        .name("decode and classify")
        .uid("records");
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    state =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("known", TypeInformation.of(PartitionState.class)));
    newest = new HashMap<>();
    for (PartitionState one : state.get()) {
      newest.merge(one.topic() + " " + one.partition(), one, PartitionState::orNewer);
    }
    newest.replaceAll(
        (name, one) ->
            new PartitionState(one.topic(), one.partition(), one.offset(), false, one.known()));
    partitions = new DroppedPartitions();
    newest.values().forEach(one -> partitions.restore(one.topic(), one.partition(), one.known()));
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    boolean isFirst = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    state.clear();
    for (PartitionState one : newest.values()) {
      if (one.live() || isFirst) {
        state.add(
            new PartitionState(
                one.topic(),
                one.partition(),
                one.offset(),
                one.live(),
                partitions.known(one.topic(), one.partition())));
      }
    }
  }

  @Override
  public void open(OpenContext context) {
    intake = new LineIntake(settings, partitions);
    items = new ItemOutput();
    IntakeCounters.register(intake, getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<IntakeItem> out) {
    newest.put(
        record.topic() + " " + record.partition(),
        new PartitionState(record.topic(), record.partition(), record.offset(), true, new byte[0]));
    items.to(out::collect);
    intake.read(record, items);
  }
}
