package io.oomstream.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KernelLogSplitSerializerTest {
  private static final TopicPartition PARTITION = new TopicPartition("kernel.logs", 3);

  private final KafkaPartitionSplitSerializer connector = new KafkaPartitionSplitSerializer();
  private final KernelLogSplitSerializer serializer = new KernelLogSplitSerializer(connector);

  @Test
  void aSplitKeepsItsPlaceAndWhatIsKnown() throws IOException {
    KafkaPartitionSplit split =
        new KernelLogSplit(new KafkaPartitionSplit(PARTITION, 17, 90), new byte[] {1, 2, 3});

    KafkaPartitionSplit read = serializer.deserialize(serializer.getVersion(), bytes(split));

    assertThat(read).isEqualTo(new KafkaPartitionSplit(PARTITION, 17, 90));
    assertThat(((KernelLogSplit) read).known()).containsExactly(1, 2, 3);
  }

  @Test
  void withoutAnythingKnownItIsThePlaceAlone() throws IOException {
    KafkaPartitionSplit split =
        new KafkaPartitionSplit(PARTITION, KafkaPartitionSplit.EARLIEST_OFFSET);

    KafkaPartitionSplit read = serializer.deserialize(serializer.getVersion(), bytes(split));

    assertThat(read).isEqualTo(split).isNotInstanceOf(KernelLogSplit.class);
  }

  @Test
  void theConnectorsOwnBytesAreRead() throws IOException {
    KafkaPartitionSplit split = new KafkaPartitionSplit(PARTITION, 5);

    assertThat(serializer.deserialize(connector.getVersion(), connector.serialize(split)))
        .isEqualTo(split);
  }

  @Test
  void theVersionIsNoneOfTheConnectors() {
    assertThat(serializer.getVersion()).isGreaterThan(connector.getVersion());
    assertThatThrownBy(() -> serializer.deserialize(serializer.getVersion() + 1, new byte[0]))
        .isInstanceOf(IOException.class);
  }

  private byte[] bytes(KafkaPartitionSplit split) throws IOException {
    return serializer.serialize(split);
  }
}
