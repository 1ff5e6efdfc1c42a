package io.oomstream.function;

import io.oomstream.anomaly.FleetPartial;
import io.oomstream.anomaly.FleetShare;
import io.oomstream.anomaly.Occurrence;
import io.oomstream.anomaly.Outbound;
import io.oomstream.assemble.HostLine;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.config.BadOptionException;
import io.oomstream.config.JobConfig;
import io.oomstream.config.OomOptions;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.format.line.RawRecord;
import io.oomstream.intake.LineIntake;
import io.oomstream.rule.IncidentOptions;
import io.oomstream.rule.RuleChange;
import io.oomstream.state.States;
import io.oomstream.trend.MachineSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithNonKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/**
 * The functions of the graph in one thread, each step's output handed on before event time is. In a
 * running job event time of two inputs may lag behind their elements; here it does not.
 */
public final class GraphInOneThread implements AutoCloseable {

  private final List<OutgoingEvent> kills = new ArrayList<>();
  private final List<OutgoingEvent> signals = new ArrayList<>();
  private final List<OutgoingEvent> blocks = new ArrayList<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private final LineIntake intake;
  private final KeyedOneInputStreamOperatorTestHarness<String, HostLine, LineBlock> assemble;
  private final TwoInputStreamOperatorTestHarness<LineBlock, RuleChange, MachineSample> diagnose;
  private final KeyedOneInputStreamOperatorTestHarness<String, MachineSample, Outbound> trends;
  private final KeyedTwoInputStreamOperatorTestHarness<String, Occurrence, RuleChange, Outbound>
      incidents;
  private final KeyedOneInputStreamOperatorTestHarness<String, Occurrence, FleetPartial>
      fleetShares;
  private final KeyedTwoInputStreamOperatorTestHarness<String, FleetPartial, RuleChange, Outbound>
      fleet;

  public GraphInOneThread(JobConfig config) throws Exception {
    long stallMs = config.get(OomOptions.STALL_TIME).toMillis();
    IncidentOptions options = config.incidentOptions();
    int shares = config.get(OomOptions.FLEET_SHARES);
    intake = intake(config);
    assemble =
        keyed(new AssembleFunction(config.assembleSettings()), (HostLine l) -> l.line().key());
    diagnose =
        new TwoInputStreamOperatorTestHarness<>(
            new CoBroadcastWithNonKeyedOperator<>(
                new DiagnoseFunction(config.thresholds(), config.language(), true),
                List.of(States.rules())));
    diagnose.open();
    trends = keyed(new TrendFunction(config.trendOptions(), stallMs), MachineSample::hostKey);
    incidents =
        ruled(
            new IncidentFunction(options, stallMs, config.thresholds(), config.language()),
            Occurrence::hostKey);
    fleetShares =
        keyed(
            new FleetShareFunction(options.settlingMs(), stallMs),
            (Occurrence occurrence) -> FleetShare.keyOf(occurrence, shares));
    fleet = ruled(new FleetFunction(options, stallMs), FleetPartial::workload);
  }

  private static LineIntake intake(JobConfig config) throws BadOptionException {
    return new LineIntake(config.decodeSettings());
  }

  private static <I, O> KeyedOneInputStreamOperatorTestHarness<String, I, O> keyed(
      KeyedProcessFunction<String, I, O> function, KeySelector<I, String> key) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(function), key, TypeInformation.of(String.class));
    harness.open();
    return harness;
  }

  private static <I> KeyedTwoInputStreamOperatorTestHarness<String, I, RuleChange, Outbound> ruled(
      KeyedBroadcastProcessFunction<String, I, RuleChange, Outbound> function,
      KeySelector<I, String> key)
      throws Exception {
    KeyedTwoInputStreamOperatorTestHarness<String, I, RuleChange, Outbound> harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(function, List.of(States.rules())),
            key,
            null,
            TypeInformation.of(String.class));
    harness.open();
    return harness;
  }

  public void read(RawRecord record) throws Exception {
    List<HostLine> lines = new ArrayList<>();
    intake.read(
        record,
        new LineIntake.Output() {
          @Override
          public void line(HostLine line) {
            lines.add(line);
          }

          @Override
          public void deadLetter(DeadLetter letter) {
            deadLetters.add(letter);
          }
        });
    for (HostLine line : lines) {
      assemble.processElement(line, record.timestamp());
    }
    handOn();
  }

  /** Event time has come to that, milliseconds; {@link Long#MAX_VALUE} ends the input. */
  public void watermark(long time) throws Exception {
    assemble.processWatermark(time);
    handOn();
    trends.processWatermark(time);
    incidents.processWatermark2(new Watermark(time));
    incidents.processWatermark1(new Watermark(time));
    fleetShares.processWatermark(time);
    handOn();
    fleet.processWatermark2(new Watermark(time));
    fleet.processWatermark1(new Watermark(time));
    handOn();
  }

  private void handOn() throws Exception {
    deadLetters.addAll(side(assemble, Outputs.DEAD_LETTERS));
    for (LineBlock block : main(assemble)) {
      diagnose.processElement1(new StreamRecord<>(block));
    }
    for (MachineSample sample : main(diagnose)) {
      trends.processElement(new StreamRecord<>(sample));
    }
    kills.addAll(side(diagnose, Outputs.KILLS));
    blocks.addAll(side(diagnose, Outputs.BLOCKS));
    side(diagnose, Outputs.SIGNALS).forEach(signal -> signals.add(signal.event()));
    for (Occurrence occurrence : side(diagnose, Outputs.OCCURRENCES)) {
      incidents.processElement1(new StreamRecord<>(occurrence));
      if (occurrence.fleetKey() != null) {
        fleetShares.processElement(new StreamRecord<>(occurrence));
      }
    }
    for (FleetPartial partial : main(fleetShares)) {
      fleet.processElement1(new StreamRecord<>(partial));
    }
    main(trends).forEach(signal -> signals.add(signal.event()));
    main(incidents).forEach(signal -> signals.add(signal.event()));
    main(fleet).forEach(signal -> signals.add(signal.event()));
  }

  @SuppressWarnings("unchecked") // what the operator of the harness gives
  private static <O> List<O> main(AbstractStreamOperatorTestHarness<O> harness) {
    List<O> given = new ArrayList<>();
    for (Object element : harness.getOutput()) {
      if (element instanceof StreamRecord<?> record) {
        given.add((O) record.getValue());
      }
    }
    harness.getOutput().clear();
    return given;
  }

  private static <T> List<T> side(AbstractStreamOperatorTestHarness<?> harness, OutputTag<T> tag) {
    List<T> given = new ArrayList<>();
    Queue<StreamRecord<T>> queue = harness.getSideOutput(tag);
    if (queue != null) {
      queue.forEach(record -> given.add(record.getValue()));
      queue.clear();
    }
    return given;
  }

  public List<OutgoingEvent> kills() {
    return kills;
  }

  public List<OutgoingEvent> signals() {
    return signals;
  }

  public List<OutgoingEvent> blocks() {
    return blocks;
  }

  public List<DeadLetter> deadLetters() {
    return deadLetters;
  }

  @Override
  public void close() throws Exception {
    assemble.close();
    diagnose.close();
    trends.close();
    incidents.close();
    fleetShares.close();
    fleet.close();
  }
}
