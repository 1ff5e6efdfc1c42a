package io.oomstream.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.block.cgroup.WorkloadPath;
import io.oomstream.event.section.Workload;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;

class WorkloadPathPropertyTest {

  @Property(tries = 2000)
  void noPathThrows(
      @ForAll
          @CharRange(from = '0', to = '9')
          @Chars({
            '/', '-', '_', '.', ':', '@', '\\', 'x', 'a', 'u', 'i', 'd', 'p', 'o', 's', 'l', 'c',
            'e', 'r', 'n', 'v'
          })
          String path) {
    WorkloadPath.identify(path);
    WorkloadPath.identify(
        "/run-" + path + ".scope/container_" + path + "/app-" + path + ".service");
    Workload below =
        WorkloadPath.identify(
            "/kubepods/pod" + "12345678-9abc-def0-1234-56789abcdef0" + "/x" + path);
    assertThat(below).isNotNull();
  }
}
