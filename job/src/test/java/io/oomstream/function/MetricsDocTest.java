package io.oomstream.function;

import io.oomstream.deploy.DocPage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class MetricsDocTest {

  @Test
  void theMetricsTableIsTheMetrics() throws IOException {
    DocPage.of("docs/reference/metrics.md").mustHold("metrics", Metrics.markdown());
  }
}
