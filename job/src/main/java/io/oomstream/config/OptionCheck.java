package io.oomstream.config;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.jspecify.annotations.Nullable;

/** Whether every value can be: of its type, and within its bounds. */
final class OptionCheck {

  /** The assembler looks at a host in steps of event time. */
  private static final Duration STEP = Duration.ofSeconds(1);

  private OptionCheck() {}

  static void check(JobConfig config) throws BadOptionException {
    for (ConfigOption<?> option : OptionTable.all()) {
      Object value = typed(config, option);
      if (value instanceof Duration duration
          && (duration.isNegative()
              || (duration.isZero() && option != OomOptions.BOOT_MEMORY_TIME))) {
        throw bad(option, "must be longer than 0");
      }
      if (value instanceof Double share && option.key().endsWith("share") && !isShare(share)) {
        throw bad(option, "must be a share from 0 to 1, not " + share);
      }
      if (value instanceof Integer number && number < 0) {
        throw bad(option, "must not be negative");
      }
      if (value instanceof String text && text.isBlank()) {
        throw bad(option, "must not be empty");
      }
      if (value instanceof List<?> list && list.isEmpty()) {
        throw bad(option, "must name at least one");
      }
    }
    config.zone();
    config.fields();
    for (ConfigOption<Integer> counted :
        List.of(
            OomOptions.INPUT_MAX_LINE_BYTES,
            OomOptions.MAX_BLOCK_LINES,
            OomOptions.MAX_HOST_LINES,
            OomOptions.STORM_KILLS,
            OomOptions.CRASH_LOOP_KILLS,
            OomOptions.BURST_FAILURES,
            OomOptions.FLEET_HOSTS,
            OomOptions.FLEET_SHARES)) {
      if (config.get(counted) < 1) {
        throw bad(counted, "must be at least 1");
      }
    }
    for (ConfigOption<Integer> remembered :
        List.of(OomOptions.STORM_KILLS, OomOptions.CRASH_LOOP_KILLS, OomOptions.BURST_FAILURES)) {
      if (config.get(remembered) > 250) {
        throw bad(remembered, "must be at most 250: no more is remembered of one host");
      }
    }
    if (config.get(OomOptions.FLEET_WINDOW).compareTo(Duration.ofHours(1)) > 0) {
      throw bad(OomOptions.FLEET_WINDOW, "must be at most 1 h: no more is remembered");
    }
    if (config.get(OomOptions.GROWTH_POINTS) < 2) {
      throw bad(OomOptions.GROWTH_POINTS, "must be at least 2: one point is no trend");
    }
    checkSettling(config);
    if (config.get(OomOptions.WORKLOADS_WAIT).compareTo(config.detectSettling()) > 0) {
      throw bad(
          OomOptions.WORKLOADS_WAIT,
          "must be at most " + OomOptions.DETECT_SETTLING_TIME.key() + ": kills would be late");
    }
  }

  /** A block is concluded no sooner: twice its settling time, and the next step. */
  static Duration leastDetectSettling(Duration blocks) {
    return blocks.multipliedBy(2).plus(STEP);
  }

  private static void checkSettling(JobConfig config) throws BadOptionException {
    Duration blocks = config.get(OomOptions.SETTLING_TIME);
    Duration needed = leastDetectSettling(blocks);
    if (config.detectSettling().compareTo(needed) < 0) {
      throw bad(
          OomOptions.DETECT_SETTLING_TIME,
          "must be at least "
              + needed.toMillis()
              + " ms, twice "
              + OomOptions.SETTLING_TIME.key()
              + " and a step: a block is concluded no sooner, and would be late");
    }
    if (config.snapshotSettling().compareTo(blocks.multipliedBy(2)) <= 0) {
      throw bad(
          OomOptions.SNAPSHOT_SETTLING,
          "must be longer than twice " + OomOptions.SETTLING_TIME.key());
    }
    if (config.get(OomOptions.GROWTH_HORIZON) <= 0) {
      throw bad(OomOptions.GROWTH_HORIZON, "must be more than 0");
    }
  }

  private static boolean isShare(double share) {
    return share >= 0 && share <= 1;
  }

  private static Object typed(JobConfig config, ConfigOption<?> option) throws BadOptionException {
    try {
      Object value = config.values().get(option);
      return value == null ? "-" : value;
    } catch (IllegalArgumentException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String why = cause.getMessage() == null ? "cannot be read" : cause.getMessage();
      throw bad(option, plain(why, config.values().toMap().get(option.key())));
    }
  }

  /** Flink's words for a value that is none of an enum's name a class and not the value. */
  private static String plain(String why, @Nullable String value) {
    int from = why.indexOf("[[");
    int to = why.indexOf("]]");
    return why.contains("enum class") && from >= 0 && to > from
        ? "\"" + value + "\" is none of " + why.substring(from + 2, to)
        : why.replace('\n', ' ');
  }

  private static BadOptionException bad(ConfigOption<?> option, String why) {
    return new BadOptionException(option.key() + ": " + why);
  }
}
