package io.oomstream.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class RawRecordDeserializerTest {

  @Test
  void lastOfEqualNamesWins() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("host", new byte[] {1}).add("x", new byte[0]).add("host", new byte[] {2});

    Map<String, byte[]> read = RawRecordDeserializer.headers(headers);

    assertThat(read).containsOnlyKeys("host", "x");
    assertThat(read.get("host")).containsExactly(2);
    assertThat(read.get("x")).isEmpty();
  }

  @Test
  void headerWithoutValueIsNone() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("gone", null).add("host", new byte[] {1}).add("host", null);

    assertThat(RawRecordDeserializer.headers(headers)).isEmpty();
  }
}
