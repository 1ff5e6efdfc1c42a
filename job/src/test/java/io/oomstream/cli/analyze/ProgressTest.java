package io.oomstream.cli.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressTest {

  @Test
  void rateAndTimeLeft() {
    assertThat(Progress.line(1L << 30, 4L << 30, 10.24))
        .isEqualTo("oomstream: read 1.0 GiB of 4.0 GiB (25 %), 100.0 MiB/s, 31 s left");
    assertThat(Progress.line(1L << 30, 0, 10.24)).isEqualTo("oomstream: read 1.0 GiB, 100.0 MiB/s");
    assertThat(Progress.line(0, 100, 0)).isEqualTo("oomstream: read 0 B of 100 B (0 %), 0 B/s");
  }
}
