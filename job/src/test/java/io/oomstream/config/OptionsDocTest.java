package io.oomstream.config;

import io.oomstream.deploy.DocPage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class OptionsDocTest {

  @Test
  void theOptionsTableIsTheOptions() throws IOException {
    DocPage.of("docs/reference/options.md").mustHold("options", OptionTable.markdown());
  }
}
