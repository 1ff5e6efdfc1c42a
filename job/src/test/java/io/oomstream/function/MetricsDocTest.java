package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.deploy.DocPage;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MetricsDocTest {

  private static final Set<String> LABELS = Set.of("CAUSE", "SCOPE", "KIND", "SEVERITY");

  @Test
  void theMetricsTableIsTheMetrics() throws IOException {
    DocPage.of("docs/reference/metrics.md").mustHold("metrics", Metrics.markdown());
  }

  @Test
  void everyMetricIsInTheTable() throws IllegalAccessException {
    List<String> described = Metrics.all().stream().map(Metrics.Described::name).toList();
    for (Field field : constants()) {
      if (!LABELS.contains(field.getName())) {
        assertThat(described).as("Metrics.all() has %s", field.getName()).contains(name(field));
      }
    }
  }

  private static List<Field> constants() {
    return Arrays.stream(Metrics.class.getDeclaredFields())
        .filter(f -> Modifier.isPublic(f.getModifiers()) && f.getType() == String.class)
        .toList();
  }

  private static String name(Field field) throws IllegalAccessException {
    return (String) field.get(null);
  }
}
