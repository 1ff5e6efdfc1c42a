package io.oomstream.function;

import static java.util.Objects.requireNonNull;

import io.oomstream.anomaly.FleetPartial;
import io.oomstream.anomaly.FleetShare;
import io.oomstream.anomaly.Occurrence;
import io.oomstream.anomaly.Outbound;
import io.oomstream.anomaly.Unnamed;
import io.oomstream.assemble.AssembleSettings;
import io.oomstream.assemble.HostLine;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.config.JobConfig;
import io.oomstream.config.OomOptions;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.SchemaAssert;
import io.oomstream.format.json.FieldNames;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.RawRecord;
import io.oomstream.intake.DecodeSettings;
import io.oomstream.intake.HostName;
import io.oomstream.intake.IntakeItem;
import io.oomstream.rule.RuleChange;
import io.oomstream.state.States;
import io.oomstream.trend.MachineSample;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithNonKeyedOperator;
import org.jspecify.annotations.Nullable;

/**
 * The job's whole graph in one thread, from the decoders to what the sinks are given, where a test
 * has time, order and failure in its hands: every operator of {@link
 * io.oomstream.pipeline.OomPipeline} with all its subtasks, wired the same way. Event time comes to
 * an operator when all before it have done with it.
 */
public final class MiniJob implements AutoCloseable {

  final Subtasks<HostLine, Void, LineBlock> assembler;
  private final Subtasks<RawRecord, Void, IntakeItem> decoder;
  private final Subtasks<RawRecord, Void, RuleChange> rules;
  private final Subtasks<RawRecord, Void, MachineSample> snapshots;
  private final Subtasks<LineBlock, RuleChange, MachineSample> diagnosis;
  private final Subtasks<Occurrence, RuleChange, Outbound> incidents;
  private final Subtasks<Occurrence, Void, FleetPartial> shares;
  private final Subtasks<FleetPartial, RuleChange, Outbound> fleet;
  private final Subtasks<MachineSample, Void, Outbound> trends;
  private final Subtasks<Outbound, RuleChange, OutgoingEvent> mute;
  private final @Nullable MiniCatalogue catalogue;
  private final Map<String, Subtasks<?, ?, ?>> operators = new TreeMap<>();
  private long logTime = Long.MIN_VALUE;

  private static final int FLEET_SHARES = JobConfig.defaults().get(OomOptions.FLEET_SHARES);
  private final List<LineBlock> blocks = new ArrayList<>();
  private final List<OutgoingEvent> sent = new ArrayList<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();

  /** The state of every operator, for any parallelism. */
  public record Checkpoint(Map<String, OperatorSubtaskState> states) {}

  public MiniJob(int parallelism, AssembleSettings settings, boolean requireKernelFacility)
      throws Exception {
    this(parallelism, settings, requireKernelFacility, null);
  }

  /**
   * @param restored null to begin
   */
  MiniJob(
      int parallelism,
      AssembleSettings settings,
      boolean requireKernelFacility,
      @Nullable Checkpoint restored)
      throws Exception {
    this(parallelism, settings, FieldNames.NONE, requireKernelFacility, restored);
  }

  /**
   * @param names of JSON of the user's own
   */
  MiniJob(
      int parallelism,
      AssembleSettings settings,
      FieldNames names,
      boolean requireKernelFacility,
      @Nullable Checkpoint restored)
      throws Exception {
    this(
        parallelism,
        settings,
        new DecodeSettings(
            Envelope.AUTO,
            65_536,
            ZoneOffset.UTC,
            names,
            HostName.defaults(),
            requireKernelFacility),
        new CountedFunction.Firings(Long.MAX_VALUE),
        false,
        restored);
  }

  /** The job of the default options with a catalogue of workloads. */
  public static MiniJob named(int parallelism, @Nullable Checkpoint restored) throws Exception {
    JobConfig config = JobConfig.defaults();
    return new MiniJob(
        parallelism,
        config.assembleSettings(),
        config.decodeSettings(),
        new CountedFunction.Firings(Long.MAX_VALUE),
        true,
        restored);
  }

  /** The job of the default options, its timers counted. */
  static MiniJob counted(
      int parallelism, CountedFunction.Firings firings, @Nullable Checkpoint restored)
      throws Exception {
    JobConfig config = JobConfig.defaults();
    return new MiniJob(
        parallelism, config.assembleSettings(), config.decodeSettings(), firings, false, restored);
  }

  private MiniJob(
      int parallelism,
      AssembleSettings settings,
      DecodeSettings decode,
      CountedFunction.Firings firings,
      boolean named,
      @Nullable Checkpoint restored)
      throws Exception {
    JobConfig config = JobConfig.defaults();
    long stallMs = settings.stallMs();
    Map<String, OperatorSubtaskState> states = restored == null ? Map.of() : restored.states();
    decoder =
        Subtasks.of(
            parallelism,
            () -> new ProcessOperator<>(new DecodeFunction(decode)),
            states.get("decoder"));
    assembler =
        Subtasks.keyed(
            parallelism,
            () ->
                new KeyedProcessOperator<>(
                    CountedFunction.of(new AssembleFunction(settings), firings)),
            line -> line.line().key(),
            String.class,
            states.get("assembler"));
    rules =
        Subtasks.keyed(
            1,
            () -> new KeyedProcessOperator<>(new RuleFunction()),
            record -> 0,
            Integer.class,
            states.get("rules"));
    snapshots =
        Subtasks.of(
            parallelism,
            () -> new ProcessOperator<>(new SnapshotFunction(HostName.defaults())),
            states.get("snapshots"));
    diagnosis =
        Subtasks.withBroadcast(
            parallelism,
            () ->
                new CoBroadcastWithNonKeyedOperator<>(
                    new DiagnoseFunction(config.thresholds(), config.language(), true, named),
                    List.of(States.rules())),
            null,
            states.get("diagnosis"));
    catalogue = named ? new MiniCatalogue(parallelism, config, states) : null;
    incidents =
        Subtasks.withBroadcast(
            parallelism,
            () ->
                new CoBroadcastWithKeyedOperator<>(
                    CountedFunction.of(
                        new IncidentFunction(
                            config.incidentOptions(),
                            stallMs,
                            config.thresholds(),
                            config.language()),
                        firings),
                    List.of(States.rules())),
            Occurrence::hostKey,
            states.get("incidents"));
    shares =
        Subtasks.keyed(
            parallelism,
            () ->
                new KeyedProcessOperator<>(
                    CountedFunction.of(
                        new FleetShareFunction(config.incidentOptions().settlingMs(), stallMs),
                        firings)),
            mark -> FleetShare.keyOf(mark, FLEET_SHARES),
            String.class,
            states.get("shares"));
    fleet =
        Subtasks.withBroadcast(
            parallelism,
            () ->
                new CoBroadcastWithKeyedOperator<>(
                    CountedFunction.of(
                        new FleetFunction(config.incidentOptions(), stallMs), firings),
                    List.of(States.rules())),
            FleetPartial::workload,
            states.get("fleet"));
    trends =
        Subtasks.keyed(
            parallelism,
            () ->
                new KeyedProcessOperator<>(
                    CountedFunction.of(new TrendFunction(config.trendOptions(), stallMs), firings)),
            MachineSample::hostKey,
            String.class,
            states.get("trends"));
    mute =
        Subtasks.withBroadcast(
            parallelism,
            () ->
                new CoBroadcastWithNonKeyedOperator<>(new MuteFunction(), List.of(States.rules())),
            null,
            states.get("mute"));
    operators.put("decoder", decoder);
    operators.put("assembler", assembler);
    operators.put("rules", rules);
    operators.put("snapshots", snapshots);
    operators.put("diagnosis", diagnosis);
    operators.put("incidents", incidents);
    operators.put("shares", shares);
    operators.put("fleet", fleet);
    operators.put("trends", trends);
    operators.put("mute", mute);
    if (catalogue != null) {
      operators.putAll(catalogue.operators());
    }
  }

  static MiniJob ofDefaults(int parallelism) throws Exception {
    return new MiniJob(parallelism, AssembleSettings.defaults(), false);
  }

  public void read(RawRecord record) throws Exception {
    assemble(decode(record), record.timestamp());
  }

  /** Goes on with what the decoder has sent. */
  void assemble(List<HostLine> lines, long time) throws Exception {
    for (HostLine line : lines) {
      assembler.element(line, time);
    }
    drain();
  }

  /** What the decoder sends on. */
  public List<HostLine> decode(RawRecord record) throws Exception {
    int subtask = record.partition() % decoder.parallelism();
    decoder.element(subtask, record, record.timestamp());
    List<HostLine> lines = new ArrayList<>();
    for (IntakeItem item : decoder.take(subtask)) {
      if (item.line() != null) {
        lines.add(item.line());
      } else {
        deadLetters.add(item.deadLetter());
      }
    }
    return lines;
  }

  /** A record of the topic of snapshots. */
  void readSnapshot(RawRecord record) throws Exception {
    snapshots.element(record.partition() % snapshots.parallelism(), record, record.timestamp());
    drain();
  }

  /** A record of the topic of rules. */
  void readRule(RawRecord record) throws Exception {
    rules.element(record, record.timestamp());
    rules.take(Outputs.DEAD_LETTERS, deadLetters::add);
    for (RuleChange change : rules.take()) {
      diagnosis.broadcast(change, record.timestamp());
      incidents.broadcast(change, record.timestamp());
      fleet.broadcast(change, record.timestamp());
      mute.broadcast(change, record.timestamp());
    }
    drain();
  }

  /** A record of the catalogue of workloads. */
  public void readWorkload(RawRecord record) throws Exception {
    requireNonNull(catalogue).read(record);
    drain();
  }

  /** What went by the catalogue since the last time. */
  public List<Unnamed> takeAsked() {
    List<Unnamed> asked = List.copyOf(requireNonNull(catalogue).asked);
    catalogue.asked.clear();
    return asked;
  }

  /** Whether the names have event time: the catalogue was read to its end, and lines came. */
  public boolean isCatalogueRead() {
    return logTime != Long.MIN_VALUE && requireNonNull(catalogue).time != Long.MIN_VALUE;
  }

  /** Event time of the logs; that of a catalogue is its own. */
  public void watermark(long timestamp) throws Exception {
    logTime = timestamp;
    advance();
  }

  /**
   * Event time of the logs and of the catalogue.
   *
   * @param catalogued {@link Long#MIN_VALUE} until it was read to its end
   */
  public void watermarks(long logs, long catalogued) throws Exception {
    requireNonNull(catalogue).time = catalogued;
    watermark(logs);
  }

  private void advance() throws Exception {
    // What gets names has the event time of both.
    long both = catalogue == null ? logTime : Math.min(logTime, catalogue.time);
    List<Subtasks<?, ?, ?>> joined = new ArrayList<>(List.of(incidents, shares, fleet));
    if (catalogue != null) {
      joined.addAll(catalogue.operators().values());
    }
    inOrder(
        operator -> {
          long time = joined.contains(operator) ? both : logTime;
          if (time != Long.MIN_VALUE) {
            operator.watermark(time);
          }
        });
  }

  void processingTime(long time) throws Exception {
    inOrder(operator -> operator.processingTime(time));
  }

  public void end() throws Exception {
    watermark(Long.MAX_VALUE);
  }

  private interface Step {
    void take(Subtasks<?, ?, ?> operator) throws Exception;
  }

  /** One operator after the other, each when the results of those before it are there. */
  private void inOrder(Step step) throws Exception {
    List<Subtasks<?, ?, ?>> inOrder =
        new ArrayList<>(List.of(rules, decoder, snapshots, assembler, diagnosis));
    if (catalogue != null) {
      inOrder.addAll(List.of(catalogue.entries, catalogue.retained, catalogue.names));
    }
    inOrder.addAll(List.of(incidents, shares, fleet, trends, mute));
    for (Subtasks<?, ?, ?> operator : inOrder) {
      step.take(operator);
      drain();
    }
  }

  /** Sends on what is there, until it is at the sinks or waits in an operator. */
  private void drain() throws Exception {
    List<Occurrence> named = new ArrayList<>();
    assembler.take(Outputs.DEAD_LETTERS, deadLetters::add);
    snapshots.take(Outputs.DEAD_LETTERS, deadLetters::add);
    for (int i = 0; i < assembler.parallelism(); i++) {
      for (LineBlock block : assembler.take(i)) {
        blocks.add(block);
        diagnosis.element(i, block, 0);
      }
      for (MachineSample sample : snapshots.take(i)) {
        trends.element(sample, 0);
      }
      for (MachineSample sample : diagnosis.take(i)) {
        trends.element(sample, 0);
      }
      for (Occurrence mark : diagnosis.take(i, Outputs.OCCURRENCES)) {
        occurred(mark);
      }
      if (catalogue != null) {
        catalogue.join(diagnosis.take(i, Outputs.UNNAMED));
      }
      sent.addAll(diagnosis.take(i, Outputs.KILLS));
      sent.addAll(diagnosis.take(i, Outputs.BLOCKS));
    }
    if (catalogue != null) {
      catalogue.drain(deadLetters);
      sent.addAll(catalogue.names.take());
      catalogue.names.take(Outputs.OCCURRENCES, named::add);
      for (Occurrence mark : named) {
        occurred(mark);
      }
      named.clear();
    }
    for (FleetPartial partial : shares.take()) {
      fleet.element(partial, 0);
    }
    for (int i = 0; i < mute.parallelism(); i++) {
      List<Outbound> signals = new ArrayList<>(diagnosis.take(i, Outputs.SIGNALS));
      if (catalogue != null) {
        signals.addAll(catalogue.names.take(i, Outputs.SIGNALS));
      }
      signals.addAll(incidents.take(i));
      signals.addAll(fleet.take(i));
      signals.addAll(trends.take(i));
      for (Outbound signal : signals) {
        mute.element(i, signal, 0);
      }
      sent.addAll(mute.take(i));
    }
  }

  private void occurred(Occurrence mark) throws Exception {
    incidents.element(mark, 0);
    if (mark.fleetKey() != null) {
      shares.element(mark, 0);
    }
  }

  public List<LineBlock> blocks() {
    return blocks;
  }

  public List<DeadLetter> deadLetters() {
    return deadLetters;
  }

  /** What the sinks of kills, signals and blocks were given, repeats too. */
  public List<OutgoingEvent> sent() {
    return sent;
  }

  /** Every event by type and id, each validated against its schema. */
  Map<String, String> validEvents() {
    sent.forEach(SchemaAssert::assertValid);
    return events();
  }

  /** Every event by type and id. */
  public Map<String, String> events() {
    return byId(sent);
  }

  /** Events by type and id. */
  public static Map<String, String> byId(List<OutgoingEvent> sent) {
    Map<String, String> events = new TreeMap<>();
    for (OutgoingEvent event : sent) {
      events.put(event.type() + " " + event.id(), new String(event.data(), StandardCharsets.UTF_8));
    }
    return events;
  }

  /** A counter or gauge, over all subtasks. */
  public long metric(String name) throws Exception {
    for (boolean begun : new boolean[] {true, false}) {
      Long sum = null;
      for (Subtasks<?, ?, ?> operator : operators.values()) {
        Long value = operator.isBegun() || !begun ? operator.metric(name) : null;
        sum = value == null ? sum : Long.valueOf(value + (sum == null ? 0 : sum));
      }
      if (sum != null) {
        return sum;
      }
    }
    throw new AssertionError("no metric " + name);
  }

  public Checkpoint checkpoint() throws Exception {
    Map<String, OperatorSubtaskState> states = new TreeMap<>();
    for (Map.Entry<String, Subtasks<?, ?, ?>> operator : operators.entrySet()) {
      if (operator.getValue().isBegun()) {
        states.put(operator.getKey(), operator.getValue().snapshot());
      }
    }
    return new Checkpoint(states);
  }

  /** Nothing may stay behind but rules: neither state nor timers, of no operator. */
  int residue() {
    return residues().values().stream().mapToInt(Integer::intValue).sum();
  }

  /** What stays behind, by operator; empty if nothing does. */
  public Map<String, Integer> residues() {
    Map<String, Integer> residues = new TreeMap<>();
    operators.forEach((name, operator) -> residues.put(name, operator.residue()));
    residues.remove("rules");
    residues.values().removeIf(residue -> residue == 0);
    return residues;
  }

  @Override
  public void close() throws Exception {
    for (Subtasks<?, ?, ?> operator : operators.values()) {
      operator.close();
    }
  }
}
