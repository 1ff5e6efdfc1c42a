package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.event.EventJson;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.SchemaAssert;
import io.oomstream.event.SignalKind;
import io.oomstream.format.line.RawRecord;
import io.oomstream.lab.LabSnapshots;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The whole graph, driven by the logs of a small fleet as no healthy one sends them: late by
 * seconds to days, equal and falling times, the ends of time, a clock a year ahead, event time that
 * leaps or stands, silent partitions, rules in between, a restore anywhere. Work is measured by
 * counts of timers, never by a clock.
 */
class GraphProperties {

  private static final long START = 1_790_000_000_000L;
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final int HOSTS = 5;
  private static final int PARTITIONS = 4;
  private static final String RULES = "rules";

  /** Timers that one step may cost, over all operators and keys. */
  private static final int EACH = 150;

  /** What one kernel prints, line by line; the first word of each is the level. */
  private static final List<List<String>> TEXTS =
      List.of(
          List.of(
              "4 hog invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), order=0,"
                  + " oom_score_adj=0",
              "4 Mem-Info:",
              "4 active_anon:1000 inactive_anon:20000 isolated_anon:0\n active_file:10"
                  + " inactive_file:20 isolated_file:0",
              "6 oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,"
                  + "global_oom,task_memcg=/system.slice/w.service,task=hog,pid=700,uid=0",
              "3 Out of memory: Killed process 700 (hog) total-vm:4096kB, anon-rss:2048kB,"
                  + " file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:20kB oom_score_adj:0",
              "6 oom_reaper: reaped process 700 (hog), now anon-rss:0kB, file-rss:0kB,"
                  + " shmem-rss:0kB"),
          List.of(
              "3 Out of memory: Killed process 701 (hog) total-vm:4096kB, anon-rss:2048kB,"
                  + " file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:20kB oom_score_adj:0"),
          List.of(
              "3 Memory cgroup out of memory: Killed process 702 (web) total-vm:4096kB,"
                  + " anon-rss:2048kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:20kB"
                  + " oom_score_adj:0"),
          List.of("4 java: page allocation failure: order:4, mode:0x40cc0(GFP_KERNEL|__GFP_COMP)"),
          List.of("6 usb 1-1: new high-speed USB device number 4 using xhci_hcd"));

  private static final List<LabSnapshots.LabSnapshot> SNAPSHOTS =
      LabSnapshots.of("6.12.117+deb13-amd64", "21-growth");

  private interface Action {
    void in(Run run) throws Exception;
  }

  /**
   * One thing that happens to the job.
   *
   * @param record what it reads; null if it reads nothing
   */
  private record Step(@Nullable RawRecord record, Action action) {

    static Step log(RawRecord record) {
      return new Step(record, run -> run.job.read(record));
    }

    static Step snapshot(RawRecord record) {
      return new Step(record, run -> run.job.readSnapshot(record));
    }

    static Step rule(RawRecord record) {
      return new Step(record, run -> run.job.readRule(record));
    }

    static Step eventTime(long time) {
      return new Step(null, run -> run.job.watermark(time));
    }

    static Step passes(long ms) {
      return new Step(null, run -> run.pass(ms));
    }

    static Step restore() {
      return new Step(null, Run::restore);
    }

    boolean isRule() {
      return record != null && record.topic().equals(RULES);
    }

    long time() {
      return record == null ? Long.MAX_VALUE : record.timestamp();
    }
  }

  /** A job and what came out of its attempts. */
  private static final class Run implements AutoCloseable {
    private final int parallelism;
    private final CountedFunction.Firings firings;
    private final List<String> events = new ArrayList<>();
    private final Set<SignalKind> kinds = EnumSet.noneOf(SignalKind.class);
    private MiniJob job;
    private long now = 1_000;

    Run(int parallelism, int steps) throws Exception {
      this.parallelism = parallelism;
      firings = new CountedFunction.Firings(EACH * (steps + 20L));
      job = MiniJob.counted(parallelism, firings, null);
      job.processingTime(now);
    }

    void pass(long ms) throws Exception {
      now += ms;
      job.processingTime(now);
    }

    void restore() throws Exception {
      MiniJob.Checkpoint checkpoint = job.checkpoint();
      take();
      job.close();
      job = MiniJob.counted(parallelism, firings, checkpoint);
      job.processingTime(now);
    }

    private void take() {
      for (OutgoingEvent event : job.sent()) {
        SchemaAssert.assertValid(event);
        if (event.type() == OutgoingEvent.Type.SIGNAL) {
          kinds.add(SignalKind.valueOf(EventJson.parse(event.data()).get("kind").asText()));
        }
        events.add(
            event.type()
                + " "
                + event.id()
                + " "
                + new String(event.data(), StandardCharsets.UTF_8));
      }
      job.sent().clear();
    }

    /** All events, repeats too. */
    List<String> ended(boolean endOfInput) throws Exception {
      if (endOfInput) {
        job.end();
      } else {
        // Event time never comes again: what waits is concluded all the same.
        for (int i = 0; i < 40; i++) {
          pass(DAY / 4);
        }
      }
      assertThat(job.residues())
          .as("state and timers, at the end of input: %s", endOfInput)
          .isEmpty();
      assertThat(job.metric(Metrics.TIMERS_MOVED)).isZero();
      assertThat(job.metric(Metrics.LINES_BUFFERED)).isZero();
      take();
      events.sort(null);
      return events;
    }

    @Override
    public void close() throws Exception {
      job.close();
    }
  }

  private static List<String> run(List<Step> steps, int parallelism, boolean endOfInput)
      throws Exception {
    try (Run run = new Run(parallelism, steps.size())) {
      for (Step step : steps) {
        step.action().in(run);
      }
      return run.ended(endOfInput);
    }
  }

  /** Event time and elements alone decide, so all subtasks come to the same. */
  @Property(tries = 4)
  void whateverComesTheJobEndsAndTheEventsAreTheSameAtAnyParallelism(@ForAll long seed)
      throws Exception {
    List<Step> steps = disorder(new Random(seed), 90, false);
    List<String> one = run(steps, 1, true);
    assertSame(run(steps, 3, true), one);
  }

  /** What stands still is concluded by the subtask's own clock, so only the end is asked for. */
  @Property(tries = 2)
  void whereTimeStandsStillTheJobEndsAllTheSame(@ForAll long seed) throws Exception {
    List<Step> steps = disorder(new Random(seed), 90, true);
    for (int parallelism : new int[] {1, 3}) {
      for (boolean endOfInput : new boolean[] {true, false}) {
        run(steps, parallelism, endOfInput);
      }
    }
  }

  /** Arrival within the settling time, any pace of event time and a restore change no event. */
  @Property(tries = 3)
  void whereNothingIsLateTheEventsAreThoseOfTheOrderedRun(@ForAll long seed) throws Exception {
    List<Step> ordered = ordered(new Random(seed), 90);
    List<String> expected = run(ordered, 1, true);
    assertSame(run(disturbed(ordered, new Random(seed)), 1, true), expected);
    assertSame(run(disturbed(ordered, new Random(seed + 1)), 3, true), expected);
  }

  /** Else the properties above would hold of a graph that says nothing. */
  @Test
  void theSequencesMakeEpisodesFleetSignalsAndTrends() throws Exception {
    Set<SignalKind> kinds = EnumSet.noneOf(SignalKind.class);
    for (int seed = 0; seed < 2; seed++) {
      List<Step> steps = ordered(new Random(seed), 90);
      try (Run run = new Run(2, steps.size())) {
        for (Step step : steps) {
          step.action().in(run);
        }
        run.ended(true);
        kinds.addAll(run.kinds);
      }
    }
    assertThat(kinds)
        .contains(SignalKind.FLEET_OOM, SignalKind.OOM_STORM, SignalKind.OOM_CRASH_LOOP)
        .hasSizeGreaterThan(4);
  }

  /** Says what differs and not all that is the same. */
  private static void assertSame(List<String> events, List<String> expected) {
    List<String> missing = new ArrayList<>(expected);
    events.forEach(missing::remove);
    List<String> added = new ArrayList<>(events);
    expected.forEach(added::remove);
    assertThat(added).as("added").isEmpty();
    assertThat(missing).as("missing").isEmpty();
  }

  private static List<Step> disorder(Random random, int count, boolean stalls) {
    Writer writer = new Writer(random);
    List<Step> steps = new ArrayList<>();
    long[] front = {START};
    long watermark = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      front[0] += random.nextInt(20_000);
      switch (random.nextInt(12)) {
        case 0 -> {
          watermark = Math.max(watermark, front[0] - random.nextInt(60_000));
          steps.add(Step.eventTime(watermark));
        }
        case 1 -> {
          front[0] += random.nextInt(4) == 0 ? random.nextLong(3 * DAY) : random.nextInt(600_000);
          watermark = Math.max(watermark, front[0]);
          steps.add(Step.eventTime(watermark));
        }
        case 2 -> steps.add(Step.rule(rule(random, i, front[0])));
        case 3 -> {
          if (random.nextInt(4) == 0) {
            steps.add(Step.restore());
          }
        }
        case 4 -> {
          if (stalls) {
            steps.add(
                Step.passes(random.nextBoolean() ? random.nextInt(40_000) : random.nextLong(DAY)));
          }
        }
        case 5 ->
            steps.add(Step.snapshot(snapshot(random, i, AnyTime.next(random, START, front[0]))));
        default -> steps.addAll(writer.write(() -> AnyTime.next(random, START, front[0])));
      }
      if (random.nextInt(15) == 0) {
        writer.silent = random.nextInt(PARTITIONS);
      }
    }
    return steps;
  }

  /** As a healthy fleet sends it: each record with its time, a rule before what it counts for. */
  private static List<Step> ordered(Random random, int count) {
    Writer writer = new Writer(random);
    List<Step> steps = new ArrayList<>();
    long[] front = {START};
    for (int i = 0; i < count; i++) {
      front[0] += 1 + random.nextInt(9_000);
      switch (random.nextInt(12)) {
        case 0 -> steps.add(Step.rule(rule(random, i, front[0])));
        case 1, 2 -> steps.add(Step.snapshot(snapshot(random, i, front[0])));
        default -> steps.addAll(writer.write(() -> front[0] += random.nextInt(3)));
      }
      steps.add(Step.eventTime(front[0] - 1));
    }
    steps.add(Step.eventTime(START + 30 * DAY));
    return steps;
  }

  private static List<Step> disturbed(List<Step> ordered, Random random) {
    List<Step> arrival = new ArrayList<>();
    for (Step step : ordered) {
      if (step.record() == null) {
        continue;
      }
      // Rules come in their order, and no later than what is beside them.
      int back = step.isRule() ? 0 : random.nextInt(4);
      int at = arrival.size();
      while (back-- > 0 && at > 0 && !arrival.get(at - 1).isRule()) {
        at--;
      }
      arrival.add(at, step);
    }
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < arrival.size(); i++) {
      steps.add(arrival.get(i));
      if (random.nextInt(3) == 0) {
        long next = Long.MAX_VALUE;
        for (Step later : arrival.subList(i + 1, arrival.size())) {
          next = Math.min(next, later.time());
        }
        if (next != Long.MAX_VALUE) {
          steps.add(Step.eventTime(next - 1));
        }
      }
      if (random.nextInt(200) == 0) {
        steps.add(Step.restore());
      }
      if (random.nextInt(10) == 0) {
        steps.add(Step.passes(random.nextInt(2_000)));
      }
    }
    steps.add(Step.eventTime(START + 30 * DAY));
    return steps;
  }

  private interface Clock {
    long next();
  }

  /** Writes kernel logs into partitions, as shippers that do not key by host do. */
  private static final class Writer {
    private final Random random;
    private final long[] sequence = new long[HOSTS];
    private long offset;
    private int silent = -1;

    Writer(Random random) {
      this.random = random;
    }

    List<Step> write(Clock clock) {
      int host = random.nextInt(HOSTS);
      List<Step> steps = new ArrayList<>();
      if (random.nextInt(20) == 0) {
        byte[] garbage = new byte[random.nextInt(40)];
        random.nextBytes(garbage);
        steps.add(Step.log(record(host, clock.next(), garbage)));
        return steps;
      }
      // A block takes seconds of the log to be printed, or is torn by what else happens.
      List<String> text = TEXTS.get(random.nextInt(TEXTS.size()));
      sequence[host] += 1_000;
      for (String line : text) {
        if (random.nextInt(40) != 0) {
          long number = sequence[host]++;
          String kmsg =
              line.charAt(0)
                  + ","
                  + number
                  + ","
                  + 1_000 * number
                  + ",-;"
                  + line.substring(2).replace("\n", "\\x0a");
          steps.add(
              Step.log(record(host, clock.next(), kmsg.getBytes(StandardCharsets.ISO_8859_1))));
        }
      }
      return steps;
    }

    private RawRecord record(int host, long time, byte[] value) {
      int partition = random.nextInt(PARTITIONS);
      return new RawRecord(
          "kernel.logs",
          partition == silent ? (partition + 1) % PARTITIONS : partition,
          offset++,
          time,
          ("h" + host).getBytes(StandardCharsets.UTF_8),
          value,
          Map.of());
    }
  }

  private static RawRecord rule(Random random, int number, long front) {
    boolean mutes = random.nextInt(5) == 0;
    String json =
        "{\"schemaVersion\":\"1.0\",\"version\":"
            + (number + 1)
            + (mutes
                ? ",\"match\":{\"host\":\"h1\"},\"mute\":true}"
                : ",\"set\":{\"stormKills\":2,\"crashLoopKills\":2,\"burstFailures\":2,"
                    + "\"fleetHosts\":2,\"fleetWindowSeconds\":"
                    + (60 + random.nextInt(3_600))
                    + ",\"updateSeconds\":1}}");
    boolean removes = random.nextInt(6) == 0;
    return new RawRecord(
        RULES,
        0,
        number,
        front,
        ("r" + random.nextInt(2)).getBytes(StandardCharsets.UTF_8),
        removes ? null : json.getBytes(StandardCharsets.UTF_8),
        Map.of());
  }

  private static RawRecord snapshot(Random random, int number, long time) {
    return snapshot("h" + random.nextInt(HOSTS), random.nextInt(PARTITIONS), number, time);
  }

  /** A machine whose memory grows, as a record of that time. */
  static RawRecord snapshot(String host, int partition, int number, long time) {
    RawRecord made =
        LabSnapshots.envelope(host, SNAPSHOTS.get(number % SNAPSHOTS.size()), partition, number);
    return new RawRecord(
        made.topic(), made.partition(), made.offset(), time, made.key(), made.value(), Map.of());
  }
}
