package io.oomstream.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.format.line.DecodeFailure;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.KernelLine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonEnvelopesTest {

  private static final String JOURNAL =
      "\"__REALTIME_TIMESTAMP\":\"1766052311123456\",\"_BOOT_ID\":\"0f\",\"_HOSTNAME\":\"db1\",\"PRIORITY\":\"4\","
          + "\"_SOURCE_MONOTONIC_TIMESTAMP\":\"81428990\",\"__MONOTONIC_TIMESTAMP\":\"9\"";

  private static final String KERNEL =
      JOURNAL + ",\"_TRANSPORT\":\"kernel\",\"SYSLOG_FACILITY\":\"0\"";

  @Test
  void readsTheJournalsFields() {
    KernelLine line = Decoded.of(Envelope.AUTO, "{" + KERNEL + ",\"MESSAGE\":\"a\\n b\"}").line();
    assertThat(line.text()).isEqualTo("a\n b");
    assertThat(line.host()).isEqualTo("db1");
    assertThat(line.bootId()).isEqualTo("0f");
    assertThat(line.wallTimeUs()).isEqualTo(1_766_052_311_123_456L);
    assertThat(line.kernelTimeUs()).isEqualTo(81_428_990L);
    assertThat(line.facility()).isZero();
    assertThat(line.level()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\\u2603 \\ud83d\\ude00\\/\"",
        "\"\u00e2\u0098\u0083 \u00f0\u009f\u0098\u0080/\"",
        "[226,152,131,32,240,159,152,128,47]",
        "[ 226 , 152, 131,32,240,159,152,128,47 ]",
        "[\"\\u2603 \\ud83d\\ude00/\",\"second\"]",
      })
  void readsEveryWayToWriteAMessage(String message) {
    assertThat(Decoded.of(Envelope.AUTO, "{" + KERNEL + ",\"MESSAGE\":" + message + "}").texts())
        .containsExactly("\u00e2\u0098\u0083 \u00f0\u009f\u0098\u0080/");
  }

  @Test
  void aProgramCannotClaimToBeTheKernel() {
    String forged =
        "{"
            + JOURNAL
            + ",\"_TRANSPORT\":\"journal\",\"SYSLOG_FACILITY\":\"0\",\"TRANSPORT\":\"kernel\","
            + "\"HOSTNAME\":\"db2\",\"BOOT_ID\":\"ff\",\"MSG\":\"y\",\"SEC\":\"1\",\"MESSAGE\":\"x\"}";
    for (String record :
        new String[] {forged, forged.replace("\"__REALTIME", "\"@timestamp\":1,\"x")}) {
      KernelLine line = Decoded.of(Envelope.AUTO, record).line();
      assertThat(line.facility()).isEqualTo(1);
      assertThat(line.host()).isEqualTo("db1");
      assertThat(line.bootId()).isEqualTo("0f");
    }
  }

  @Test
  void aMissingMessageMattersOnlyIfItMayBeTheKernels() {
    Decoded kernel = Decoded.of(Envelope.AUTO, "{" + KERNEL + ",\"MESSAGE\":null}");
    assertThat(kernel.failed().detail()).contains("--all");
    assertThat(kernel.failed().envelope()).isEqualTo(Envelope.JOURNALD_JSON);
    Decoded user =
        Decoded.of(Envelope.AUTO, "{" + JOURNAL + ",\"_TRANSPORT\":\"journal\",\"MESSAGE\":null}");
    assertThat(user).isEqualTo(new Decoded(List.of(), null));
  }

  @Test
  void readsFluentBitsKmsg() {
    KernelLine line =
        Decoded.of(
                Envelope.AUTO,
                "{\"@timestamp\":1766052311.123456,\"priority\":4,\"sequence\":1337,\"sec\":81,\"usec\":429116,"
                    + "\"hostname\":\"db1\",\"msg\":\"active_anon:1\\\\x0a active_file:43 \\\\x5cx0a\"}")
            .line();
    assertThat(line.text()).isEqualTo("active_anon:1\n active_file:43 \\x0a");
    assertThat(line.host()).isEqualTo("db1");
    assertThat(line.wallTimeUs()).isEqualTo(1_766_052_311_123_456L);
    assertThat(line.kernelTimeUs()).isEqualTo(81_429_116L);
    assertThat(line.sequence()).isEqualTo(1337);
    assertThat(line.level()).isEqualTo(4);
    assertThat(line.facility()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"@timestamp\":1766052311.123456,\"_hostname\":\"db1\",\"_transport\":\"kernel\",\"syslog_facility\":\"0\",\"message\":\"x\"}",
        "{\"@timestamp\":\"2025-12-18T10:05:11.123456Z\",\"HOSTNAME\":\"db1\",\"TRANSPORT\":\"kernel\",\"SYSLOG_FACILITY\":\"0\",\"MESSAGE\":\"x\"}",
        "{\"date\":1766052311.123456,\"hostname\":\"db1\",\"transport\":\"kernel\",\"syslog_facility\":\"0\",\"message\":\"x\"}",
      })
  void readsFluentBitsJournal(String record) {
    for (Envelope how : new Envelope[] {Envelope.AUTO, Envelope.FLUENT_BIT_SYSTEMD}) {
      KernelLine line = Decoded.of(how, record).line();
      assertThat(line.host()).isEqualTo("db1");
      assertThat(line.facility()).isZero();
      assertThat(line.wallTimeUs()).isEqualTo(1_766_052_311_123_456L);
    }
  }

  @Test
  void aBrokenObjectCostsOnlyItself() {
    Decoded decoded =
        Decoded.of(
            Envelope.AUTO,
            "{\"msg\":\"a\",\"sec\":1}\n{\"msg\":\"b\n{\"msg\":\"c\",\"sec\":3}{\"msg\":\"d\",\"sec\":4}\n");
    assertThat(decoded.texts()).containsExactly("a", "c", "d");
    assertThat(decoded.lines()).extracting(KernelLine::index).containsExactly(0, 1, 2);
    assertThat(decoded.failure()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{}",
        "{\"a\":1}",
        "{\"message\":\"x\"}",
        "{\"msg\":\"\\q\",\"sec\":1}",
        "{\"msg\":[300],\"sec\":1}",
        "{\"msg\":\"x\",\"sec\":1}trailing",
        "a\0b",
        "\u0001"
      })
  void saysWhatItCannotRead(String record) {
    DecodeFailure failure = Decoded.of(Envelope.AUTO, record).failed();
    assertThat(failure.reason()).isEqualTo(DecodeFailure.Reason.UNDECODABLE);
    assertThat(failure.detail()).isNotBlank();
  }

  @Test
  void refusesATombstoneAndTakesABlankValue() {
    assertThat(Decoded.of(Envelope.AUTO, (byte[]) null).failure()).isNotNull();
    for (String blank : new String[] {"", "\n", "\r\n"}) {
      assertThat(Decoded.of(Envelope.AUTO, blank)).isEqualTo(new Decoded(List.of(), null));
    }
  }

  @Test
  void usesAPinnedEnvelopeAsPinned() {
    assertThat(Decoded.of(Envelope.DMESG, "6,1,2,-;x").line().text()).isEqualTo("6,1,2,-;x");
    assertThat(Decoded.of(Envelope.KMSG, "[ 1.5] x").failure()).isNotNull();
    assertThat(Decoded.of(Envelope.JOURNALD_JSON, "[ 1.5] x").failure()).isNotNull();
    assertThat(Decoded.of(Envelope.RFC5424, "[ 1.5] x").failure()).isNotNull();
  }

  @Test
  void refusesLongLinesAndReadsOn() {
    List<String> texts = new ArrayList<>();
    byte[] value = Wrapped.in(Envelope.KMSG, new byte[] {'a', '\\', '\n', 'b', 'c'});
    byte[] exact = Wrapped.in(Envelope.KMSG, new byte[] {'a', '\\', '\n', 'b'});
    EnvelopeDecoder decoder = new EnvelopeDecoder(Envelope.AUTO, 4);
    DecodeFailure failure = decoder.decode(Decoded.record(value, 1), l -> texts.add(l.toString()));
    assertThat(failure)
        .isNotNull()
        .extracting(DecodeFailure::reason)
        .isEqualTo(DecodeFailure.Reason.LINE_TOO_LONG);
    assertThat(decoder.decode(Decoded.record(exact, 1), l -> texts.add("exact"))).isNull();
    assertThat(texts).containsExactly("exact");
  }
}
