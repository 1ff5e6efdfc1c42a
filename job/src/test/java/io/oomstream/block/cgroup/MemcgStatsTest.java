package io.oomstream.block.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.event.section.Memcg;
import io.oomstream.kernel.LineRule;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MemcgStatsTest {

  private static Memcg.Stats read(String... lines) {
    MemcgLines memcg = new MemcgLines();
    memcg.take(LineRule.MEMCG_STATS, "Memory cgroup stats for /a:");
    for (String line : lines) {
      memcg.take(LineRule.MEMCG_STAT, line);
    }
    return Objects.requireNonNull(memcg.toMemcg("/a")).stats();
  }

  @Test
  void sizesAndEventsAreApart() {
    Memcg.Stats stats =
        read(
            "anon 49983488",
            "file_thp 0",
            "sec_pagetables 4096",
            "workingset_refault_anon 12",
            "pgscan_kswapd 3",
            "thp_fault_alloc 1",
            "zswpwb 5");
    assertThat(stats.bytes()).containsOnlyKeys("anon", "file_thp", "sec_pagetables");
    assertThat(stats.counts())
        .containsOnlyKeys("workingset_refault_anon", "pgscan_kswapd", "thp_fault_alloc", "zswpwb");
  }

  @Test
  void theFirstVersionsTotalsAreSizesToo() {
    Memcg.Stats stats = read("total_rss 8192", "total_pgpgin 7", "hierarchical_memory_limit 99");
    assertThat(stats.bytes()).containsOnlyKeys("total_rss", "hierarchical_memory_limit");
    assertThat(stats.counts()).containsOnlyKeys("total_pgpgin");
  }

  @Test
  void aFigureOfUnknownUnitIsNoSize() {
    assertThat(read("anon 4096", "newer(name) 7").counts()).containsEntry("newer_name", 7L);
  }
}
