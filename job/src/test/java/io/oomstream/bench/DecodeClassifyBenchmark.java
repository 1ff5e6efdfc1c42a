package io.oomstream.bench;

import io.oomstream.format.EnvelopeDecoder;
import io.oomstream.format.json.FieldNames;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.LineConsumer;
import io.oomstream.format.line.LineView;
import io.oomstream.format.line.RawRecord;
import io.oomstream.kernel.Classifier;
import java.time.ZoneOffset;
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

  private static final int RECORDS = 1024;
  private static final int LONGEST_LINE = 1 << 16;

  @Param({
    "KMSG",
    "DMESG",
    "RFC3164",
    "RFC5424",
    "CRI",
    "JOURNALD_JSON",
    "JOURNALD_EXPORT",
    "FLUENT_BIT_KMSG",
    "FLUENT_BIT_SYSTEMD",
    "FLUENT_BIT_TAIL",
    "VECTOR",
    "FILEBEAT",
    "RSYSLOG_JSON",
    "SYSLOG_NG_JSON",
    "LOGSTASH",
    "GELF",
    "OTLP_JSON",
    "OTLP_PROTO",
    "CUSTOM_JSON"
  })
  public Envelope envelope = Envelope.KMSG;

  private RawRecord[] records = new RawRecord[0];
  private EnvelopeDecoder decoder = new EnvelopeDecoder(Envelope.AUTO, LONGEST_LINE);
  private LineConsumer consumer = line -> {};
  private int next;
  private int kept;

  @Setup
  public void makeRecords(Blackhole hole) {
    records = Chatter.records(envelope, RECORDS);
    FieldNames names =
        envelope == Envelope.CUSTOM_JSON
            ? FieldNames.parse(Map.of("message", "line.text", "host", "node"))
            : FieldNames.NONE;
    decoder = new EnvelopeDecoder(Envelope.AUTO, LONGEST_LINE, ZoneOffset.UTC, names);
    kept = 0;
    consumer =
        line -> {
          kept += isKept(line) ? 1 : 0;
          // The gaps of a host are tracked by these.
          if (line.sequence() != LineView.ABSENT) {
            hole.consume(line.hostHash());
          }
        };
    for (RawRecord record : records) {
      if (decoder.decode(record, consumer) != null || kept > 0) {
        throw new IllegalStateException("this record is not dropped chatter: " + record);
      }
    }
  }

  @Benchmark
  public void decodeAndClassify(Blackhole hole) {
    RawRecord record = records[next++ & RECORDS - 1];
    hole.consume(decoder.decode(record, consumer));
  }

  /** What the decoder asks of every line. */
  private static boolean isKept(LineView line) {
    return Classifier.classify(line.bytes(), line.start(), line.end()) != null
        || (line.saysKernel() && Classifier.mayBeOfBlock(line.bytes(), line.start(), line.end()));
  }

  @Benchmark
  public void readBytes(Blackhole hole) {
    byte[] value = records[next++ & RECORDS - 1].value();
    int sum = 0;
    for (byte b : value == null ? new byte[0] : value) {
      sum = 31 * sum + b;
    }
    hole.consume(sum);
  }
}
