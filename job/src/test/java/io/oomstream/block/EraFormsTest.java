package io.oomstream.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.KillReason;
import io.oomstream.event.section.Memcg;
import io.oomstream.event.section.Memory;
import io.oomstream.event.section.Reaper;
import io.oomstream.event.section.Scope;
import io.oomstream.event.section.Tasks;
import io.oomstream.event.section.Trigger;
import io.oomstream.event.section.TriggerPath;
import io.oomstream.event.section.Victim;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The forms of kernels from 2.6.32 to 6.8 that the lab does not run. */
class EraFormsTest {

  private static final long KB = 1024;

  @Test
  void readsRedHat6() {
    KernelBlock block = Kmsg.report(EraForms.EL6);
    Trigger trigger = Objects.requireNonNull(block.trigger());
    assertThat(trigger.pid()).isEqualTo(11863);
    assertThat(trigger.cpu()).isNull();
    assertThat(trigger.path()).isEqualTo(TriggerPath.PAGE_FAULT);
    assertThat(block.callTrace()).contains("? handle_pte_fault", "? out_of_memory");
    assertThat(block.host().kernelRelease()).isEqualTo("2.6.32-279.el6.x86_64");
    assertThat(block.host().pageSizeBytes()).isEqualTo(4096);
    assertThat(block.scope().kind()).isEqualTo(Scope.Kind.GLOBAL);
    assertThat(block.scope().memsAllowed()).isEqualTo("0");
    KernelBlock.Kill kill = block.kills().get(0);
    assertThat(kill.reason()).isEqualTo(KillReason.OUT_OF_MEMORY);
    Victim victim = kill.victim();
    assertThat(victim.pid()).isEqualTo(11863);
    assertThat(victim.comm()).isEqualTo("httpd -k start");
    assertThat(victim.uid()).isEqualTo(48);
    assertThat(victim.rssBytes()).isEqualTo(720_000 * KB);
    assertThat(victim.shmemRssBytes()).isNull();
    assertThat(victim.pageTableBytes()).isNull();
    assertThat(victim.swapBytes()).isNull();
    assertThat(victim.oomScoreAdj()).isZero();
    Memory memory = Objects.requireNonNull(block.memory());
    assertThat(memory.counters()).containsEntry("unstable", 0L).containsEntry("free", 6000 * KB);
    Memory.Zone zone = memory.zones().get(0);
    assertThat(zone.managedBytes()).isNull();
    assertThat(zone.pagesScanned()).isEqualTo(123);
    assertThat(zone.counters()).doesNotContainKey("pages_scanned");
    assertThat(block.info().missing()).isEmpty();
    assertThat(block.info().unparsedLines()).isZero();
    assertThat(block.selfChecks()).allMatch(MemoryBlock.SelfCheck::passed);
  }

  @Test
  void readsAControlGroupOfRedHat7() {
    KernelBlock block = Kmsg.report(EraForms.EL7_MEMCG);
    assertThat(block.scope().kind()).isEqualTo(Scope.Kind.MEMCG);
    assertThat(block.scope().limitCgroup()).isEqualTo("/system.slice/docker-aa.scope");
    assertThat(block.scope().taskCgroup()).isEqualTo("/system.slice/docker-aa.scope/sub");
    assertThat(block.scope().cpuset()).isEqualTo("docker-aa.scope");
    assertThat(block.scope().constraint()).isNull();
    assertThat(block.callTrace())
        .containsExactly(
            "dump_stack",
            "oom_kill_process",
            "mem_cgroup_oom_synchronize",
            "pagefault_out_of_memory");
    assertThat(block.host().tainted()).isEqualTo("GWOET");
    assertThat(Objects.requireNonNull(block.trigger()).path()).isEqualTo(TriggerPath.MEMCG_CHARGE);
    Memcg memcg = Objects.requireNonNull(block.memcg());
    assertThat(memcg.path()).isEqualTo("/system.slice/docker-aa.scope");
    assertThat(memcg.limitBytes()).isEqualTo(1_048_576 * KB);
    assertThat(memcg.failCount()).isEqualTo(137);
    assertThat(memcg.memoryAndSwap()).isEqualTo(new Memcg.Usage(1_048_576 * KB, null, 0L));
    assertThat(memcg.stats().bytes())
        .containsEntry("rss", 1_048_000 * KB)
        .containsEntry("cache", 120 * KB)
        .hasSize(10);
    assertThat(block.host().pageSizeBytes()).isEqualTo(4096);
    KernelBlock.Kill kill = block.kills().get(0);
    assertThat(kill.reason()).isEqualTo(KillReason.MEMCG_OUT_OF_MEMORY);
    assertThat(kill.victim().comm()).isEqualTo("java (x), y");
    assertThat(kill.victim().uid()).isEqualTo(1000);
    assertThat(kill.victim().oomScoreAdj()).isEqualTo(-998);
    assertThat(kill.victim().pageTableBytes()).isEqualTo(300 * 4096L);
    assertThat(kill.victim().swapBytes()).isEqualTo(7 * 4096L);
    assertThat(block.info().missing()).isEmpty();
    assertThat(block.info().unparsedLines()).isZero();
  }

  @Test
  void readsPagesOf64KbAndAPolicy() {
    KernelBlock block = Kmsg.report(EraForms.V4_14);
    assertThat(block.host().pageSizeBytes()).isEqualTo(64 * KB);
    assertThat(block.scope().kind()).isEqualTo(Scope.Kind.MEMORY_POLICY);
    assertThat(block.scope().nodemask()).isEqualTo("0");
    Trigger trigger = Objects.requireNonNull(block.trigger());
    assertThat(trigger.order()).isEqualTo(2);
    assertThat(trigger.requestedBytes()).isEqualTo(256 * KB);
    assertThat(trigger.path()).isEqualTo(TriggerPath.DIRECT_RECLAIM);
    assertThat(block.callTrace())
        .containsExactly("dump_backtrace", "? dump_stack", "__alloc_pages_slowpath.constprop.97");
    Memory memory = Objects.requireNonNull(block.memory());
    assertThat(memory.totalBytes()).isEqualTo(4L << 30);
    assertThat(memory.counters()).containsEntry("free", 6 * 64 * KB).hasSize(19);
    assertThat(memory.nodes().get(0).counters()).containsEntry("shmem_thp", 64 * KB);
    assertThat(memory.nodes().get(0).allUnreclaimable()).isTrue();
    assertThat(memory.zones().get(0).node()).isZero();
    assertThat(memory.zones().get(0).buddy())
        .containsExactly(
            new Memory.FreeBlocks(0, 2, "UM"),
            new Memory.FreeBlocks(1, 2, "M"),
            new Memory.FreeBlocks(2, 0, null));
    Tasks tasks = Objects.requireNonNull(block.tasks());
    assertThat(tasks.rows().get(0).pageTableBytes()).isEqualTo(5 * 64 * KB);
    assertThat(block.info().missing()).isEmpty();
  }

  @Test
  void takesTheMessageFromTheLineBefore() {
    KernelBlock block = Kmsg.report(EraForms.V5_0_MEMCG);
    assertThat(block.kills().get(0).reason()).isEqualTo(KillReason.MEMCG_OUT_OF_MEMORY);
    assertThat(block.scope().memsAllowed()).isEqualTo("0,2-3");
    assertThat(block.scope().limitCgroup()).isEqualTo("/a:b");
    assertThat(block.scope().taskCgroup()).isEqualTo("/a:b,c=d");
    assertThat(block.kills().get(0).victim().uid()).isEqualTo(-2);
    Memcg memcg = Objects.requireNonNull(block.memcg());
    assertThat(memcg.path()).isEqualTo("/a:b");
    assertThat(memcg.swap()).isEqualTo(new Memcg.Usage(0L, 0L, 0L));
    assertThat(memcg.stats().bytes()).containsEntry("rss", 900 * KB);
  }

  @Test
  void knowsPageTablesInBytesByTheRow() {
    KernelBlock block = Kmsg.report(EraForms.V5_4_0);
    assertThat(block.kills().get(0).victim().pageTableBytes()).isEqualTo(3_276_800);
    assertThat(block.host().pageSizeBytes()).isEqualTo(4096);
    assertThat(block.info().missing()).contains("INVOCATION", "CALL_TRACE", "ZONES", "SUMMARY");
    assertThat(block.info().complete()).isFalse();
  }

  @Test
  void knowsAKillThatWasAskedFor() {
    KernelBlock block = Kmsg.report(EraForms.V6_8_SYSRQ);
    Trigger trigger = Objects.requireNonNull(block.trigger());
    assertThat(trigger.order()).isEqualTo(-1);
    assertThat(trigger.requestedBytes()).isNull();
    assertThat(trigger.uid()).isZero();
    assertThat(trigger.path()).isEqualTo(TriggerPath.SYSRQ);
    assertThat(block.host().tainted()).isEqualTo("GW");
    assertThat(block.host().kernelRelease()).isEqualTo("6.12.0");
    assertThat(block.callTrace()).containsExactly("dump_stack_lvl", "? show_bug", "moom_callback");
    assertThat(block.scope().taskCgroup()).isEqualTo("/x");
    KernelBlock.Kill kill = block.kills().get(0);
    assertThat(kill.reason()).isEqualTo(KillReason.SYSRQ);
    assertThat(kill.victim().swapBytes()).isEqualTo(5 * 4096);
    Tasks.Row row = Objects.requireNonNull(block.tasks()).rows().get(0);
    assertThat(row.comm()).isEqualTo("7 zip");
    assertThat(row.shmemRssBytes()).isEqualTo(50 * 4096);
  }

  @Test
  void countsEachMemberOfAGroupOnce() {
    KernelBlock block =
        Kmsg.report(
            "memory: usage 1024kB, limit 1024kB, failcnt 3",
            "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,"
                + "oom_memcg=/a,task_memcg=/a/b,task=x,pid=9,uid=0",
            "Memory cgroup out of memory: Killed process 9 (x) total-vm:2000kB, anon-rss:900kB",
            "Tasks in /a/b are going to be killed due to memory.oom.group set",
            "Memory cgroup out of memory: OOM victim 9 (x) is already exiting. Skip killing the task",
            "Memory cgroup out of memory: Killed process 9 (x) total-vm:2000kB, anon-rss:900kB",
            "Memory cgroup out of memory: Killed process 10 (y) total-vm:2000kB, anon-rss:900kB",
            "oom_reaper: unable to reap pid:10 (y)");
    assertThat(block.kills())
        .extracting(k -> k.victim().pid(), KernelBlock.Kill::reason, k -> k.scope().taskCgroup())
        .containsExactly(
            tuple(9L, KillReason.MEMCG_OUT_OF_MEMORY, "/a/b"),
            tuple(10L, KillReason.OOM_GROUP, "/a/b"));
    assertThat(block.kills().get(0).reaper()).isNull();
    assertThat(block.kills().get(1).reaper()).isEqualTo(new Reaper(false, null, null, null));
    assertThat(block.victimExiting()).isFalse();
  }

  @Test
  void readsTotalsThatLostTheirLeadingBlank() {
    KernelBlock block =
        Kmsg.report(
            "a invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0",
            "Mem-Info:",
            "active_anon:1 inactive_anon:2 isolated_anon:0",
            "active_file:3 inactive_file:4 isolated_file:0",
            "mapped:5 shmem:6 pagetables:7 bounce:0",
            "free:8 free_pcp:9 free_cma:0",
            "Normal: 8*4kB (U) = 32kB");
    Memory memory = Objects.requireNonNull(block.memory());
    assertThat(memory.counters())
        .containsEntry("inactive_file", 4 * 4096L)
        .containsEntry("pagetables", 7 * 4096L)
        .containsEntry("free_pcp", 9 * 4096L);
    assertThat(memory.zones()).hasSize(1);
    assertThat(memory.zones().get(0).freeBytes()).isNull();
    assertThat(block.info().missing()).contains("ZONES", "KILL").doesNotContain("FREE_LISTS");
  }

  @Test
  void readsATableThatLostItsHeader() {
    KernelBlock block =
        Kmsg.report(
            "[    300]  1000   300     1000      900    40960        5             0 7 zip",
            "[    301]  1000   301     1000      901    40960        0             0 b",
            "Out of memory: Killed process 300 (7 zip) total-vm:4000kB, anon-rss:2800kB");
    Tasks.Row row = Objects.requireNonNull(block.tasks()).rows().get(0);
    assertThat(row.comm()).isEqualTo("7 zip");
    assertThat(row.pageTableBytes()).isEqualTo(40_960);
    assertThat(row.swapBytes()).isEqualTo(5 * 4096);
    assertThat(block.info().missing()).contains("INVOCATION").doesNotContain("TASKS");
  }

  @Test
  void readsFailedAllocations() {
    KernelBlock arm = Kmsg.report(EraForms.ARM_FAILURE);
    assertThat(arm.kind()).isEqualTo(MemoryBlock.Kind.PAGE_ALLOCATION_FAILURE);
    assertThat(arm.failure())
        .isEqualTo(new KernelBlock.Failure("page allocation failure: order:1", 1, null));
    assertThat(arm.callTrace()).containsExactly("unwind_backtrace", "show_stack", "dump_stack");
    Trigger trigger = Objects.requireNonNull(arm.trigger());
    assertThat(trigger.comm()).isEqualTo("ksoftirqd/1");
    assertThat(trigger.requestedBytes()).as("page size unknown").isNull();
    assertThat(Objects.requireNonNull(arm.memory()).counters()).isEmpty();

    KernelBlock slub = Kmsg.report(EraForms.SLUB);
    assertThat(slub.kind()).isEqualTo(MemoryBlock.Kind.SLAB_ALLOCATION_FAILURE);
    assertThat(slub.failure())
        .isEqualTo(
            new KernelBlock.Failure(
                "SLUB: Unable to allocate memory on node -1", 0, "kmalloc-256", "helper-logs"));
  }

  @Test
  void readsAPanic() {
    KernelBlock block = Kmsg.report(EraForms.PANIC);
    assertThat(block.panic()).isEqualTo("Out of memory: system-wide panic_on_oom is enabled");
    assertThat(block.noKillable()).isFalse();
    assertThat(block.kills()).isEmpty();
    assertThat(block.info().missing()).contains("TASKS").doesNotContain("KILL", "SUMMARY");
  }
}
