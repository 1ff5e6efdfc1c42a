package io.oomstream.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.autoscaler.config.AutoScalerOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Keys of flinkConfiguration: Flink's, the autoscaler's, or the operator's. */
final class FlinkKeys {

  /**
   * Read by the operator or by Flink's Kubernetes module, whose option classes are not on the test
   * class path.
   */
  private static final List<String> OPERATOR =
      List.of(
          "kubernetes.jobmanager.cpu.limit-factor",
          "kubernetes.taskmanager.cpu.limit-factor",
          "kubernetes.operator.savepoint.history.max.count",
          "kubernetes.operator.savepoint.history.max.age",
          "kubernetes.operator.savepoint.dispose-on-delete",
          "kubernetes.operator.pod-template.merge-arrays-by-name",
          "kubernetes.operator.periodic.savepoint.interval");

  private static final Map<String, ConfigOption<?>> KNOWN = known();

  private FlinkKeys() {}

  static List<String> violations(String key, JsonNode value) {
    if (OPERATOR.contains(key) || key.startsWith("metrics.reporter.prom.")) {
      return List.of();
    }
    ConfigOption<?> option = KNOWN.get(key);
    if (option == null) {
      return List.of("unknown to Flink: " + key);
    }
    try {
      Configuration.fromMap(Map.of(key, value.asText())).get(option);
      return List.of();
    } catch (IllegalArgumentException e) {
      return List.of(key + ": " + e.getMessage());
    }
  }

  private static Map<String, ConfigOption<?>> known() {
    try {
      Map<String, ConfigOption<?>> options = new TreeMap<>(FlinkConfigurationTest.knownOptions());
      for (Field field : AutoScalerOptions.class.getFields()) {
        if (field.get(null) instanceof ConfigOption<?> option) {
          options.put(option.key(), option);
        }
      }
      return options;
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
