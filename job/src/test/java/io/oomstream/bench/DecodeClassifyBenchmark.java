package io.oomstream.bench;

import io.oomstream.format.Envelope;
import io.oomstream.format.EnvelopeDecoder;
import io.oomstream.format.LineView;
import io.oomstream.format.RawRecord;
import io.oomstream.kernel.Classifier;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The hot path: ordinary chatter, decoded and dropped. {@code readBytes} is the limit that it is
 * held against: one pass over the same bytes that does nothing else.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class DecodeClassifyBenchmark {

  private static final List<String> CHATTER =
      List.of(
          "audit: type=1400 audit(1766052311.123:45): apparmor=\"STATUS\" operation=\"profile_load\" name=\"x\"",
          "IPv6: ADDRCONF(NETDEV_CHANGE): veth1a2b3c4: link becomes ready",
          "docker0: port 3(veth1a2b3c4) entered disabled state",
          "EXT4-fs (sda1): mounted filesystem with ordered data mode. Opts: (null). Quota mode: none.",
          "TCP: request_sock_TCP: Possible SYN flooding on port 443. Sending cookies.",
          "usb 1-1: new high-speed USB device number 4 using xhci_hcd");

  @Param({"KMSG", "DMESG", "JOURNALD_JSON", "RFC3164"})
  public Envelope envelope = Envelope.KMSG;

  private RawRecord[] records = new RawRecord[0];
  private EnvelopeDecoder decoder = new EnvelopeDecoder(Envelope.AUTO, 1 << 16);
  private int next;

  @Setup
  public void makeRecords() {
    records =
        CHATTER.stream()
            .map(text -> wrap(text).getBytes(StandardCharsets.UTF_8))
            .map(bytes -> new RawRecord("kernel.logs", 0, 1, 1, null, bytes, Map.of()))
            .toArray(RawRecord[]::new);
    decoder = new EnvelopeDecoder(Envelope.AUTO, 1 << 16);
  }

  private String wrap(String text) {
    return switch (envelope) {
      case KMSG -> "6,1337,81429116,-;" + text;
      case DMESG -> "[   81.429116] " + text;
      case RFC3164 -> "<6>Aug 11 20:21:28 db1 kernel: [   81.429116] " + text;
      default ->
          "{\"__REALTIME_TIMESTAMP\":\"1766052311123456\",\"_BOOT_ID\":\"0f0f0f0f\",\"_HOSTNAME\":\"db1\","
              + "\"_TRANSPORT\":\"kernel\",\"SYSLOG_FACILITY\":\"0\",\"PRIORITY\":\"6\","
              + "\"_SOURCE_MONOTONIC_TIMESTAMP\":\"81428990\",\"MESSAGE\":\""
              + text.replace("\"", "\\\"")
              + "\"}";
    };
  }

  @Benchmark
  public void decodeAndClassify(Blackhole hole) {
    RawRecord record = records[next++ % records.length];
    hole.consume(decoder.decode(record, line -> hole.consume(isKept(line))));
  }

  /** What the decoder asks of every line. */
  private static boolean isKept(LineView line) {
    return Classifier.classify(line.bytes(), line.start(), line.end()) != null
        || (line.saysKernel() && Classifier.mayBeOfReport(line.bytes(), line.start(), line.end()));
  }

  @Benchmark
  public void readBytes(Blackhole hole) {
    byte[] value = records[next++ % records.length].value();
    int sum = 0;
    for (byte b : value == null ? new byte[0] : value) {
      sum = 31 * sum + b;
    }
    hole.consume(sum);
  }
}
