package io.oomstream.config;

import io.oomstream.assemble.AssembleSettings;
import io.oomstream.assemble.segment.SegmentLimits;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.event.Privacy;
import io.oomstream.format.json.FieldNames;
import io.oomstream.format.line.Envelope;
import io.oomstream.intake.DecodeSettings;
import io.oomstream.intake.HostName;
import io.oomstream.rule.IncidentOptions;
import io.oomstream.trend.TrendOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;

/** The options of one run, checked: whatever is wrong with them is said before the job starts. */
public final class JobConfig {

  private final Configuration values;
  private final Map<String, String> kafkaProperties;

  private JobConfig(Configuration values, Map<String, String> kafkaProperties) {
    this.values = values;
    this.kafkaProperties = kafkaProperties;
  }

  /** All defaults. */
  public static JobConfig defaults() {
    return new JobConfig(new Configuration(), Map.of());
  }

  /**
   * Checks and takes options as people write them.
   *
   * @throws BadOptionException for an unknown option or a value that cannot be
   */
  public static JobConfig of(Map<String, String> given) throws BadOptionException {
    Configuration values = new Configuration();
    Map<String, String> kafka = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : given.entrySet()) {
      String key = entry.getKey();
      String value = entry.getValue().strip();
      if (key.startsWith(OptionTable.KAFKA_PROPERTIES)) {
        kafka.put(key.substring(OptionTable.KAFKA_PROPERTIES.length()), value);
        continue;
      }
      ConfigOption<?> option = OptionTable.byKey().get(key);
      if (option == null) {
        throw new BadOptionException(UnknownOption.message(key));
      }
      values.setString(key, isEnum(option) ? enumText(value) : value);
    }
    JobConfig config = new JobConfig(values, Map.copyOf(kafka));
    OptionCheck.check(config);
    return config;
  }

  private static boolean isEnum(ConfigOption<?> option) {
    return option.defaultValue() instanceof Enum<?>;
  }

  private static String enumText(String value) {
    return value.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** One option's value. */
  public <T> T get(ConfigOption<T> option) {
    return values.get(option);
  }

  ReadableConfig values() {
    return values;
  }

  /** Properties for the Kafka clients as given. */
  public Map<String, String> kafkaProperties() {
    return kafkaProperties;
  }

  public Envelope envelope() {
    return get(OomOptions.INPUT_ENVELOPE);
  }

  /** The zone of wall clocks that name none. */
  public ZoneId zone() throws BadOptionException {
    String name = get(OomOptions.INPUT_TIME_ZONE);
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new BadOptionException(
          OomOptions.INPUT_TIME_ZONE.key()
              + ": \""
              + name
              + "\" is no time zone; write UTC, +02:00 or Europe/Berlin");
    }
  }

  /** Where JSON of the user's own making has what we need. */
  public FieldNames fields() throws BadOptionException {
    try {
      return FieldNames.parse(get(OomOptions.INPUT_FIELDS));
    } catch (IllegalArgumentException e) {
      throw new BadOptionException(OomOptions.INPUT_FIELDS.key() + ": " + e.getMessage());
    }
  }

  /** Where a record's host stands if its envelope names none. */
  public HostName hostName() {
    return new HostName(get(OomOptions.INPUT_HOST_HEADER), get(OomOptions.INPUT_HOST_FROM_KEY));
  }

  public DecodeSettings decodeSettings() throws BadOptionException {
    return new DecodeSettings(
        envelope(),
        get(OomOptions.INPUT_MAX_LINE_BYTES),
        zone(),
        fields(),
        hostName(),
        get(OomOptions.REQUIRE_KERNEL_FACILITY));
  }

  /** Which names and texts leave as they are. */
  public Privacy privacy() throws BadOptionException {
    String file = get(OomOptions.HASH_SALT_FILE);
    return new Privacy(
        get(OomOptions.HASH_COMM),
        get(OomOptions.HASH_CGROUP),
        get(OomOptions.DROP_TEXT),
        file == null ? "" : salt(Path.of(file)));
  }

  private static String salt(Path file) throws BadOptionException {
    String salt;
    try {
      salt = Files.readString(file).strip();
    } catch (IOException e) {
      throw new BadOptionException(
          OomOptions.HASH_SALT_FILE.key() + ": can't read " + file + ": " + e.getMessage());
    }
    if (salt.isEmpty()) {
      throw new BadOptionException(OomOptions.HASH_SALT_FILE.key() + ": " + file + " is empty");
    }
    return salt;
  }

  public AssembleSettings assembleSettings() {
    return new AssembleSettings(
        ms(OomOptions.SETTLING_TIME),
        Math.max(0, ms(OomOptions.SETTLING_TIME) - ms(OomOptions.INPUT_OUT_OF_ORDERNESS)),
        ms(OomOptions.STALL_TIME),
        get(OomOptions.MAX_HOST_LINES),
        get(OomOptions.MAX_HOST_BYTES),
        ms(OomOptions.BOOT_MEMORY_TIME),
        new SegmentLimits(ms(OomOptions.MAX_GAP) * 1000, get(OomOptions.MAX_BLOCK_LINES)));
  }

  public Thresholds thresholds() {
    return new Thresholds(
        new Thresholds.Shortage(
            get(OomOptions.HIGH_ORDER),
            get(OomOptions.FREE_SHARE),
            get(OomOptions.USABLE_FREE_SHARE),
            get(OomOptions.MIN_FREE_SHARE),
            get(OomOptions.PROCESS_SHARE)),
        new Thresholds.Uses(
            get(OomOptions.PAGE_TABLE_SHARE),
            get(OomOptions.SLAB_SHARE),
            get(OomOptions.SHMEM_SHARE),
            get(OomOptions.UNACCOUNTED_SHARE),
            get(OomOptions.UNEVICTABLE_SHARE),
            get(OomOptions.HUGE_PAGE_SHARE),
            get(OomOptions.DIRTY_SHARE),
            get(OomOptions.DRIVER_SHARE),
            get(OomOptions.MEMCG_SHARE)),
        new Thresholds.Swap(get(OomOptions.SWAP_FREE_SHARE), get(OomOptions.SWAP_CACHED_SHARE)),
        new Thresholds.Swarm(
            get(OomOptions.FORK_BOMB_TASKS),
            get(OomOptions.CROWD_SHARE),
            get(OomOptions.CROWD_KERNEL_SHARE),
            get(OomOptions.KERNEL_STACK_SHARE)),
        new Thresholds.Victim(
            get(OomOptions.USER_SHARE),
            get(OomOptions.BYSTANDER_SHARE),
            get(OomOptions.CRITICAL_PROCESSES)),
        get(OomOptions.TASK_ROWS));
  }

  /** The language of causes, advice and summaries. */
  public Language language() {
    return get(OomOptions.REPORT_LANGUAGE);
  }

  /** As given; where it is not, the default, or longer if blocks settle longer than usual. */
  Duration snapshotSettling() {
    Duration given = values.getOptional(OomOptions.SNAPSHOT_SETTLING).orElse(null);
    if (given != null) {
      return given;
    }
    Duration usual = OomOptions.SNAPSHOT_SETTLING.defaultValue();
    Duration needed = get(OomOptions.SETTLING_TIME).multipliedBy(3);
    return usual.compareTo(needed) >= 0 ? usual : needed;
  }

  /** As given; where it is not, the default, or longer if blocks settle longer than usual. */
  Duration detectSettling() {
    Duration given = values.getOptional(OomOptions.DETECT_SETTLING_TIME).orElse(null);
    if (given != null) {
      return given;
    }
    Duration usual = OomOptions.DETECT_SETTLING_TIME.defaultValue();
    Duration needed = OptionCheck.leastDetectSettling(get(OomOptions.SETTLING_TIME));
    return usual.compareTo(needed) >= 0 ? usual : needed;
  }

  public TrendOptions trendOptions() {
    long settling = snapshotSettling().toMillis();
    return new TrendOptions(
            ms(OomOptions.GROWTH_WINDOW),
            get(OomOptions.GROWTH_POINTS),
            ms(OomOptions.GROWTH_SPAN),
            get(OomOptions.GROWTH_SHARE),
            get(OomOptions.SLAB_GROWTH_SHARE),
            get(OomOptions.GROWTH_FACTOR),
            get(OomOptions.GROWTH_HORIZON),
            settling,
            settling - 2 * ms(OomOptions.SETTLING_TIME),
            new TrendOptions.Levels(
                get(OomOptions.FREE_SHARE),
                get(OomOptions.PAGE_TABLE_SHARE),
                get(OomOptions.SLAB_SHARE),
                get(OomOptions.SHMEM_SHARE),
                get(OomOptions.UNACCOUNTED_SHARE),
                get(OomOptions.PRESSURE_SHARE)))
        .in(language());
  }

  /** Whether there is a catalogue of workloads. */
  public boolean isNamed() {
    return get(OomOptions.WORKLOADS_TOPIC) != null;
  }

  /** How long kills wait for names, event time, milliseconds; 0 without a catalogue. */
  public long namesWaitMs() {
    return isNamed() ? ms(OomOptions.WORKLOADS_WAIT) : 0;
  }

  public IncidentOptions incidentOptions() {
    return new IncidentOptions(
            ms(OomOptions.STORM_WINDOW),
            get(OomOptions.STORM_KILLS),
            ms(OomOptions.CRASH_LOOP_WINDOW),
            get(OomOptions.CRASH_LOOP_KILLS),
            ms(OomOptions.BURST_WINDOW),
            get(OomOptions.BURST_FAILURES),
            ms(OomOptions.FLEET_WINDOW),
            get(OomOptions.FLEET_HOSTS),
            ms(OomOptions.UPDATE_INTERVAL),
            detectSettling().toMillis())
        .in(language());
  }

  private long ms(ConfigOption<Duration> option) {
    return get(option).toMillis();
  }
}
