package io.oomstream.anomaly;

import io.oomstream.diagnosis.context.Findings;
import io.oomstream.diagnosis.context.Observation;
import io.oomstream.event.KillEvent;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.SignalKind;
import io.oomstream.event.section.Host;
import io.oomstream.event.section.Memcg;
import io.oomstream.event.section.Memory;
import io.oomstream.event.section.Provenance;
import io.oomstream.event.section.Trigger;
import io.oomstream.event.section.Workload;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The occurrences in the findings of a block. */
public final class Occurrences {

  /** Functions of the allocator, which are in every trace: they did not request the memory. */
  private static final List<String> ALLOCATOR =
      List.of(
          "dump_stack",
          "show_stack",
          "__dump_stack",
          "dump_header",
          "warn_alloc",
          "alloc_pages",
          "__alloc_pages",
          "__alloc_frozen_pages",
          "alloc_frozen_pages",
          "__get_free_pages",
          "get_free_pages",
          "__folio_alloc",
          "folio_alloc",
          "new_slab",
          "allocate_slab",
          "___slab_alloc",
          "__slab_alloc",
          "___kmalloc",
          "__kmalloc",
          "kmalloc",
          "__kvmalloc",
          "kvmalloc",
          "kmem_cache_alloc",
          "__do_kmalloc",
          "__vmalloc",
          "vmalloc",
          "cache_alloc_refill",
          "cache_grow",
          "kmem_getpages");

  private Occurrences() {}

  /** Whether signals of this kind are grouped when they come in bursts. */
  public static boolean comesInBursts(SignalKind kind) {
    return kind == SignalKind.ALLOCATION_FAILURE
        || kind == SignalKind.HIGH_ORDER_ALLOCATION_FAILURE;
  }

  /** One occurrence for each kill; one for processes that were killed together. */
  public static List<Occurrence> ofKills(Findings findings) {
    Observation seen = findings.observation();
    List<Occurrence> occurrences = new ArrayList<>();
    if (seen == null) {
      return occurrences;
    }
    for (Observation.KillSeen kill : seen.kills()) {
      occurrences.add(
          new Occurrence(
              seen.hostKey(),
              seen.host(),
              kill.id(),
              seen.eventTimeMs(),
              seen.time(),
              null,
              keyOf(kill),
              fleetKey(kill, eventOf(kill.id(), findings)),
              null,
              null,
              null,
              seen.provenance(),
              null));
    }
    return occurrences;
  }

  /** A failed allocation. */
  public static Occurrence ofFailure(
      Findings.Signal signal, @Nullable MemoryBlock block, String hostKey, long eventTimeMs) {
    Host host = signal.signal().host();
    Trigger trigger = block == null ? null : block.trigger();
    Memory memory = block == null ? null : block.memory();
    Provenance provenance = signal.signal().provenance();
    return new Occurrence(
        hostKey,
        host == null ? new Host(hostKey, null, null, null, null, null) : host,
        signal.id(),
        eventTimeMs,
        signal.signal().time(),
        signal.signal().kind(),
        "",
        null,
        trigger == null ? null : trigger.order(),
        memory == null ? null : memory.freeBytes(),
        block == null ? null : requester(block.callTrace()),
        provenance == null ? Provenance.UNVERIFIED : provenance,
        null);
  }

  /** What kills of one host are grouped by. */
  private static String keyOf(Observation.KillSeen kill) {
    if (kill.workload() != null) {
      return kill.workload();
    }
    return kill.comm() == null ? "" : kill.comm();
  }

  /**
   * A container's control group names one instance, which exists on one host only. Instances of one
   * deployment share their program and their limit, and the kernel log has both.
   */
  private static @Nullable String fleetKey(Observation.KillSeen kill, @Nullable KillEvent event) {
    Workload workload = event == null ? null : event.workload();
    boolean instance =
        workload != null && (workload.podUid() != null || workload.containerId() != null);
    if (workload != null && !instance && workload.systemdUnit() != null) {
      return workload.key();
    }
    if (kill.comm() == null) {
      return kill.workload();
    }
    Memcg memcg = event == null ? null : event.memcg();
    Long limit = memcg == null ? null : memcg.limitBytes();
    return "comm:" + kill.comm() + (limit == null ? "" : " limit:" + limit);
  }

  private static @Nullable KillEvent eventOf(String id, Findings findings) {
    for (Findings.Kill kill : findings.kills()) {
      if (kill.id().equals(id)) {
        return kill.event();
      }
    }
    return null;
  }

  /** The first reliable frame that is not one of the allocator. */
  private static @Nullable String requester(List<String> callTrace) {
    for (String frame : callTrace) {
      if (!frame.startsWith("?") && ALLOCATOR.stream().noneMatch(frame::startsWith)) {
        return frame;
      }
    }
    return null;
  }
}
