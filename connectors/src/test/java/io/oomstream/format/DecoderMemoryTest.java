package io.oomstream.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.format.line.DecodeFailure;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.RawRecord;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What a decoder remembers from one record to the next (rooms, times, the last object's fields)
 * never shows: it reads each record as a new one does.
 */
class DecoderMemoryTest {

  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final int RECORDS = 20_000;

  @Test
  void aUsedDecoderReadsAsANewOne() {
    Random random = new Random(16);
    List<byte[]> records = new ArrayList<>();
    for (Envelope envelope : Envelope.values()) {
      for (int i = 0; i < 8; i++) {
        records.add(line(random, i).in(envelope));
      }
    }
    EnvelopeDecoder used = new EnvelopeDecoder(Envelope.AUTO, 1 << 12, ZONE);
    int decoded = 0;
    for (int i = 0; i < RECORDS; i++) {
      byte[] value = records.get(random.nextInt(records.size()));
      byte[] broken = i % 2 == 0 ? value : broken(value, random);
      List<String> expected = read(new EnvelopeDecoder(Envelope.AUTO, 1 << 12, ZONE), broken);
      assertThat(read(used, broken))
          .as(new String(broken, StandardCharsets.ISO_8859_1))
          .isEqualTo(expected);
      decoded += expected.size() > 1 ? 1 : 0;
    }
    assertThat(decoded).isGreaterThan(RECORDS / 2);
  }

  private static EnvelopeWriter line(Random random, int number) {
    String text = number % 2 == 0 ? "docker0: port 3 #012 disabled" : "Killed process 12 (a\\\"b)";
    return new EnvelopeWriter(
        "host" + random.nextInt(9),
        "0f3c",
        1_766_052_311_123_456L + random.nextInt(1_000_000_000),
        random.nextInt(1_000_000_000),
        random.nextInt(1000),
        random.nextInt(14),
        number % 3 == 0 ? "T12" : "",
        text);
  }

  private static byte[] broken(byte[] value, Random random) {
    byte[] broken = value.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      broken[random.nextInt(broken.length)] =
          (byte)
              (random.nextBoolean()
                  ? random.nextInt(256)
                  : " :\"{}[]<>,1".charAt(random.nextInt(11)));
    }
    return broken;
  }

  private static List<String> read(EnvelopeDecoder decoder, byte[] value) {
    RawRecord record = new RawRecord("t", 0, 1, 1_766_052_312_000L, null, value, Map.of());
    List<String> lines = new ArrayList<>();
    DecodeFailure failure =
        decoder.decode(record, line -> lines.add(line.toLine(record, "h").toString()));
    lines.add(decoder.envelope() + " " + failure);
    return lines;
  }
}
