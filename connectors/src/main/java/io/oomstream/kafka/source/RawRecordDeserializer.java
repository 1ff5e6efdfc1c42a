package io.oomstream.kafka.source;

import io.oomstream.format.line.RawRecord;
import io.oomstream.format.line.RecordTime;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Takes a record as it is: no content makes it throw. */
public final class RawRecordDeserializer implements KafkaRecordDeserializationSchema<RawRecord> {
  private static final long serialVersionUID = 1L;

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> consumed, Collector<RawRecord> out) {
    out.collect(raw(consumed, RawRecord.UNKNOWN));
  }

  /** The record, its time within the bounds of {@link RecordTime}. */
  static RawRecord raw(ConsumerRecord<byte[], byte[]> consumed, long readWithinMs) {
    return new RawRecord(
        consumed.topic(),
        consumed.partition(),
        consumed.offset(),
        RecordTime.bound(consumed.timestamp()),
        consumed.key(),
        consumed.value(),
        headers(consumed.headers()),
        readWithinMs);
  }

  /** The last of equal names wins; a header without a value is no header. */
  public static Map<String, byte[]> headers(Iterable<Header> headers) {
    Map<String, byte[]> byName = Map.of();
    if (headers instanceof Headers known && known.toArray().length == 0) {
      return byName; // the usual case: no iterator is made
    }
    for (Header header : headers) {
      if (byName.isEmpty()) {
        byName = new HashMap<>();
      }
      if (header.value() == null) {
        byName.remove(header.key());
      } else {
        byName.put(header.key(), header.value());
      }
    }
    return byName;
  }

  @Override
  public TypeInformation<RawRecord> getProducedType() {
    return TypeInformation.of(RawRecord.class);
  }
}
