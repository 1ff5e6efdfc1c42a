package io.oomstream.kafka.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The connector's bytes of a split, and behind them what is known of the partition. What the
 * connector's own source has written is read as well.
 */
final class KernelLogSplitSerializer implements SimpleVersionedSerializer<KafkaPartitionSplit> {

  /** The connector counts from 0. */
  private static final int FIRST_VERSION = 1_000;

  private final SimpleVersionedSerializer<KafkaPartitionSplit> connector;

  KernelLogSplitSerializer(SimpleVersionedSerializer<KafkaPartitionSplit> connector) {
    this.connector = connector;
  }

  @Override
  public int getVersion() {
    return FIRST_VERSION;
  }

  @Override
  public byte[] serialize(KafkaPartitionSplit split) throws IOException {
    byte[] place = connector.serialize(split);
    byte[] known = split instanceof KernelLogSplit log ? log.known() : new byte[0];
    return ByteBuffer.allocate(2 * Integer.BYTES + place.length + known.length)
        .putInt(connector.getVersion())
        .putInt(place.length)
        .put(place)
        .put(known)
        .array();
  }

  @Override
  public KafkaPartitionSplit deserialize(int version, byte[] bytes) throws IOException {
    if (version < FIRST_VERSION) {
      return connector.deserialize(version, bytes);
    }
    if (version > FIRST_VERSION) {
      throw new IOException("a split of a newer release: version " + version);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int placeVersion = in.getInt();
    byte[] place = new byte[in.getInt()];
    in.get(place);
    byte[] known = new byte[in.remaining()];
    in.get(known);
    KafkaPartitionSplit split = connector.deserialize(placeVersion, place);
    return known.length == 0 ? split : new KernelLogSplit(split, known);
  }
}
