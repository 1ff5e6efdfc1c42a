package io.oomstream.block.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.event.section.Memory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MemoryAccountingTest {

  private static final long PAGE = 4096;

  private static Map<String, Long> seedCounters() {
    Map<String, Long> pages = new HashMap<>();
    pages.put("active_anon", 1008777L);
    pages.put("inactive_anon", 1455290L);
    pages.put("isolated_anon", 0L);
    pages.put("active_file", 22L);
    pages.put("inactive_file", 332L);
    pages.put("isolated_file", 0L);
    pages.put("unevictable", 0L);
    pages.put("dirty", 0L);
    pages.put("writeback", 0L);
    pages.put("slab_reclaimable", 2777L);
    pages.put("slab_unreclaimable", 25908L);
    pages.put("mapped", 375L);
    pages.put("shmem", 0L);
    pages.put("pagetables", 5462164L);
    pages.put("sec_pagetables", 0L);
    pages.put("bounce", 0L);
    pages.put("kernel_misc_reclaimable", 0L);
    pages.put("free", 91529L);
    pages.put("free_pcp", 671L);
    pages.put("free_cma", 0L);
    pages.replaceAll((name, count) -> count * PAGE);
    return pages;
  }

  private static Memory memory(
      @Nullable Long managed,
      Map<String, Long> counters,
      List<Memory.Node> nodes,
      List<Memory.Zone> zones,
      List<Memory.HugePages> hugePages) {
    return new Memory(
        null, null, managed, null, null, null, null, null, null, null, counters, nodes, zones,
        hugePages, null, null);
  }

  private static List<Memory.Node> kernelStack(long kb) {
    return List.of(new Memory.Node(0, Map.of("kernel_stack", kb * 1024), null, null));
  }

  private static Memory.Zone zone(Map<String, Long> counters) {
    return new Memory.Zone(
        0, "Normal", null, null, null, null, null, null, null, null, List.of(), null, null,
        counters, null, List.of(), null);
  }

  private static Memory.Accounting account(Memory memory) {
    return Objects.requireNonNull(MemoryAccounting.of(memory));
  }

  @Test
  void theSeed() {
    Memory.Accounting accounting =
        account(memory(8201837 * PAGE, seedCounters(), kernelStack(5376), List.of(), List.of()));

    assertThat(accounting.unaccountedBytes()).isEqualTo(153023 * PAGE);
    assertThat(accounting.accountedBytes()).isEqualTo((8201837 - 153023) * PAGE);
    assertThat(accounting.shares())
        .containsEntry("pageTables", 5462164 * PAGE)
        .containsEntry("anon", (1008777 + 1455290) * PAGE)
        .containsEntry("file", 354 * PAGE)
        .containsEntry("kernelStack", 5376 * 1024L)
        .containsEntry("perCpuLists", 671 * PAGE)
        .containsEntry("free", 91529 * PAGE)
        .doesNotContainKeys("mapped", "dirty", "hugePages");
    assertThat(accounting.shares().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(accounting.accountedBytes());
  }

  @Test
  void sharedMemoryIsPartOfTheAnonymousLists() {
    Map<String, Long> counters = seedCounters();
    counters.put("shmem", 1000000 * PAGE);
    Memory.Accounting accounting =
        account(memory(8201837 * PAGE, counters, kernelStack(5376), List.of(), List.of()));
    assertThat(accounting.unaccountedBytes()).isEqualTo(153023 * PAGE);
    assertThat(accounting.shares())
        .containsEntry("shmem", 1000000 * PAGE)
        .containsEntry("anon", 1464067 * PAGE);
  }

  @Test
  void lockedSharedMemoryIsOnTheUnevictableList() {
    Map<String, Long> counters = seedCounters();
    counters.put("shmem", 3000000 * PAGE);
    counters.put("unevictable", 600000 * PAGE);
    Memory.Accounting accounting =
        account(memory(8201837 * PAGE, counters, kernelStack(5376), List.of(), List.of()));
    assertThat(accounting.shares())
        .containsEntry("anon", 0L)
        .containsEntry("shmem", 2464067 * PAGE)
        .containsEntry("unevictable", 600000 * PAGE);
    assertThat(accounting.unaccountedBytes()).isEqualTo((153023 - 600000) * PAGE);
  }

  @Test
  void hugePagesLieOutsideTheLists() {
    List<Memory.HugePages> sizes =
        List.of(
            new Memory.HugePages(0, 2L << 20, 100L, 40L, 0L),
            new Memory.HugePages(1, 2L << 20, 50L, 0L, 0L),
            new Memory.HugePages(0, 1L << 30, 1L, 1L, 0L),
            new Memory.HugePages(1, 1L << 30, 0L, 0L, 0L));
    Memory.Accounting accounting =
        account(memory(8201837 * PAGE, seedCounters(), kernelStack(5376), List.of(), sizes));
    assertThat(accounting.shares()).containsEntry("hugePages", (150L * 2 << 20) + (1L << 30));
  }

  @Test
  void kernelStacksComeFromTheZonesWhereNodesDoNotPrintThem() {
    List<Memory.Node> nodes = List.of(new Memory.Node(0, Map.of("mapped", 4096L), null, null));
    List<Memory.Zone> zones =
        List.of(zone(Map.of("kernel_stack", 1024L)), zone(Map.of("kernel_stack", 2048L)));
    Memory.Accounting accounting =
        account(memory(8201837 * PAGE, seedCounters(), nodes, zones, List.of()));
    assertThat(accounting.shares()).containsEntry("kernelStack", 3072L);
    assertThat(accounting.unaccountedBytes()).isNotNull();
  }

  @Test
  void theRestIsNotToldWhereACounterIsMissing() {
    Map<String, Long> counters = seedCounters();
    counters.remove("pagetables");
    Memory.Accounting accounting =
        account(memory(8201837 * PAGE, counters, kernelStack(5376), List.of(), List.of()));
    assertThat(accounting.unaccountedBytes()).isNull();
    assertThat(accounting.shares()).doesNotContainKey("pageTables").containsKey("anon");
    assertThat(
            account(memory(null, seedCounters(), kernelStack(1), List.of(), List.of()))
                .unaccountedBytes())
        .isNull();
  }

  @Test
  void noCountersNoAccounting() {
    assertThat(MemoryAccounting.of(memory(4096L, Map.of(), List.of(), List.of(), List.of())))
        .isNull();
  }
}
