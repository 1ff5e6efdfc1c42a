package io.oomstream.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.block.KernelBlock;
import io.oomstream.event.section.Trigger;
import io.oomstream.event.section.Workload;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a kill of the whole machine the kernel says in whose cpuset the request was made. */
class AskerTest {

  private static final String ID =
      "9338c8be733c1a5bd6b2b8d0d3f9c1e0a7745f1be2d3c4a5968778695a4b3c2d";

  private static @Nullable Workload asker(String cpuset) {
    List<KernelBlock> blocks =
        LabReports.ofTexts(
            List.of(
                "app invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0",
                "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset="
                    + cpuset
                    + ",mems_allowed=0,global_oom,task_memcg=/system.slice/db.service,task=db,"
                    + "pid=7,uid=0",
                "Out of memory: Killed process 7 (db) total-vm:8kB, anon-rss:4kB, file-rss:0kB,"
                    + " shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0"));
    assertThat(blocks).hasSize(1);
    KernelBlock block = blocks.get(0);
    assertThat(Objects.requireNonNull(block.kills().get(0).workload()).key())
        .isEqualTo("systemd:db.service");
    Trigger trigger = Objects.requireNonNull(block.trigger());
    return trigger.workload();
  }

  @Test
  void isTheContainerOfItsCpuset() {
    Workload docker = Objects.requireNonNull(asker("docker-" + ID + ".scope"));
    assertThat(docker.runtime()).isEqualTo("docker");
    assertThat(docker.containerId()).isEqualTo(ID);
    Workload plain = Objects.requireNonNull(asker(ID));
    assertThat(plain.containerId()).isEqualTo(ID);
  }

  @Test
  void isTheUnitOfItsCpuset() {
    Workload unit = Objects.requireNonNull(asker("worker.service"));
    assertThat(unit.systemdUnit()).isEqualTo("worker.service");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "numa1", "job_1178"})
  void isNotKnownByANameThatIsNobodys(String cpuset) {
    assertThat(asker(cpuset)).isNull();
  }
}
