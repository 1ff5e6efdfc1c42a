package io.oomstream.function;

import io.oomstream.assemble.AssembleSettings;
import io.oomstream.assemble.HostLine;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.block.BlockParser;
import io.oomstream.diagnosis.Diagnosis;
import io.oomstream.diagnosis.context.Findings;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.SchemaAssert;
import io.oomstream.format.json.FieldNames;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.RawRecord;
import io.oomstream.intake.DecodeSettings;
import io.oomstream.intake.HostName;
import io.oomstream.step.OutgoingEvents;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;
import org.apache.flink.runtime.state.storage.JobManagerCheckpointStorage;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/**
 * The job's operators in one thread, where a test has time, order and failure in its hands: several
 * decoders, one assembler, and what follows it.
 */
public final class MiniJob implements AutoCloseable {

  final KeyedOneInputStreamOperatorTestHarness<String, HostLine, LineBlock> assembler;
  private final List<OneInputStreamOperatorTestHarness<RawRecord, HostLine>> decoders =
      new ArrayList<>();
  private final List<LineBlock> blocks = new ArrayList<>();

  public MiniJob(int parallelism, AssembleSettings settings, boolean requireKernelFacility)
      throws Exception {
    this(parallelism, settings, requireKernelFacility, null);
  }

  /**
   * @param restored the assembler's state; null to begin
   */
  public MiniJob(
      int parallelism,
      AssembleSettings settings,
      boolean requireKernelFacility,
      @Nullable OperatorSubtaskState restored)
      throws Exception {
    this(parallelism, settings, FieldNames.NONE, requireKernelFacility, restored);
  }

  /**
   * @param names of JSON of the user's own
   */
  public MiniJob(
      int parallelism,
      AssembleSettings settings,
      FieldNames names,
      boolean requireKernelFacility,
      @Nullable OperatorSubtaskState restored)
      throws Exception {
    for (int i = 0; i < parallelism; i++) {
      var decoder =
          new OneInputStreamOperatorTestHarness<RawRecord, HostLine>(
              new ProcessOperator<>(
                  new DecodeFunction(
                      new DecodeSettings(
                          Envelope.AUTO,
                          65_536,
                          ZoneOffset.UTC,
                          names,
                          HostName.defaults(),
                          requireKernelFacility))));
      decoder.open();
      decoders.add(decoder);
    }
    assembler =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new AssembleFunction(settings)),
            line -> line.line().key(),
            TypeInformation.of(String.class));
    // For savepoints of thousands of hosts; the default takes 5 MiB.
    assembler.setCheckpointStorage(new JobManagerCheckpointStorage(1 << 30));
    if (restored != null) {
      assembler.initializeState(restored);
    }
    assembler.open();
  }

  static MiniJob ofDefaults(int parallelism) throws Exception {
    return new MiniJob(parallelism, AssembleSettings.defaults(), false);
  }

  public void read(RawRecord record) throws Exception {
    for (HostLine line : decode(record)) {
      assembler.processElement(line, record.timestamp());
    }
    drain();
  }

  /** What the decoder sends on. */
  public List<HostLine> decode(RawRecord record) throws Exception {
    var decoder = decoders.get(record.partition() % decoders.size());
    decoder.processElement(record, record.timestamp());
    List<HostLine> lines = new ArrayList<>(decoder.extractOutputValues());
    decoder.getOutput().clear();
    return lines;
  }

  public void watermark(long timestamp) throws Exception {
    assembler.processWatermark(timestamp);
    drain();
  }

  void processingTime(long time) throws Exception {
    assembler.setProcessingTime(time);
    drain();
  }

  public void end() throws Exception {
    watermark(Long.MAX_VALUE);
  }

  private void drain() {
    blocks.addAll(assembler.extractOutputValues());
    assembler.getOutput().clear();
  }

  public List<LineBlock> blocks() {
    return blocks;
  }

  public List<DeadLetter> deadLetters() {
    List<DeadLetter> letters = new ArrayList<>();
    for (var harness : decoders) {
      addLetters(harness, letters);
    }
    addLetters(assembler, letters);
    return letters;
  }

  private static void addLetters(
      OneInputStreamOperatorTestHarness<?, ?> harness, List<DeadLetter> letters) {
    var side = harness.getSideOutput(Outputs.DEAD_LETTERS);
    if (side != null) {
      side.stream().map(StreamRecord::getValue).forEach(letters::add);
    }
  }

  /** Every event by type and id, each held against its schema. */
  Map<String, String> validEvents() {
    Map<String, String> events = events();
    events.forEach(
        (id, event) ->
            SchemaAssert.assertValid(
                OutgoingEvent.Type.valueOf(id.substring(0, id.indexOf(' '))),
                event.getBytes(StandardCharsets.UTF_8)));
    return events;
  }

  /** Every event by type and id. */
  Map<String, String> events() {
    return events(blocks);
  }

  /** The same of reports that another assembler has given. */
  static Map<String, String> events(List<LineBlock> blocks) {
    Map<String, String> events = new TreeMap<>();
    for (LineBlock lines : blocks) {
      String key = lines.lines().get(0).line().key();
      Findings findings = Diagnosis.of(BlockParser.parse(lines), key, Thresholds.defaults());
      findings.kills().forEach(kill -> put(events, OutgoingEvents.kill(kill, key)));
      findings
          .signals()
          .forEach(
              signal ->
                  put(events, OutgoingEvents.signal(signal.id(), signal.signal(), key, 0).event()));
      if (findings.block() != null) {
        put(events, OutgoingEvents.block(findings.block(), key));
      }
    }
    return events;
  }

  private static void put(Map<String, String> events, OutgoingEvent event) {
    events.put(event.type() + " " + event.id(), new String(event.data(), StandardCharsets.UTF_8));
  }

  /** A counter or gauge, over all subtasks. */
  long metric(String name) throws Exception {
    long sum = 0;
    boolean found = false;
    List<OneInputStreamOperatorTestHarness<?, ?>> harnesses = new ArrayList<>(decoders);
    harnesses.add(assembler);
    for (var harness : harnesses) {
      Metric metric = metricsOf((AbstractStreamOperator<?>) harness.getOperator()).get(name);
      found |= metric != null;
      if (metric instanceof Counter counter) {
        sum += counter.getCount();
      } else if (metric instanceof Gauge<?> gauge) {
        sum += ((Number) gauge.getValue()).longValue();
      }
    }
    if (!found) {
      throw new AssertionError("no metric " + name);
    }
    return sum;
  }

  @SuppressWarnings("unchecked") // Flink has no way to ask for a registered metric
  private static Map<String, Metric> metricsOf(AbstractStreamOperator<?> operator)
      throws Exception {
    Object group = operator.getMetricGroup();
    Class<?> type = group.getClass();
    while (type != null && type != AbstractMetricGroup.class) {
      type = type.getSuperclass();
    }
    Field metrics = AbstractMetricGroup.class.getDeclaredField("metrics");
    metrics.setAccessible(true);
    return (Map<String, Metric>) metrics.get(group);
  }

  /** Nothing may stay behind: neither state nor timers. */
  int residue() {
    return assembler.numKeyedStateEntries()
        + assembler.numEventTimeTimers()
        + assembler.numProcessingTimeTimers();
  }

  @Override
  public void close() throws Exception {
    for (var decoder : decoders) {
      decoder.close();
    }
    assembler.close();
  }
}
