package io.oomstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.deploy.DocPage;
import io.oomstream.deploy.MainSources;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.junit.jupiter.api.Test;

class OptionsDocTest {

  @Test
  void theOptionsTableIsTheOptions() throws IOException {
    DocPage.of("docs/reference/options.md").mustHold("options", OptionTable.markdown());
  }

  /** A check of its bounds alone gives an option no effect. */
  @Test
  void everyOptionIsRead() throws IOException {
    List<String> options =
        Arrays.stream(OomOptions.class.getDeclaredFields())
            .filter(field -> field.getType() == ConfigOption.class)
            .map(Field::getName)
            .toList();
    assertThat(options).hasSameSizeAs(OptionTable.all());
    assertThat(MainSources.unused(OomOptions.class, options, "OptionCheck"))
        .as("no code reads these")
        .isEmpty();
  }
}
