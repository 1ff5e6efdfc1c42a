package io.oomstream.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.LineConsumer;
import io.oomstream.format.line.RawRecord;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No input throws, every line lies in its bytes, and an ordinary line costs no garbage. */
class DecoderTotalityTest {

  private static final byte[] TEXT =
      "Memory cgroup out of memory: Killed process 174 (a\"\\ \u00e2\u0098\u0083 \u00ff) total-vm:17136kB, UID:1"
          .getBytes(StandardCharsets.ISO_8859_1);

  @Property(tries = 3000)
  void takesAnyBytes(@ForAll byte[] value, @ForAll Envelope pinned) {
    assertSound(pinned, value);
  }

  @Property(tries = 10_000)
  void takesWhatIsAlmostARecord(@ForAll("pieces") String value, @ForAll Envelope pinned) {
    assertSound(pinned, value.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Provide
  Arbitrary<String> pieces() {
    return Arbitraries.of(
            "<4>",
            "<999>",
            "1 ",
            "[",
            "]",
            "   12.345678",
            "[   12.3] ",
            "[    C1] ",
            "T12",
            "kern  :warn  : ",
            "Sun Aug 11 20:21:28 2024",
            "Aug 11 20:21:28 ",
            "Feb 29 00:00:00 ",
            "2024-08-11T20:21:28,123456+08:00 ",
            "2024-02-30T20:21:28Z ",
            "host ",
            "kernel: ",
            "kernel:",
            "sshd[1]: ",
            "- ",
            "[a b=\"\\\"]\"] ",
            "> ",
            " ",
            "\n",
            "\r\n",
            "\0",
            "6,1,2,-;",
            "6.1.0,",
            "6,1,2,-,ncfrag=9/",
            "99999999999999999999",
            ",",
            ";",
            "\\x0a",
            "\\",
            "x",
            "{",
            "}",
            "\"MESSAGE\":",
            "\"msg\":",
            "\"sec\":",
            "\"__REALTIME_TIMESTAMP\":",
            "\"_TRANSPORT\":\"kernel\",",
            "\"short_message\":",
            "\"source_type\":\"journald\",",
            "\"host\":{\"name\":",
            "\"dmesg\":[",
            "\"resourceLogs\":[",
            "\"log\":",
            "__CURSOR=\n",
            "MESSAGE\n\5\0\0\0\0\0\0\0",
            "\n\2\u0012\0",
            "\u001f\u008b",
            "x\u009c",
            "\u001b[32m",
            "stdout F ",
            "\n2026-11-23T18:04:05Z stdout P ",
            "\n2026-11-23T18:04:05." + "0".repeat(2_000) + "Z stdout F ",
            "grep-12-[   12.345678] ",
            "[   12.345678,0] ",
            "[   12.345678 / 01-03 02:39:46.099] ",
            "[3: Binder:9343_3:22875] ",
            "(4)[10628:kswapd0]",
            "[pid:123,cpu3,kswapd0]",
            "[dim. 19 avril 18:03:30 2026] ",
            "[Mon 2026-11-23 18:04:05] ",
            "Mon 2026-11-23 18:04:05 UTC ",
            "1795457045.123456 ",
            "\u001e",
            "[1,2,300]",
            "[\"a\"]",
            "null",
            "true",
            "\"",
            ":",
            "\\u",
            "d83d",
            "\\ud83d\\ude00",
            "1e9",
            "\u00ff",
            "#012 ")
        .list()
        .ofMaxSize(14)
        .map(pieces -> String.join("", pieces));
  }

  @ParameterizedTest
  @EnumSource(Envelope.class)
  void takesARecordCutOrChangedAtEveryByte(Envelope envelope) {
    byte[] good = Wrapped.in(envelope, TEXT);
    Random random = new Random(7);
    for (int at = 0; at <= good.length; at++) {
      assertSound(envelope, Arrays.copyOf(good, at));
      assertSound(Envelope.AUTO, Arrays.copyOf(good, at));
      assertSound(Envelope.AUTO, Arrays.copyOfRange(good, at, good.length));
      for (int i = 0; i < 20 && at < good.length; i++) {
        byte[] changed = good.clone();
        changed[at] = (byte) random.nextInt(256);
        assertSound(envelope, changed);
        assertSound(Envelope.AUTO, changed);
      }
    }
  }

  private static void assertSound(Envelope pinned, byte[] value) {
    Decoded decoded = Decoded.of(pinned, value);
    for (int i = 0; i < decoded.lines().size(); i++) {
      assertThat(decoded.lines().get(i).index()).isBetween(i, value.length);
      assertThat(decoded.lines().get(i).text().length()).isLessThanOrEqualTo(value.length);
    }
    if (decoded.failure() != null) {
      assertThat(decoded.failure().detail()).isNotBlank();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Envelope.class,
      names = {"AUTO", "CUSTOM_JSON"},
      mode = EnumSource.Mode.EXCLUDE)
  void allocatesNothingForALine(Envelope envelope) {
    RawRecord record = Decoded.record(Wrapped.in(envelope, TEXT), Decoded.RECORD_MS);
    EnvelopeDecoder pinned = new EnvelopeDecoder(envelope, 1 << 16);
    EnvelopeDecoder auto = new EnvelopeDecoder(Envelope.AUTO, 1 << 16);
    long[] bytes = new long[1];
    LineConsumer consumer = line -> bytes[0] += line.end() - line.start();
    run(pinned, record, consumer, 20_000);
    run(auto, record, consumer, 20_000);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    bytes[0] = 0;
    long before = threads.getThreadAllocatedBytes(thread);
    run(pinned, record, consumer, 50_000);
    run(auto, record, consumer, 50_000);
    long allocated = threads.getThreadAllocatedBytes(thread) - before;
    assertThat(bytes[0]).isEqualTo(100_000L * TEXT.length);
    assertThat(allocated).isLessThan(20_000);
  }

  private static void run(EnvelopeDecoder decoder, RawRecord record, LineConsumer to, int times) {
    for (int i = 0; i < times; i++) {
      decoder.decode(record, to);
    }
  }

  @Test
  void stepsOverDeepNestingInLinearTime() {
    String deep = "{\"x\":" + "[".repeat(2_000_000);
    assertThat(Decoded.of(Envelope.AUTO, deep).failure()).isNotNull();
    String closed =
        "{\"x\":" + "[".repeat(1_000_000) + "]".repeat(1_000_000) + ",\"msg\":\"m\",\"sec\":1}";
    assertThat(Decoded.of(Envelope.AUTO, closed).texts()).containsExactly("m");
  }
}
