package io.oomstream.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.KernelLine;
import org.junit.jupiter.api.Test;

/** What may be different from one encoder of OpenTelemetry's JSON to the next. */
class OtlpJsonTest {

  private static final String KERNEL =
      "{\"value\":{\"stringValue\":\"kernel\"},\"key\":\"_TRANSPORT\"}";
  private static final String RESOURCE =
      "\"resource\":{\"x\":[{}],\"attributes\":[{\"key\":\"host\",\"value\":{\"kvlistValue\":{\"values\":"
          + "[{\"key\":\"name\",\"value\":{\"stringValue\":\"d\\u00621\"}}]}}}]}";

  private static String record(String body, String more) {
    return "{\"body\":" + body + ",\"attributes\":[" + KERNEL + "]" + more + "}";
  }

  private static String logs(String record, boolean resourceFirst) {
    String scopes = "\"scope_logs\":[{\"scope\":null,\"log_records\":[" + record + "]}]";
    return "{\"resourceLogs\":[{"
        + (resourceFirst ? RESOURCE + "," + scopes : scopes + "," + RESOURCE)
        + "}]}";
  }

  private static Decoded decode(String json) {
    return Decoded.of(Envelope.OTLP_JSON, json);
  }

  @Test
  void membersComeInAnyOrder() {
    for (boolean resourceFirst : new boolean[] {true, false}) {
      Decoded decoded =
          decode(
              logs(
                  record(
                      "{\"stringValue\":\"Mem\\u002dInfo:\"}",
                      ",\"time_unix_nano\":1795457045123456789"),
                  resourceFirst));
      assertThat(decoded.failure()).isNull();
      assertThat(decoded.texts()).containsExactly("Mem-Info:");
      KernelLine line = decoded.lines().get(0);
      assertThat(line.host()).isEqualTo("db1");
      assertThat(line.wallTimeUs()).isEqualTo(1_795_457_045_123_456L);
    }
  }

  @Test
  void bytesAreBase64() {
    assertThat(decode(logs(record("{\"bytesValue\":\"TWVtLUluZm86\"}", ""), true)).texts())
        .containsExactly("Mem-Info:");
    assertThat(decode(logs(record("{\"bytesValue\":\"YWI=\"}", ""), true)).texts())
        .containsExactly("ab");
    assertThat(decode(logs(record("{\"bytesValue\":\"YW?=\"}", ""), true)).texts())
        .doesNotContain("ab");
  }

  @Test
  void whatIsBrokenIsSaid() {
    String good = logs(record("{\"stringValue\":\"Mem-Info:\"}", ""), true);
    Decoded cut = decode(good.substring(0, good.length() - 9));
    assertThat(cut.failure()).isNotNull();
    Decoded missing = decode(good.replace("\"body\":", "\"body\""));
    assertThat(missing.failure()).isNotNull();
    assertThat(missing.texts()).isEmpty();
    assertThat(decode(good.replace("Mem-", "Mem\\x")).failure()).isNotNull();
  }

  @Test
  void theLastTimeCountsAndTheObservedOneIsUsedWithoutIt() {
    Decoded decoded =
        decode(
            logs(
                record(
                    "{\"stringValue\":\"x\"}",
                    ",\"timeUnixNano\":\"0\",\"observedTimeUnixNano\":\"1795457045000000000\""),
                true));
    assertThat(decoded.lines().get(0).wallTimeUs()).isEqualTo(1_795_457_045_000_000L);
  }

  @Test
  void nestingIsBounded() {
    StringBuilder deep = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      deep.append("{\"kvlistValue\":{\"values\":[{\"key\":\"\",\"value\":");
    }
    deep.append("{}");
    deep.append("}]}}".repeat(10_000));
    Decoded decoded = decode(logs(record(deep.toString(), ""), true));
    assertThat(decoded.failure()).isNull();
  }
}
