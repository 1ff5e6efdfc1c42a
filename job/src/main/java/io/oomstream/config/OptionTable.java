package io.oomstream.config;

import io.oomstream.kafka.KafkaSettings;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;

/** The options of {@link OomOptions} by key, and what people read of them. */
public final class OptionTable {

  /** Properties behind it go to the Kafka clients as they are: security, timeouts, batching. */
  public static final String KAFKA_PROPERTIES = KafkaSettings.PREFIX;

  private static final Map<String, ConfigOption<?>> BY_KEY = new TreeMap<>();
  private static final List<ConfigOption<?>> IN_ORDER = new ArrayList<>();

  static {
    for (Field field : OomOptions.class.getDeclaredFields()) {
      if (Modifier.isPublic(field.getModifiers()) && field.getType() == ConfigOption.class) {
        ConfigOption<?> option = valueOf(field);
        BY_KEY.put(option.key(), option);
        IN_ORDER.add(option);
      }
    }
  }

  private OptionTable() {}

  private static ConfigOption<?> valueOf(Field field) {
    try {
      return (ConfigOption<?>) field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All options in the order of their declaration. */
  public static List<ConfigOption<?>> all() {
    return List.copyOf(IN_ORDER);
  }

  static Map<String, ConfigOption<?>> byKey() {
    return BY_KEY;
  }

  /** What the option does, as plain text. */
  public static String description(ConfigOption<?> option) {
    return new HtmlFormatter()
        .format(option.description())
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }

  /** The default as a user would write it; empty if there is none. */
  public static String defaultText(ConfigOption<?> option) {
    Object value = option.defaultValue();
    if (value == null) {
      return "";
    }
    if (value instanceof Duration duration) {
      return text(duration);
    }
    if (value instanceof List<?> list) {
      return String.join(";", list.stream().map(Object::toString).toList());
    }
    if (value instanceof Map<?, ?> map && map.isEmpty()) {
      return "";
    }
    return value.toString();
  }

  private static String text(Duration duration) {
    long ms = duration.toMillis();
    if (ms % 3_600_000 == 0 && ms > 0) {
      return ms / 3_600_000 + " h";
    }
    if (ms % 60_000 == 0 && ms > 0) {
      return ms / 60_000 + " min";
    }
    return ms % 1_000 == 0 ? ms / 1_000 + " s" : ms + " ms";
  }

  /** The table of docs/reference/options.md. */
  public static String markdown() {
    StringBuilder table = new StringBuilder("| option | default | what |\n|---|---|---|\n");
    for (ConfigOption<?> option : IN_ORDER) {
      String value = defaultText(option);
      table
          .append("| `")
          .append(option.key())
          .append("` | ")
          .append(value.isEmpty() ? "–" : "`" + value + "`")
          .append(" | ")
          .append(description(option).replace("|", "\\|"))
          .append(" |\n");
    }
    return table
        .append("| `")
        .append(KAFKA_PROPERTIES)
        .append("*` | – | Passed to the Kafka clients unchanged: security, timeouts, batching. |\n")
        .toString();
  }
}
