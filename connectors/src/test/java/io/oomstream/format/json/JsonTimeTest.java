package io.oomstream.format.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.format.EnvelopeDecoder;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.LineView;
import io.oomstream.format.line.RawRecord;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The times that shippers stamp, as an envelope's reader takes them. */
class JsonTimeTest {

  @ParameterizedTest
  @CsvSource({
    "1723407688, 1723407688000000",
    "1723407688.123456, 1723407688123456",
    "1723407688123, 1723407688123000",
    "1723407688123456, 1723407688123456",
    "1723407688123456789, 1723407688123456",
    "17234076881234567, -1",
    "999999999999999999, -1",
    "17234076881234567890, -1",
    "\"17234076881234567\", -1",
    "\"2024-08-11T20:21:28.123456Z\", 1723407688123456",
    "\"2024-08-11t20:21:28.123456z\", 1723407688123456",
    "\"2024-08-11t22:21:28+02:00\", 1723407688000000",
    "\"2024-08-11T20:21:28-00:00\", 1723407688000000",
    "\"2024-08-11 20:21:28Z\", 1723407688000000"
  })
  void aTimeIsReadByItsForm(String json, long us) {
    assertThat(read(json)).isEqualTo(us < 0 ? List.of(LineView.ABSENT) : List.of(us));
  }

  private static List<Long> read(String json) {
    String line =
        "{\"@timestamp\":"
            + json
            + ",\"message\":\"Out of memory: Killed process 1 (a)\",\"facility\":0}";
    RawRecord raw =
        new RawRecord(
            "t", 0, 0, 1_723_407_688_000L, null, line.getBytes(StandardCharsets.UTF_8), Map.of());
    List<Long> times = new ArrayList<>();
    new EnvelopeDecoder(
            Envelope.CUSTOM_JSON,
            65_536,
            ZoneOffset.UTC,
            FieldNames.parse(Map.of("message", "message", "time", "@timestamp")))
        .decode(raw, view -> times.add(view.wallTimeUs()));
    return times;
  }
}
