package io.oomstream.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.Badness;
import io.oomstream.event.section.BlockInfo;
import io.oomstream.event.section.Gfp;
import io.oomstream.event.section.KillReason;
import io.oomstream.event.section.Memory;
import io.oomstream.event.section.Provenance;
import io.oomstream.event.section.Scope;
import io.oomstream.event.section.Tasks;
import io.oomstream.event.section.Trigger;
import io.oomstream.event.section.TriggerPath;
import io.oomstream.event.section.Victim;
import io.oomstream.format.line.KernelLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The report that the project was founded on, figure by figure. */
class SeedReportTest {

  private static final long PAGE = 4096;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ROOT);

  private final List<KernelBlock> blocks = blocks();
  private final KernelBlock block = blocks.get(blocks.size() - 1);

  @Test
  void isOneWholeReportAndTheReaperBeforeItIsNotPartOfIt() {
    assertThat(blocks).hasSize(1);
    assertThat(block.kind()).isEqualTo(MemoryBlock.Kind.OOM);
    assertThat(block.info().missing()).isEmpty();
    assertThat(block.info().complete()).isTrue();
    assertThat(block.info().unparsedLines()).isZero();
    assertThat(block.info().closedBy()).isEqualTo(BlockInfo.ClosedBy.TERMINATOR);
    assertThat(block.info().first()).isEqualTo(new BlockInfo.Position("seed", 0, 2));
    assertThat(block.info().id()).matches("[0-9a-f]{32}");
    assertThat(block.provenance()).isEqualTo(Provenance.UNVERIFIED);
    assertThat(block.time()).isEqualTo("2024-08-11T20:21:28Z");
    assertThat(block.kernelTimeUs()).isNull();
  }

  @Test
  void killsOneProcess() {
    assertThat(block.kills()).hasSize(1);
    KernelBlock.Kill kill = block.kills().get(0);
    Victim victim = kill.victim();
    assertThat(victim.pid()).isEqualTo(5071);
    assertThat(victim.comm()).isEqualTo("a.out");
    assertThat(victim.commHex()).isNull();
    assertThat(victim.uid()).isZero();
    assertThat(victim.oomScoreAdj()).isZero();
    assertThat(victim.totalVmBytes()).isEqualTo(11_433_589_420_032L);
    assertThat(victim.anonRssBytes()).isEqualTo(10_081_796_096L);
    assertThat(victim.fileRssBytes()).isEqualTo(131_072);
    assertThat(victim.shmemRssBytes()).isZero();
    assertThat(victim.rssBytes()).isEqualTo(10_081_927_168L);
    assertThat(victim.pageTableBytes()).isEqualTo(21_850_556L * 1024);
    assertThat(victim.swapBytes()).isEqualTo(8_441_856 * PAGE);
    Badness badness = Objects.requireNonNull(victim.badness());
    assertThat(badness.points()).isEqualTo(16_365_653);
    assertThat(badness.rank()).isEqualTo(1);
    assertThat(kill.reason()).isEqualTo(KillReason.OUT_OF_MEMORY);
    assertThat(kill.reaper()).isNull();
    assertThat(kill.scope()).isEqualTo(block.scope());
  }

  @Test
  void namesTriggerAndScope() {
    Trigger trigger = Objects.requireNonNull(block.trigger());
    assertThat(trigger.comm()).isEqualTo("kswapd0");
    assertThat(trigger.pid()).isEqualTo(111);
    assertThat(trigger.cpu()).isEqualTo(5);
    assertThat(trigger.uid()).isNull();
    assertThat(trigger.order()).isZero();
    assertThat(trigger.requestedBytes()).isEqualTo(PAGE);
    assertThat(trigger.oomScoreAdj()).isZero();
    assertThat(trigger.path()).isEqualTo(TriggerPath.KSWAPD);
    Gfp gfp = Objects.requireNonNull(trigger.gfp());
    assertThat(gfp.mask()).isEqualTo("0xcc0");
    assertThat(gfp.names()).containsExactly("GFP_KERNEL");
    assertThat(block.scope())
        .isEqualTo(
            new Scope(
                Scope.Kind.GLOBAL,
                "CONSTRAINT_NONE",
                null,
                "/",
                "0",
                null,
                "/scon.container.01GQQVF6C60000000000DOCKER.17qk8ev/child/docker/"
                    + "9338c8be733c89d753e9dcb886e469803da8e99e1e048d5da1b6a7ac9a346aad",
                null,
                null));
    assertThat(block.host().kernelRelease()).isEqualTo("6.9.8-orbstack-00170-g7b4100b7ced4");
    assertThat(block.host().hardware()).isEqualTo("orbstack,virt (DT)");
    assertThat(block.host().tainted()).isNull();
    assertThat(block.host().pageSizeBytes()).isEqualTo(PAGE);
    assertThat(block.callTrace())
        .startsWith("dump_backtrace", "show_stack")
        .endsWith("kswapd", "kthread", "ret_from_fork")
        .hasSize(11);
  }

  @Test
  void readsMemory() {
    Memory memory = Objects.requireNonNull(block.memory());
    assertThat(memory.totalBytes()).isEqualTo(34_359_738_368L);
    assertThat(memory.reservedBytes()).isEqualTo(186_771 * PAGE);
    assertThat(memory.managedBytes()).isEqualTo(33_594_724_352L);
    assertThat(memory.freeBytes()).isEqualTo(91_529 * PAGE);
    assertThat(memory.swapFreeBytes()).isEqualTo(4096);
    assertThat(memory.swapTotalBytes()).isEqualTo(33_855_916L * 1024);
    assertThat(memory.swapCacheBytes()).isEqualTo(1301 * PAGE);
    assertThat(memory.pageCacheBytes()).isEqualTo(1528 * PAGE);
    assertThat(memory.cmaBytes()).isNull();
    assertThat(memory.hwPoisonedBytes()).isNull();
    assertThat(memory.counters())
        .hasSize(20)
        .containsEntry("active_anon", 1_008_777 * PAGE)
        .containsEntry("pagetables", 5_462_164 * PAGE)
        .containsEntry("slab_unreclaimable", 25_908 * PAGE);
    assertThat(memory.nodes()).hasSize(1);
    assertThat(memory.nodes().get(0).allUnreclaimable()).isFalse();
    assertThat(memory.nodes().get(0).counters())
        .containsEntry("kernel_stack", 5376L * 1024)
        .containsEntry("isolated_anon", 0L);
    assertThat(memory.zones()).hasSize(2);
    Memory.Zone dma = memory.zones().get(0);
    assertThat(dma.node()).isNull();
    assertThat(dma.name()).isEqualTo("DMA");
    assertThat(dma.lowmemReserveBytes()).containsExactly(0L, 0L, 30_091 * PAGE, 30_091 * PAGE);
    assertThat(dma.buddy()).hasSize(11).contains(new Memory.FreeBlocks(3, 1075, "UM"));
    Memory.Zone normal = memory.zones().get(1);
    assertThat(normal.freeBytes()).isEqualTo(238_836L * 1024);
    assertThat(normal.boostBytes()).isZero();
    assertThat(normal.highBytes()).isEqualTo(146_260L * 1024);
    assertThat(normal.reservedHighAtomicBytes()).isEqualTo(151_552L * 1024);
    assertThat(normal.effectiveFreeBytes()).isEqualTo((238_836L - 151_552L) * 1024);
    assertThat(dma.effectiveFreeBytes()).isEqualTo(125_364L * 1024 - 30_091 * PAGE);
    Memory.Accounting accounting = Objects.requireNonNull(memory.accounting());
    assertThat(accounting.unaccountedBytes()).isEqualTo(153_023 * PAGE);
    assertThat(normal.counters()).containsEntry("free_pcp", 1292L * 1024).doesNotContainKey("min");
  }

  @Test
  void readsTheTable() {
    Tasks tasks = Objects.requireNonNull(block.tasks());
    assertThat(tasks.count()).isEqualTo(19);
    assertThat(tasks.rows()).hasSize(19);
    Tasks.Row top = tasks.rows().get(0);
    assertThat(top.pid()).isEqualTo(5071);
    assertThat(top.totalVmBytes()).isEqualTo(2_791_357_842L * PAGE);
    assertThat(top.pageTableBytes()).isEqualTo(22_374_600_704L);
    assertThat(top.anonRssBytes()).isEqualTo(2_461_216 * PAGE);
    assertThat(tasks.byComm().get(0).comm()).isEqualTo("a.out");
    assertThat(tasks.byComm())
        .anySatisfy(
            group -> {
              assertThat(group.comm()).isEqualTo("containerd-shim");
              assertThat(group.count()).isEqualTo(2);
              assertThat(group.rssBytes()).isEqualTo((843 + 903) * PAGE);
            });
    assertThat(tasks.rows().get(18).comm()).isEqualTo("simplevisor");
  }

  @Test
  void agreesWithItself() {
    assertThat(block.selfChecks())
        .extracting(MemoryBlock.SelfCheck::name)
        .contains(
            "freeListSums",
            "zoneWatermarkOrder",
            "zonesPresentAreRam",
            "zonesManagedAreRamLessReserved",
            "zonesFreeAreTotalFree",
            "nodes_active_anon",
            "swapFreeWithinTotal",
            "victimTotalVmAsInTable");
    assertThat(block.selfChecks()).allMatch(MemoryBlock.SelfCheck::passed);
  }

  private static List<KernelBlock> blocks() {
    try {
      List<KernelLine> lines = new ArrayList<>();
      int number = 0;
      for (String text :
          Files.readAllLines(Path.of("../samples/seed.dmesg"), StandardCharsets.ISO_8859_1)) {
        number++;
        int end = text.indexOf("] ");
        long seconds =
            LocalDateTime.parse(text.substring(1, end), TIME).toEpochSecond(ZoneOffset.UTC);
        lines.add(
            new KernelLine(
                null,
                null,
                seconds * 1_000_000,
                null,
                null,
                null,
                null,
                null,
                null,
                text.substring(end + 2),
                "seed",
                0,
                number,
                0,
                0));
      }
      return Kmsg.parse(lines);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
