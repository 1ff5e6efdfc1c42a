package io.oomstream.config;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.oomstream.assemble.AssembleSettings;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.format.line.Envelope;
import io.oomstream.kafka.SinkOptions;
import io.oomstream.rule.IncidentOptions;
import io.oomstream.trend.TrendOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;

/** Every option of the job. The table in docs/reference/options.md is made from here. */
public final class OomOptions {

  private static final AssembleSettings ASSEMBLE = AssembleSettings.defaults();
  private static final Thresholds DIAGNOSE = Thresholds.defaults();
  private static final TrendOptions TREND = TrendOptions.defaults();
  private static final IncidentOptions INCIDENT = IncidentOptions.defaults();

  public static final ConfigOption<String> BOOTSTRAP_SERVERS =
      key("kafka.bootstrap.servers")
          .stringType()
          .noDefaultValue()
          .withDescription("Kafka brokers, as host:port, separated by commas. Required.");

  public static final ConfigOption<String> GROUP_ID =
      key("kafka.group.id")
          .stringType()
          .defaultValue("oomstream")
          .withDescription("Consumer group under which offsets are committed.");

  public static final ConfigOption<StartFrom> START_FROM =
      key("kafka.start-from")
          .enumType(StartFrom.class)
          .defaultValue(StartFrom.COMMITTED)
          .withDescription(
              "Where to start without a savepoint: the group's committed offsets (if there are"
                  + " none, the earliest record), earliest, or latest.");

  public static final ConfigOption<Boolean> STOP_AT_END =
      key("kafka.stop-at-end")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Stop at the end that the topics have when the job starts. For replays.");

  public static final ConfigOption<List<String>> INPUT_TOPICS =
      key("input.topics")
          .stringType()
          .asList()
          .defaultValues("kernel.logs")
          .withDescription("Topics of kernel log records, separated by semicolons.");

  public static final ConfigOption<List<String>> SNAPSHOT_TOPICS =
      key("input.snapshots.topics")
          .stringType()
          .asList()
          .defaultValues("kernel.memory-snapshots")
          .withDescription(
              "Topics of memory snapshots, separated by semicolons. A topic that does not exist yet"
                  + " is found when it is made. Without any, trends are computed from blocks"
                  + " alone.");

  public static final ConfigOption<Envelope> INPUT_ENVELOPE =
      key("input.envelope")
          .enumType(Envelope.class)
          .defaultValue(Envelope.AUTO)
          .withDescription(
              "The envelope of the records. AUTO detects it by shape, record by record.");

  public static final ConfigOption<Map<String, String>> INPUT_FIELDS =
      key("input.fields")
          .mapType()
          .defaultValue(Map.of())
          .withDescription(
              "Paths of the fields in JSON with your own field names, as role:path pairs separated"
                  + " by commas, for example message:payload.line,host:node. Roles: message, host,"
                  + " time, facility, level, sequence, boot-id, kernel-time (microseconds).");

  public static final ConfigOption<String> INPUT_HOST_HEADER =
      key("input.host-header")
          .stringType()
          .defaultValue("host")
          .withDescription("Record header that names the host, for envelopes that do not.");

  public static final ConfigOption<Boolean> INPUT_HOST_FROM_KEY =
      key("input.host-from-key")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Use the record's key as the host if neither the envelope nor a header names one."
                  + " Turn it off if your keys are not host names.");

  public static final ConfigOption<String> INPUT_TIME_ZONE =
      key("input.time-zone")
          .stringType()
          .defaultValue("UTC")
          .withDescription(
              "Zone of wall clocks that name none (RFC 3164 syslog and dmesg -T), for example"
                  + " Europe/Berlin.");

  public static final ConfigOption<Integer> INPUT_MAX_LINE_BYTES =
      key("input.max-line-bytes")
          .intType()
          .defaultValue(65_536)
          .withDescription("Longest message in bytes. Longer ones go to the dead letters.");

  public static final ConfigOption<Boolean> REQUIRE_KERNEL_FACILITY =
      key("input.require-kernel-facility")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Make events only of lines whose envelope proves that the kernel wrote them"
                  + " (facility 0). Lines without a facility go to the dead letters, instead of"
                  + " giving an event with provenance UNVERIFIED.");

  public static final ConfigOption<Duration> INPUT_OUT_OF_ORDERNESS =
      key("input.out-of-orderness")
          .durationType()
          .defaultValue(Duration.ofSeconds(2))
          .withDescription(
              "How far a record may be behind the newest one of its partition, by the records' own"
                  + " time.");

  public static final ConfigOption<Duration> INPUT_IDLENESS =
      key("input.idleness")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription(
              "A partition that has been read to its end, and brings no records for this long, no"
                  + " longer delays the others.");

  public static final ConfigOption<String> KILLS_TOPIC =
      key("output.kills.topic")
          .stringType()
          .defaultValue("kernel.oom.kills")
          .withDescription("Topic of kill events.");

  public static final ConfigOption<String> SIGNALS_TOPIC =
      key("output.signals.topic")
          .stringType()
          .defaultValue("kernel.oom.signals")
          .withDescription("Topic of anomaly signals.");

  public static final ConfigOption<String> BLOCKS_TOPIC =
      key("output.blocks.topic")
          .stringType()
          .defaultValue("kernel.oom.blocks")
          .withDescription("Topic of block events.");

  public static final ConfigOption<Boolean> BLOCKS_ENABLED =
      key("output.blocks.enabled")
          .booleanType()
          .defaultValue(true)
          .withDescription("Whether block events are written.");

  public static final ConfigOption<String> DEAD_LETTERS_TOPIC =
      key("output.dead-letters.topic")
          .stringType()
          .defaultValue("kernel.oom.dead-letters")
          .withDescription(
              "Topic of input that led to no event. A record that could not be decoded keeps its"
                  + " bytes; a line that came late or belongs to no block keeps its text.");

  public static final ConfigOption<Guarantee> DELIVERY_GUARANTEE =
      key("delivery.guarantee")
          .enumType(Guarantee.class)
          .defaultValue(Guarantee.AT_LEAST_ONCE)
          .withDescription(
              "AT_LEAST_ONCE writes events at once and may repeat an event (same ce_id) after a"
                  + " failure. EXACTLY_ONCE delays events until the next checkpoint commits.");

  public static final ConfigOption<Duration> TRANSACTION_TIMEOUT =
      key("delivery.transaction-timeout")
          .durationType()
          .defaultValue(SinkOptions.DEFAULT_TRANSACTION_TIMEOUT)
          .withDescription(
              "For EXACTLY_ONCE: at most the broker's transaction.max.timeout.ms, and longer than"
                  + " any outage of the job.");

  public static final ConfigOption<SinkOptions.ContentMode> CONTENT_MODE =
      key("output.content-mode")
          .enumType(SinkOptions.ContentMode.class)
          .defaultValue(SinkOptions.ContentMode.BINARY)
          .withDescription(
              "How events are written to Kafka. BINARY: CloudEvents attributes as headers, the data"
                  + " as value. STRUCTURED: the value is the whole CloudEvent as JSON with the data"
                  + " under data, and its content type application/cloudevents+json.");

  public static final ConfigOption<Integer> MAX_RECORD_BYTES =
      key("output.max-record-bytes")
          .intType()
          .defaultValue(SinkOptions.DEFAULT_MAX_RECORD_BYTES)
          .withDescription(
              "Largest record that the output topics accept, compressed: their max.message.bytes"
                  + " or a little less. A larger event is counted, logged and trimmed, and says"
                  + " so; a larger dead letter is written without its value.");

  public static final ConfigOption<Boolean> HASH_COMM =
      key("output.hash-comm")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Write a hash in place of each process name, in every field and sentence. Equal names"
                  + " get equal hashes. Implies output.drop-text. See docs/operate/privacy.md.");

  public static final ConfigOption<Boolean> HASH_CGROUP =
      key("output.hash-cgroup")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "The same for paths of control groups and for what they name: containers, pods,"
                  + " units, users, workloads.");

  public static final ConfigOption<Boolean> DROP_TEXT =
      key("output.drop-text")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Write no line of the log: not in events, and not in dead letters, which then have"
                  + " headers only.");

  public static final ConfigOption<String> HASH_SALT_FILE =
      key("output.hash-salt-file")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "File with the key of the hashes, for example of a mounted Secret. Without it anybody"
                  + " can find out a name by trying. Another key gives other hashes.");

  public static final ConfigOption<Duration> SETTLING_TIME =
      key("assemble.settling-time")
          .durationType()
          .defaultValue(Duration.ofMillis(ASSEMBLE.settlingMs()))
          .withDescription(
              "By how much the records of a host may be out of order, over all partitions, so that"
                  + " their order can still be restored. A finished block waits as long for late"
                  + " lines, further kills of its group and the oom_reaper's line: it is emitted"
                  + " when event time has passed its last line by twice this time.");

  public static final ConfigOption<Duration> STALL_TIME =
      key("assemble.stall-time")
          .durationType()
          .defaultValue(Duration.ofMillis(ASSEMBLE.stallMs()))
          .withDescription(
              "A host's buffer is concluded with what it has after this time without a line, while"
                  + " other hosts or event time go on. Processing time. If the source brings"
                  + " nothing at all, which may be an outage: after four times as long if the"
                  + " host's blocks are finished, else after thirty times.");

  public static final ConfigOption<Duration> MAX_GAP =
      key("assemble.max-gap")
          .durationType()
          .defaultValue(Duration.ofMillis(ASSEMBLE.limits().maxGapUs() / 1000))
          .withDescription("Longest pause between two lines of one block.");

  public static final ConfigOption<Integer> MAX_BLOCK_LINES =
      key("assemble.max-block-lines")
          .intType()
          .defaultValue(ASSEMBLE.limits().maxLines())
          .withDescription(
              "Lines kept of one block. Of a longer block the middle is dropped, never the kill.");

  public static final ConfigOption<Integer> MAX_HOST_LINES =
      key("assemble.max-host-lines")
          .intType()
          .defaultValue(ASSEMBLE.maxHostLines())
          .withDescription("Lines buffered for one host before its blocks are concluded.");

  public static final ConfigOption<Long> MAX_HOST_BYTES =
      key("assemble.max-host-bytes")
          .longType()
          .defaultValue(ASSEMBLE.maxHostBytes())
          .withDescription("The same in bytes.");

  public static final ConfigOption<Duration> BOOT_MEMORY_TIME =
      key("assemble.boot-memory-time")
          .durationType()
          .defaultValue(Duration.ofMillis(ASSEMBLE.bootMemoryMs()))
          .withDescription(
              "How long after a host's last block or boot the job remembers what its boot's lines"
                  + " said of memory, at most 8 KiB for a host. 0 keeps none of it: memory.boot is"
                  + " then absent.");

  public static final ConfigOption<Integer> HIGH_ORDER =
      key("diagnose.high-order")
          .intType()
          .defaultValue(DIAGNOSE.shortage().highOrder())
          .withDescription(
              "A failed allocation of a higher order is a HIGH_ORDER_ALLOCATION_FAILURE. The"
                  + " default is the kernel's PAGE_ALLOC_COSTLY_ORDER.");

  public static final ConfigOption<Double> FREE_SHARE =
      share(
          "free-share",
          DIAGNOSE.shortage().freeShare(),
          "Memory or swap is exhausted if no more than this is free. It is about what the"
              + " watermarks of a small machine reserve, and far less than a working machine has"
              + " free.");

  public static final ConfigOption<Double> PAGE_TABLE_SHARE =
      share(
          "page-table-share",
          DIAGNOSE.uses().pageTableShare(),
          "Page tables above it are bloat: memory that is used densely needs one five hundredth of"
              + " its size for them.");

  public static final ConfigOption<Double> SLAB_SHARE =
      share(
          "unreclaimable-slab-share",
          DIAGNOSE.uses().unreclaimableSlabShare(),
          "Unreclaimable slab above it is high: the kernel's own objects have become a main use of"
              + " the machine.");

  public static final ConfigOption<Double> SHMEM_SHARE =
      share(
          "shmem-share",
          DIAGNOSE.uses().shmemShare(),
          "Shared memory and tmpfs above it are high: by default a tmpfs is limited to one half.");

  public static final ConfigOption<Double> UNACCOUNTED_SHARE =
      share(
          "unaccounted-share",
          DIAGNOSE.uses().unaccountedShare(),
          "Memory in no counter of the block, above it, is high. A few percent are normal, and up"
              + " to a fifth on machines of a few hundred MiB.");

  public static final ConfigOption<Double> UNEVICTABLE_SHARE =
      share(
          "unevictable-share",
          DIAGNOSE.uses().unevictableShare(),
          "Locked or protected memory above it explains a kill: reclaim may not touch it.");

  public static final ConfigOption<Double> HUGE_PAGE_SHARE =
      share(
          "huge-page-share",
          DIAGNOSE.uses().hugePageShare(),
          "Unused huge pages above it explain a kill: without them a quarter of memory would be"
              + " free.");

  public static final ConfigOption<Double> KERNEL_STACK_SHARE =
      share(
          "kernel-stack-share",
          DIAGNOSE.swarm().stackShare(),
          "Kernel stacks above it prove that there are too many threads: each has a stack of 16"
              + " KiB, and on a working machine stacks use less than one percent.");

  public static final ConfigOption<Double> CROWD_SHARE =
      share(
          "crowd-share",
          DIAGNOSE.swarm().share(),
          "What a swarm of small tasks must use together to explain a kill: more than any"
              + " background use.");

  public static final ConfigOption<Double> SWAP_FREE_SHARE =
      share(
          "swap-free-share",
          DIAGNOSE.swap().freeShare(),
          "If more than this share of swap is free, it did not help and is called misleading: the"
              + " kernel would have used it if it could.");

  public static final ConfigOption<Double> USABLE_FREE_SHARE =
      share(
          "usable-free-share",
          DIAGNOSE.shortage().usableFreeShare(),
          "Free memory above it that the request could have used contradicts exhaustion: it is ten"
              + " times what watermarks reserve.");

  public static final ConfigOption<Integer> FORK_BOMB_TASKS =
      key("diagnose.fork-bomb-tasks")
          .intType()
          .defaultValue(DIAGNOSE.swarm().tasks())
          .withDescription(
              "Fewest tasks of one name that make a fork bomb: worker pools have at most a few"
                  + " hundred.");

  public static final ConfigOption<Double> CROWD_KERNEL_SHARE =
      share(
          "crowd-kernel-share",
          DIAGNOSE.swarm().kernelShare(),
          "Of the memory of a swarm, the share that the kernel needs to manage its tasks. A task"
              + " costs the kernel some 100 KiB, so a smaller share means a worker pool with"
              + " memory of its own.");

  public static final ConfigOption<Double> PROCESS_SHARE =
      share(
          "process-share",
          DIAGNOSE.shortage().processShare(),
          "Processes that use more than this have used up memory: more than all other uses"
              + " together.");

  public static final ConfigOption<Double> MEMCG_SHARE =
      share(
          "memcg-share",
          DIAGNOSE.uses().memcgShare(),
          "A single use above it, of a control group's usage, filled the group. The same idea as"
              + " for the machine.");

  public static final ConfigOption<Double> DIRTY_SHARE =
      share(
          "dirty-share",
          DIAGNOSE.uses().dirtyShare(),
          "File pages that wait to be written, above it, explain a kill: vm.dirty_ratio stops"
              + " writers at 20 %.");

  public static final ConfigOption<Double> DRIVER_SHARE =
      share(
          "driver-share",
          DIAGNOSE.uses().driverShare(),
          "Balloon, graphics or zsmalloc pages above it explain a kill: no process can free them.");

  public static final ConfigOption<Double> MIN_FREE_SHARE =
      share(
          "min-free-share",
          DIAGNOSE.shortage().minFreeShare(),
          "If the min watermarks together are above it, they are set too high: the kernel's own"
              + " choice is under one percent from 1 GiB on.");

  public static final ConfigOption<Double> SWAP_CACHED_SHARE =
      share(
          "swap-cached-share",
          DIAGNOSE.swap().cachedShare(),
          "Of used swap: if more than this is in memory as well, the full swap is full of copies"
              + " that the kernel could drop.");

  public static final ConfigOption<Double> USER_SHARE =
      share(
          "user-share",
          DIAGNOSE.victim().userShare(),
          "Of what ran out: a victim that used more than this was the main consumer, ahead of all"
              + " others together.");

  public static final ConfigOption<Double> BYSTANDER_SHARE =
      share(
          "bystander-share",
          DIAGNOSE.victim().bystanderShare(),
          "Of what ran out: a victim that used less than this was a bystander. Killing it frees"
              + " almost nothing.");

  public static final ConfigOption<Language> REPORT_LANGUAGE =
      key("report.language")
          .enumType(Language.class)
          .defaultValue(Language.EN)
          .withDescription(
              "Language of causes, advice and summaries in the events: EN or ZH. Names of fields"
                  + " and kinds stay the same.");

  public static final ConfigOption<List<String>> CRITICAL_PROCESSES =
      key("diagnose.critical-processes")
          .stringType()
          .asList()
          .defaultValues(DIAGNOSE.victim().criticalProcesses().toArray(String[]::new))
          .withDescription("Names whose death is a CRITICAL_VICTIM, separated by semicolons.");

  public static final ConfigOption<Integer> TASK_ROWS =
      key("diagnose.task-rows")
          .intType()
          .defaultValue(DIAGNOSE.taskRows())
          .withDescription("Rows of the task table in a kill event. The block event has all rows.");

  public static final ConfigOption<Duration> STORM_WINDOW =
      key("detect.storm.window")
          .durationType()
          .defaultValue(Duration.ofMillis(INCIDENT.stormWindowMs()))
          .withDescription("Kills on one host within this time are counted together.");

  public static final ConfigOption<Integer> STORM_KILLS =
      key("detect.storm.kills")
          .intType()
          .defaultValue(INCIDENT.stormKills())
          .withDescription("This many kills are an OOM_STORM.");

  public static final ConfigOption<Duration> CRASH_LOOP_WINDOW =
      key("detect.crash-loop.window")
          .durationType()
          .defaultValue(Duration.ofMillis(INCIDENT.crashLoopWindowMs()))
          .withDescription(
              "Kills of one workload on one host within this time are counted together.");

  public static final ConfigOption<Integer> CRASH_LOOP_KILLS =
      key("detect.crash-loop.kills")
          .intType()
          .defaultValue(INCIDENT.crashLoopKills())
          .withDescription("This many kills are an OOM_CRASH_LOOP.");

  public static final ConfigOption<Duration> BURST_WINDOW =
      key("detect.burst.window")
          .durationType()
          .defaultValue(Duration.ofMillis(INCIDENT.burstWindowMs()))
          .withDescription("Failed allocations on one host within this time are counted together.");

  public static final ConfigOption<Integer> BURST_FAILURES =
      key("detect.burst.failures")
          .intType()
          .defaultValue(INCIDENT.burstFailures())
          .withDescription(
              "This many failed allocations are a burst: one episode that counts them and shows"
                  + " the worst one, instead of a signal for each. At most 250, like the counts of"
                  + " storms and crash loops.");

  public static final ConfigOption<Duration> FLEET_WINDOW =
      key("detect.fleet.window")
          .durationType()
          .defaultValue(Duration.ofMillis(INCIDENT.fleetWindowMs()))
          .withDescription(
              "Kills of one workload over all hosts within this time are counted together. At most"
                  + " 1 h.");

  public static final ConfigOption<Integer> FLEET_HOSTS =
      key("detect.fleet.hosts")
          .intType()
          .defaultValue(INCIDENT.fleetHosts())
          .withDescription("This many different hosts are a FLEET_OOM.");

  public static final ConfigOption<Integer> FLEET_SHARES =
      key("detect.fleet.shares")
          .intType()
          .defaultValue(64)
          .withDescription(
              "Number of parts in which the hosts of one workload are counted before the parts are"
                  + " added up, so that a workload on all hosts keeps all tasks busy instead of"
                  + " one. Must not change when the job starts from a savepoint.");

  public static final ConfigOption<Duration> UPDATE_INTERVAL =
      key("detect.update-interval")
          .durationType()
          .defaultValue(Duration.ofMillis(INCIDENT.updateMs()))
          .withDescription("Shortest time between two signals of one open episode. Event time.");

  public static final ConfigOption<Duration> DETECT_SETTLING_TIME =
      key("detect.settling-time")
          .durationType()
          .defaultValue(Duration.ofMillis(INCIDENT.settlingMs()))
          .withDescription(
              "How long fleet counts, updates and closings wait for blocks that are not yet"
                  + " complete. Event time, at least twice assemble.settling-time and a second;"
                  + " it follows by itself where that is raised.");

  public static final ConfigOption<String> RULES_TOPIC =
      key("rules.topic")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Compacted topic of live rules, for example kernel.oom.rules. Without it there are"
                  + " no live rules.");

  public static final ConfigOption<String> WORKLOADS_TOPIC =
      key("workloads.topic")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Compacted topic of the names of containers and pods, for example kernel.workloads."
                  + " Without it events have no names, and kills are grouped by what the kernel's"
                  + " log alone says.");

  public static final ConfigOption<Duration> WORKLOADS_WAIT =
      key("workloads.wait")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription(
              "How long a kill whose container or pod has no names yet waits for them. Event time,"
                  + " at most detect.settling-time. A kill whose names are known never waits.");

  public static final ConfigOption<List<String>> NAME_LABELS =
      key("workloads.labels")
          .stringType()
          .asList()
          .defaultValues("app.kubernetes.io/name", "app.kubernetes.io/part-of", "app", "team")
          .withDescription(
              "Labels of pods that come into events, separated by semicolons. All others are not"
                  + " kept. A label's key in events has _ for what is no letter, digit or _:"
                  + " app.kubernetes.io/name becomes app_kubernetes_io_name.");

  public static final ConfigOption<Duration> GROWTH_WINDOW =
      key("detect.growth.window")
          .durationType()
          .defaultValue(Duration.ofMillis(TREND.windowMs()))
          .withDescription(
              "Blocks and snapshots of one host within this time are compared with each other.");

  public static final ConfigOption<Integer> GROWTH_POINTS =
      key("detect.growth.points")
          .intType()
          .defaultValue(TREND.points())
          .withDescription("Fewest samples that make a trend.");

  public static final ConfigOption<Duration> GROWTH_SPAN =
      key("detect.growth.span")
          .durationType()
          .defaultValue(Duration.ofMillis(TREND.spanMs()))
          .withDescription("Shortest time between the first and the last of them.");

  public static final ConfigOption<Double> GROWTH_SHARE =
      key("detect.growth.share")
          .doubleType()
          .defaultValue(TREND.taskShare())
          .withDescription("Share of managed memory (0 to 1) that the growing cache must use.");

  public static final ConfigOption<Double> SLAB_GROWTH_SHARE =
      key("detect.growth.slab-share")
          .doubleType()
          .defaultValue(TREND.slabShare())
          .withDescription("The same for caches other than task_struct.");

  public static final ConfigOption<Double> GROWTH_FACTOR =
      key("detect.growth.factor")
          .doubleType()
          .defaultValue(TREND.factor())
          .withDescription("By what factor it must have grown over the window, at least.");

  public static final ConfigOption<Double> GROWTH_HORIZON =
      key("detect.growth.horizon")
          .doubleType()
          .defaultValue(TREND.horizon())
          .withDescription(
              "Growth raises an alarm only if it reaches the limit within this many times the"
                  + " observed time.");

  public static final ConfigOption<Double> PRESSURE_SHARE =
      key("detect.pressure.share")
          .doubleType()
          .defaultValue(TREND.levels().pressure())
          .withDescription(
              "If all tasks wait for memory for this share (0 to 1) of a minute, in three"
                  + " snapshots in a row, that is a MEMORY_PRESSURE.");

  public static final ConfigOption<Duration> SNAPSHOT_SETTLING =
      key("detect.growth.settling-time")
          .durationType()
          .defaultValue(Duration.ofMillis(TREND.settlingMs()))
          .withDescription(
              "How long a memory sample waits for earlier samples, and the kernel's count of kills"
                  + " waits for the kill lines. Event time, longer than twice"
                  + " assemble.settling-time. If that is set high, three times"
                  + " assemble.settling-time is used.");

  private OomOptions() {}

  /** Where to begin reading without a savepoint. */
  public enum StartFrom {
    COMMITTED,
    EARLIEST,
    LATEST
  }

  /** How often an event may appear. */
  public enum Guarantee {
    AT_LEAST_ONCE,
    EXACTLY_ONCE
  }

  private static ConfigOption<Double> share(String name, double value, String description) {
    return key("diagnose." + name)
        .doubleType()
        .defaultValue(value)
        .withDescription(description + " Share from 0 to 1.");
  }
}
