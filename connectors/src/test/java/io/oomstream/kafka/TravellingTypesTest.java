package io.oomstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.event.DeadLetter;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.format.line.RawRecord;
import io.oomstream.kafka.source.RawRecordDeserializer;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** What travels between the tasks needs no generic type. */
class TravellingTypesTest {

  @Test
  void wholeRawRecord() throws IOException {
    Map<String, byte[]> headers = new HashMap<>();
    headers.put("host", new byte[] {'w', -1, 0});
    headers.put("empty", new byte[0]);
    RawRecord record =
        new RawRecord("t", 3, 1L << 40, 77, new byte[] {1}, new byte[] {0, -128, 127}, headers);

    assertThat(roundTrip(record)).usingRecursiveComparison().isEqualTo(record);
  }

  @Test
  void rawRecordOfNothing() throws IOException {
    RawRecord record = new RawRecord("t", 0, 0, -1, null, null, Map.of());

    RawRecord read = roundTrip(record);

    assertThat(read).usingRecursiveComparison().isEqualTo(record);
    assertThat(read.key()).isNull();
    assertThat(read.value()).isNull();
  }

  @Test
  void theDeserializerNamesThatType() {
    assertThat(new RawRecordDeserializer().getProducedType())
        .isInstanceOf(PojoTypeInfo.class)
        .isEqualTo(TypeInformation.of(RawRecord.class));
  }

  @Test
  void eventsAndDeadLetters() throws IOException {
    OutgoingEvent event =
        new OutgoingEvent(
            OutgoingEvent.Type.BLOCK,
            "i",
            null,
            "s",
            null,
            Instant.ofEpochSecond(9, 8),
            new byte[1]);
    DeadLetter letter =
        new DeadLetter(
            DeadLetter.Reason.LATE, "d", null, "h", "t", 1, 2, 3, null, new byte[] {(byte) 0xff});

    assertThat(roundTrip(event)).usingRecursiveComparison().isEqualTo(event);
    assertThat(roundTrip(letter)).usingRecursiveComparison().isEqualTo(letter);
  }

  @SuppressWarnings("unchecked")
  private static <T> T roundTrip(T value) throws IOException {
    Configuration noGenericTypes = new Configuration();
    noGenericTypes.set(PipelineOptions.GENERIC_TYPES, false);
    TypeInformation<T> type = TypeInformation.of((Class<T>) value.getClass());
    assertThat(type).isInstanceOf(PojoTypeInfo.class);
    TypeSerializer<T> serializer = type.createSerializer(new SerializerConfigImpl(noGenericTypes));
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
  }
}
