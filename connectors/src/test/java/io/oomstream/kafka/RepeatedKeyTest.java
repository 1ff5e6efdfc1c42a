package io.oomstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class RepeatedKeyTest {
  private final RepeatedKey keys = new RepeatedKey();

  private byte[] read(String... parts) {
    byte[] all = String.join("", parts).getBytes(StandardCharsets.UTF_8);
    ByteBuffer key = ByteBuffer.wrap(all, parts[0].length(), parts[1].length()).slice();
    return Objects.requireNonNull(keys.deserialize("topic", new RecordHeaders(), key));
  }

  @Test
  void equalKeysInARowAreOneArray() {
    byte[] first = read("xx", "node-1", "yy");
    assertThat(first).asString().isEqualTo("node-1");
    assertThat(read("other", "node-1", "")).isSameAs(first);
    assertThat(read("", "node-2", "zz")).asString().isEqualTo("node-2");
    assertThat(read("", "node-1", "")).isEqualTo(first).isNotSameAs(first);
    assertThat(read("", "", "")).isEmpty();
  }

  @Test
  void noKeyIsNull() {
    assertThat(keys.deserialize("topic", new RecordHeaders(), (ByteBuffer) null)).isNull();
    assertThat(keys.deserialize("topic", new byte[] {1})).containsExactly(1);
  }
}
