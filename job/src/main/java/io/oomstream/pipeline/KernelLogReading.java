package io.oomstream.pipeline;

import io.oomstream.assemble.sequence.DroppedPartitions;
import io.oomstream.format.line.RawRecord;
import io.oomstream.function.IntakeCounters;
import io.oomstream.intake.DecodeSettings;
import io.oomstream.intake.IntakeItem;
import io.oomstream.intake.ItemOutput;
import io.oomstream.intake.LineIntake;
import io.oomstream.kafka.source.RecordReading;
import io.oomstream.state.Types;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * Records are decoded and classified in the source, so that lines which can belong to no block
 * never enter the graph. What is known of a partition's dropped sequence numbers is part of its
 * split.
 */
public record KernelLogReading(DecodeSettings settings) implements RecordReading<IntakeItem> {

  @Override
  public TypeInformation<IntakeItem> type() {
    return Types.INTAKE_ITEM;
  }

  @Override
  public Reader<IntakeItem> open(MetricGroup metrics) {
    IntakeReader reader = new IntakeReader(settings);
    IntakeCounters.register(reader.intake, metrics);
    return reader;
  }

  @Override
  public IntakeItem progress(long readWithinMs) {
    return IntakeItem.progress(readWithinMs);
  }

  @Override
  public boolean isProgress(IntakeItem item) {
    return item.isProgress();
  }

  @Override
  public long readWithinMs(IntakeItem progress) {
    return progress.readWithinMs();
  }

  private static final class IntakeReader implements Reader<IntakeItem> {
    private final DroppedPartitions partitions = new DroppedPartitions();
    private final ItemOutput items = new ItemOutput();
    private final LineIntake intake;

    IntakeReader(DecodeSettings settings) {
      intake = new LineIntake(settings, partitions);
    }

    @Override
    public void read(RawRecord record, Consumer<IntakeItem> out) {
      items.to(out);
      intake.read(record, items);
    }

    @Override
    public byte @Nullable [] known(String topic, int partition) {
      return partitions.known(topic, partition);
    }

    @Override
    public void restore(String topic, int partition, byte[] known) {
      partitions.restore(topic, partition, known);
    }

    @Override
    public void forget(String topic, int partition) {
      partitions.forget(topic, partition);
    }
  }
}
