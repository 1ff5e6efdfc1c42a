package io.oomstream.config;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.oomstream.anomaly.IncidentOptions;
import io.oomstream.diagnosis.Language;
import io.oomstream.diagnosis.Thresholds;
import io.oomstream.format.Envelope;
import io.oomstream.function.AssembleSettings;
import io.oomstream.kafka.SinkOptions;
import io.oomstream.trend.TrendOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;

/** Every option of the job. The table in the README is generated from here. */
public final class OomOptions {

  private static final AssembleSettings ASSEMBLE = AssembleSettings.defaults();
  private static final Thresholds DIAGNOSE = Thresholds.defaults();
  private static final TrendOptions TREND = TrendOptions.defaults();
  private static final IncidentOptions INCIDENT = IncidentOptions.defaults();

  public static final ConfigOption<String> BOOTSTRAP_SERVERS =
      key("kafka.bootstrap.servers")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Kafka brokers to begin with, host:port, separated by commas. Required.");

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
              "Where to begin without a savepoint: the group's committed offsets (else the earliest"
                  + " record), earliest, or latest.");

  public static final ConfigOption<Boolean> STOP_AT_END =
      key("kafka.stop-at-end")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "End the job at the end that the topics have when it starts: for replays.");

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
              "Topics of memory snapshots, separated by semicolons. One that does not exist is"
                  + " found when it is made; without any, trends come from reports alone.");

  public static final ConfigOption<Envelope> INPUT_ENVELOPE =
      key("input.envelope")
          .enumType(Envelope.class)
          .defaultValue(Envelope.AUTO)
          .withDescription("The form of the records; AUTO tells it by shape, record by record.");

  public static final ConfigOption<Map<String, String>> INPUT_FIELDS =
      key("input.fields")
          .mapType()
          .defaultValue(Map.of())
          .withDescription(
              "Where JSON of your own making has what is needed, as role:path pairs divided by"
                  + " commas, for example message:payload.line,host:node. Roles: message, host,"
                  + " time, facility, level, sequence, boot-id, kernel-time (microseconds).");

  public static final ConfigOption<String> INPUT_HOST_HEADER =
      key("input.host-header")
          .stringType()
          .defaultValue("host")
          .withDescription("Record header that names the host where the envelope does not.");

  public static final ConfigOption<Boolean> INPUT_HOST_FROM_KEY =
      key("input.host-from-key")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Take the record's key for the host where neither the envelope nor a header names"
                  + " one; turn it off if your keys are something else.");

  public static final ConfigOption<String> INPUT_TIME_ZONE =
      key("input.time-zone")
          .stringType()
          .defaultValue("UTC")
          .withDescription(
              "Zone of wall clocks that name none: RFC 3164 syslog and dmesg -T, for example"
                  + " Europe/Berlin.");

  public static final ConfigOption<Integer> INPUT_MAX_LINE_BYTES =
      key("input.max-line-bytes")
          .intType()
          .defaultValue(65_536)
          .withDescription("Longer messages go to the dead letters.");

  public static final ConfigOption<Boolean> REQUIRE_KERNEL_FACILITY =
      key("input.require-kernel-facility")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Make events only of lines whose envelope proves that the kernel wrote them (facility"
                  + " 0). What carries no facility goes to the dead letters instead of an event of"
                  + " provenance UNVERIFIED.");

  public static final ConfigOption<Duration> INPUT_OUT_OF_ORDERNESS =
      key("input.out-of-orderness")
          .durationType()
          .defaultValue(Duration.ofSeconds(2))
          .withDescription(
              "How far records of one partition may lie behind its newest one, by the records' own"
                  + " time.");

  public static final ConfigOption<Duration> INPUT_IDLENESS =
      key("input.idleness")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription("A partition that is silent this long no longer holds up the others.");

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
          .withDescription("Topic of whole reports.");

  public static final ConfigOption<Boolean> BLOCKS_ENABLED =
      key("output.blocks.enabled")
          .booleanType()
          .defaultValue(true)
          .withDescription("Whether whole reports are written.");

  public static final ConfigOption<String> DEAD_LETTERS_TOPIC =
      key("output.dead-letters.topic")
          .stringType()
          .defaultValue("kernel.oom.dead-letters")
          .withDescription("Topic of records that led to no event, byte for byte.");

  public static final ConfigOption<Guarantee> DELIVERY_GUARANTEE =
      key("delivery.guarantee")
          .enumType(Guarantee.class)
          .defaultValue(Guarantee.AT_LEAST_ONCE)
          .withDescription(
              "AT_LEAST_ONCE alerts at once and may repeat an event (same ce_id) after a failure;"
                  + " EXACTLY_ONCE holds events until the next checkpoint commits.");

  public static final ConfigOption<Duration> TRANSACTION_TIMEOUT =
      key("delivery.transaction-timeout")
          .durationType()
          .defaultValue(SinkOptions.DEFAULT_TRANSACTION_TIMEOUT)
          .withDescription(
              "For EXACTLY_ONCE: at most the broker's transaction.max.timeout.ms, and longer than"
                  + " any outage of the job.");

  public static final ConfigOption<Integer> MAX_RECORD_BYTES =
      key("output.max-record-bytes")
          .intType()
          .defaultValue(SinkOptions.DEFAULT_MAX_RECORD_BYTES)
          .withDescription(
              "What the output topics take, compressed: their max.message.bytes or a little less."
                  + " A larger event is counted, logged and trimmed, which it says; a larger dead"
                  + " letter goes without its value.");

  public static final ConfigOption<Duration> SETTLING_TIME =
      key("assemble.settling-time")
          .durationType()
          .defaultValue(Duration.ofMillis(ASSEMBLE.settlingMs()))
          .withDescription(
              "By how much the records of a host may be out of order, over all partitions, and their"
                  + " order be restored. A finished report waits as long for stragglers, further"
                  + " kills of its group and the oom_reaper's line: it leaves when event time has"
                  + " passed its last line by twice this time.");

  public static final ConfigOption<Duration> STALL_TIME =
      key("assemble.stall-time")
          .durationType()
          .defaultValue(Duration.ofMillis(ASSEMBLE.stallMs()))
          .withDescription(
              "A host that is silent this long while event time stands still is concluded with what"
                  + " is there; processing time.");

  public static final ConfigOption<Duration> MAX_GAP =
      key("assemble.max-gap")
          .durationType()
          .defaultValue(Duration.ofMillis(ASSEMBLE.limits().maxGapUs() / 1000))
          .withDescription("Longest pause between two lines of one report.");

  public static final ConfigOption<Integer> MAX_BLOCK_LINES =
      key("assemble.max-block-lines")
          .intType()
          .defaultValue(ASSEMBLE.limits().maxLines())
          .withDescription("Lines kept of one report; over it the middle goes, never the kill.");

  public static final ConfigOption<Integer> MAX_HOST_LINES =
      key("assemble.max-host-lines")
          .intType()
          .defaultValue(ASSEMBLE.maxHostLines())
          .withDescription("Lines held for one host before its reports are concluded.");

  public static final ConfigOption<Long> MAX_HOST_BYTES =
      key("assemble.max-host-bytes")
          .longType()
          .defaultValue(ASSEMBLE.maxHostBytes())
          .withDescription("The same in bytes.");

  public static final ConfigOption<Integer> HIGH_ORDER =
      key("diagnose.high-order")
          .intType()
          .defaultValue(DIAGNOSE.highOrder())
          .withDescription(
              "A failed allocation of a higher order is a HIGH_ORDER_ALLOCATION_FAILURE. The default"
                  + " is the kernel's PAGE_ALLOC_COSTLY_ORDER.");

  public static final ConfigOption<Double> FREE_SHARE =
      share(
          "free-share",
          DIAGNOSE.freeShare(),
          "Memory or swap is exhausted at or under it: about what the watermarks of a small machine"
              + " keep, and far less than one at work has free.");

  public static final ConfigOption<Double> PAGE_TABLE_SHARE =
      share(
          "page-table-share",
          DIAGNOSE.pageTableShare(),
          "Page tables over it are bloat: memory that is used densely needs a five hundredth of"
              + " itself for them.");

  public static final ConfigOption<Double> SLAB_SHARE =
      share(
          "unreclaimable-slab-share",
          DIAGNOSE.unreclaimableSlabShare(),
          "Unreclaimable slab over it is high: the kernel's own objects have become a main use of"
              + " the machine.");

  public static final ConfigOption<Double> SHMEM_SHARE =
      share(
          "shmem-share",
          DIAGNOSE.shmemShare(),
          "Shared memory and tmpfs over it are high: tmpfs stops by itself at a half only.");

  public static final ConfigOption<Double> UNACCOUNTED_SHARE =
      share(
          "unaccounted-share",
          DIAGNOSE.unaccountedShare(),
          "Memory that no counter of the report holds, over it, is high: a few percent always are,"
              + " and up to a fifth on machines of a few hundred MiB.");

  public static final ConfigOption<Double> UNEVICTABLE_SHARE =
      share(
          "unevictable-share",
          DIAGNOSE.unevictableShare(),
          "Locked or protected memory over it explains a kill: reclaim may not touch it.");

  public static final ConfigOption<Double> HUGE_PAGE_SHARE =
      share(
          "huge-page-share",
          DIAGNOSE.hugePageShare(),
          "Unused huge pages over it explain a kill: without them a quarter of memory were free.");

  public static final ConfigOption<Double> KERNEL_STACK_SHARE =
      share(
          "kernel-stack-share",
          DIAGNOSE.kernelStackShare(),
          "Kernel stacks over it prove a crowd of threads: each has one of 16 KiB, and on a machine"
              + " at work they are under one percent.");

  public static final ConfigOption<Double> CROWD_SHARE =
      share(
          "crowd-share",
          DIAGNOSE.crowdShare(),
          "What a crowd of small tasks must hold together to explain a kill: more than anything that"
              + " stands by.");

  public static final ConfigOption<Double> SWAP_FREE_SHARE =
      share(
          "swap-free-share",
          DIAGNOSE.swapFreeShare(),
          "Free swap (of all swap) over it did not help, and is called misleading: the kernel would"
              + " have used it, had it been able to.");

  public static final ConfigOption<Double> USABLE_FREE_SHARE =
      share(
          "usable-free-share",
          DIAGNOSE.usableFreeShare(),
          "Free memory over it, that the request could have had, contradicts exhaustion: it is ten"
              + " times what watermarks keep.");

  public static final ConfigOption<Integer> FORK_BOMB_TASKS =
      key("diagnose.fork-bomb-tasks")
          .intType()
          .defaultValue(DIAGNOSE.forkBombTasks())
          .withDescription(
              "Fewest tasks of one name that make a fork bomb: pools of workers end at a few hundred.");

  public static final ConfigOption<Double> CROWD_KERNEL_SHARE =
      share(
          "crowd-kernel-share",
          DIAGNOSE.crowdKernelShare(),
          "Of what a crowd holds, the part that the kernel needs for having it: a task costs it some"
              + " 100 KiB, so less is a pool of workers with memory of their own.");

  public static final ConfigOption<Double> PROCESS_SHARE =
      share(
          "process-share",
          DIAGNOSE.processShare(),
          "Processes that hold it have used up memory: more than all other uses together.");

  public static final ConfigOption<Double> MEMCG_SHARE =
      share(
          "memcg-share",
          DIAGNOSE.memcgShare(),
          "One use over it, of a control group's usage, filled the group: as for the machine.");

  public static final ConfigOption<Double> DIRTY_SHARE =
      share(
          "dirty-share",
          DIAGNOSE.dirtyShare(),
          "File pages that wait to be written, over it, explain a kill: vm.dirty_ratio stops writers"
              + " at 20 %.");

  public static final ConfigOption<Double> DRIVER_SHARE =
      share(
          "driver-share",
          DIAGNOSE.driverShare(),
          "Balloon, graphics or zsmalloc pages over it explain a kill: no process can give them"
              + " back.");

  public static final ConfigOption<Double> MIN_FREE_SHARE =
      share(
          "min-free-share",
          DIAGNOSE.minFreeShare(),
          "Min watermarks over it together are set too high: the kernel's own choice is under one"
              + " percent from 1 GiB on.");

  public static final ConfigOption<Double> SWAP_CACHED_SHARE =
      share(
          "swap-cached-share",
          DIAGNOSE.swapCachedShare(),
          "Of used swap: where more of it is in memory as well, full swap is full of copies that the"
              + " kernel could drop.");

  public static final ConfigOption<Double> USER_SHARE =
      share(
          "user-share",
          DIAGNOSE.userShare(),
          "Of what ran out: a victim that held it was the user of the memory, more than all others.");

  public static final ConfigOption<Double> BYSTANDER_SHARE =
      share(
          "bystander-share",
          DIAGNOSE.bystanderShare(),
          "Of what ran out: a victim that held less was a bystander, whose death frees next to"
              + " nothing.");

  public static final ConfigOption<Language> REPORT_LANGUAGE =
      key("report.language")
          .enumType(Language.class)
          .defaultValue(Language.EN)
          .withDescription(
              "Language of causes, advice and summaries in the events: EN or ZH. Names of fields and"
                  + " kinds stay the same.");

  public static final ConfigOption<List<String>> CRITICAL_PROCESSES =
      key("diagnose.critical-processes")
          .stringType()
          .asList()
          .defaultValues(DIAGNOSE.criticalProcesses().toArray(String[]::new))
          .withDescription("Names whose death is a CRITICAL_VICTIM, separated by semicolons.");

  public static final ConfigOption<Integer> TASK_ROWS =
      key("diagnose.task-rows")
          .intType()
          .defaultValue(DIAGNOSE.taskRows())
          .withDescription("Rows of the task table in a kill event; the block has them all.");

  public static final ConfigOption<Duration> STORM_WINDOW =
      key("detect.storm.window")
          .durationType()
          .defaultValue(Duration.ofMillis(INCIDENT.stormWindowMs()))
          .withDescription("Kills on one host within it count together.");

  public static final ConfigOption<Integer> STORM_KILLS =
      key("detect.storm.kills")
          .intType()
          .defaultValue(INCIDENT.stormKills())
          .withDescription("That many are an OOM_STORM.");

  public static final ConfigOption<Duration> CRASH_LOOP_WINDOW =
      key("detect.crash-loop.window")
          .durationType()
          .defaultValue(Duration.ofMillis(INCIDENT.crashLoopWindowMs()))
          .withDescription("Kills of one workload on one host within it count together.");

  public static final ConfigOption<Integer> CRASH_LOOP_KILLS =
      key("detect.crash-loop.kills")
          .intType()
          .defaultValue(INCIDENT.crashLoopKills())
          .withDescription("That many are an OOM_CRASH_LOOP.");

  public static final ConfigOption<Duration> BURST_WINDOW =
      key("detect.burst.window")
          .durationType()
          .defaultValue(Duration.ofMillis(INCIDENT.burstWindowMs()))
          .withDescription("Failed allocations on one host within it count together.");

  public static final ConfigOption<Integer> BURST_FAILURES =
      key("detect.burst.failures")
          .intType()
          .defaultValue(INCIDENT.burstFailures())
          .withDescription(
              "That many are a burst: one episode that counts them and tells the worst, in place of"
                  + " a signal for each. At most 250, as the counts of storms and crash loops.");

  public static final ConfigOption<Duration> FLEET_WINDOW =
      key("detect.fleet.window")
          .durationType()
          .defaultValue(Duration.ofMillis(INCIDENT.fleetWindowMs()))
          .withDescription(
              "Kills of one workload over all hosts within it count together; <= 1 h.");

  public static final ConfigOption<Integer> FLEET_HOSTS =
      key("detect.fleet.hosts")
          .intType()
          .defaultValue(INCIDENT.fleetHosts())
          .withDescription("Distinct hosts that are a FLEET_OOM.");

  public static final ConfigOption<Integer> FLEET_SHARES =
      key("detect.fleet.shares")
          .intType()
          .defaultValue(64)
          .withDescription(
              "Parts that the hosts of one workload are counted in before they are added up, so"
                  + " that a workload on all hosts keeps all tasks busy and not one. Not to be"
                  + " changed with a savepoint.");

  public static final ConfigOption<Duration> UPDATE_INTERVAL =
      key("detect.update-interval")
          .durationType()
          .defaultValue(Duration.ofMillis(INCIDENT.updateMs()))
          .withDescription("Shortest time between two signals of one open episode; event time.");

  public static final ConfigOption<Duration> DETECT_SETTLING_TIME =
      key("detect.settling-time")
          .durationType()
          .defaultValue(Duration.ofMillis(INCIDENT.settlingMs()))
          .withDescription(
              "How long counts over the fleet, updates and closings wait for reports that are still"
                  + " on their way; event time, not shorter than assemble.settling-time.");

  public static final ConfigOption<String> RULES_TOPIC =
      key("rules.topic")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Compacted topic of live rules, for example kernel.oom.rules; without it there are"
                  + " none.");

  public static final ConfigOption<Duration> GROWTH_WINDOW =
      key("detect.growth.window")
          .durationType()
          .defaultValue(Duration.ofMillis(TREND.windowMs()))
          .withDescription("Reports of one host within it are held against each other.");

  public static final ConfigOption<Integer> GROWTH_POINTS =
      key("detect.growth.points")
          .intType()
          .defaultValue(TREND.points())
          .withDescription("Fewest reports that make a trend.");

  public static final ConfigOption<Duration> GROWTH_SPAN =
      key("detect.growth.span")
          .durationType()
          .defaultValue(Duration.ofMillis(TREND.spanMs()))
          .withDescription("Shortest time between the first and the last of them.");

  public static final ConfigOption<Double> GROWTH_SHARE =
      key("detect.growth.share")
          .doubleType()
          .defaultValue(TREND.taskShare())
          .withDescription("Share of managed memory (0 to 1) that the growing cache must hold.");

  public static final ConfigOption<Double> SLAB_GROWTH_SHARE =
      key("detect.growth.slab-share")
          .doubleType()
          .defaultValue(TREND.slabShare())
          .withDescription("The same for caches other than task_struct.");

  public static final ConfigOption<Double> GROWTH_FACTOR =
      key("detect.growth.factor")
          .doubleType()
          .defaultValue(TREND.factor())
          .withDescription("By how much it must have grown over the window, at least.");

  public static final ConfigOption<Double> GROWTH_HORIZON =
      key("detect.growth.horizon")
          .doubleType()
          .defaultValue(TREND.horizon())
          .withDescription(
              "How far ahead the limit may lie for growth to be an alarm, in lengths of the time"
                  + " that it was watched.");

  public static final ConfigOption<Double> PRESSURE_SHARE =
      key("detect.pressure.share")
          .doubleType()
          .defaultValue(TREND.levels().pressure())
          .withDescription(
              "Share of a minute (0 to 1) in which all tasks wait for memory, in three snapshots in"
                  + " a row, that is a MEMORY_PRESSURE.");

  public static final ConfigOption<Duration> SNAPSHOT_SETTLING =
      key("detect.growth.settling-time")
          .durationType()
          .defaultValue(Duration.ofMillis(TREND.settlingMs()))
          .withDescription(
              "How long a memory sample waits for those before it, and the kernel's count of kills"
                  + " for their lines; event time, longer than twice assemble.settling-time (and"
                  + " by itself three times as long where that is set high).");

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
