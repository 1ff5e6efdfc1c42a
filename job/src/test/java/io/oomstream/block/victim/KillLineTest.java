package io.oomstream.block.victim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KillLineTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Killed process 1 (%s)",
        "Out of memory: Killed process 1 (%s).",
        "Killed process 1 (%s) vsz:4kB, anon-rss:8kB, file-rss:0kB",
        "Killed process 1 (%s) total-vm:4kB, anon-rss:8kB, file-rss:0kB",
        "Killed process 1, UID 2, (%s) total-vm:4kB, anon-rss:8kB, file-rss:0kB",
        "Killed process 1 (%s), UID 2, total-vm:4kB, anon-rss:8kB, file-rss:0kB, shmem-rss:0kB",
        "Out of memory: Killed process 1 (%s) VE \"ct 1\" total-vm:4kB, anon-rss:8kB",
        "Out of memory: Killed process 1 (%s) total-vm:4kB, anon-rss:8kB, file-rss:0kB,"
            + " shmem-rss:0kB, UID:2 pgtables:4kB oom_score_adj:-7",
      })
  void findsTheNameInEveryForm(String form) {
    for (String comm :
        new String[] {
          "a.out",
          "a b",
          "(sd-pam)",
          "1 (x) total-vm:",
          ") total-vm:4kB",
          "), UID 0, (",
          "x) VE \"",
          "Killed process ",
          "a\nb",
          ""
        }) {
      KillLine line = Objects.requireNonNull(KillLine.parse(form.formatted(comm)));
      assertThat(line.pid()).isEqualTo(1);
      if (form.contains("kB")) {
        assertThat(line.comm()).isEqualTo(comm);
        assertThat(line.bytes("anon-rss")).isEqualTo(8192);
        assertThat(line.uid()).isEqualTo(form.contains("UID") ? 2L : null);
      }
    }
  }

  @Test
  void readsTheLastFiguresByName() {
    KillLine line =
        Objects.requireNonNull(
            KillLine.parse(
                "Memory cgroup out of memory: Killed process 30 (w) total-vm:7856kB,"
                    + " anon-rss:6860kB, file-rss:0kB, shmem-rss:564kB, UID:4294967294 pgtables:48kB"
                    + " oom_score_adj:-999"));
    assertThat(line.message()).isEqualTo("Memory cgroup out of memory");
    assertThat(line.uid()).isEqualTo(4_294_967_294L);
    assertThat(line.bytes("pgtables")).isEqualTo(49_152);
    assertThat(Objects.requireNonNull(line.figures().get("oom_score_adj")).value()).isEqualTo(-999);
  }
}
