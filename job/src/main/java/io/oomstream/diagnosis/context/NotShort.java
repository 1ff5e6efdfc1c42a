package io.oomstream.diagnosis.context;

import io.oomstream.block.cgroup.WorkloadPath;
import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.Gfp;
import io.oomstream.event.section.Memory;
import io.oomstream.event.section.Scope;
import io.oomstream.event.section.Trigger;
import io.oomstream.event.section.TriggerPath;
import io.oomstream.event.section.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A kill while memory was not short: zones that the request may use had much free memory over their
 * high marks.
 *
 * @param freeBytes of the whole machine
 * @param overBytes free over the high marks of the zones that the request may use
 * @param zone the one of them with most
 * @param zoneOverBytes of that
 */
public record NotShort(long freeBytes, long overBytes, Memory.Zone zone, long zoneOverBytes) {

  /** Null where memory was short, or the block does not tell. */
  static @Nullable NotShort of(
      @Nullable Memory memory, ZoneView zones, Usage usage, Thresholds thresholds) {
    Long free = memory == null ? null : memory.freeBytes();
    if (free == null) {
      return null;
    }
    long sum = 0;
    Memory.Zone best = null;
    long most = 0;
    for (Memory.Zone zone : zones.allowed()) {
      long over = over(zone);
      sum += over;
      if (over > most) {
        most = over;
        best = zone;
      }
    }
    Double share = usage.share(sum);
    return best == null || share == null || share < thresholds.shortage().usableFreeShare()
        ? null
        : new NotShort(free, sum, best, most);
  }

  /** Over the high mark, of which the kernel's last look before a kill asks for. */
  private static long over(Memory.Zone zone) {
    Long high = zone.highBytes();
    Long usable = zone.effectiveFreeBytes() != null ? zone.effectiveFreeBytes() : zone.freeBytes();
    boolean noBlock =
        zone.check() != null && zone.check().verdict() == Memory.ZoneVerdict.NO_BLOCK_OF_ORDER;
    return high == null || usable == null || noBlock ? 0 : Math.max(0, usable - high);
  }

  /**
   * Whether the request is a page fault that came back without memory: up to 5.15 the kernel calls
   * its killer for that, with no flags ({@code mm/oom_kill.c: pagefault_out_of_memory},
   * 60e2793d440a).
   */
  static boolean isFailedFault(@Nullable Trigger trigger) {
    Gfp gfp = trigger == null ? null : trigger.gfp();
    return trigger != null
        && trigger.path() == TriggerPath.PAGE_FAULT
        && gfp != null
        && isZero(gfp.mask());
  }

  private static boolean isZero(@Nullable String mask) {
    return mask != null && (mask.equals("0x0") || mask.equals("0"));
  }

  public List<String> why(DiagnosisContext c) {
    List<String> why = new ArrayList<>();
    why.add(
        c.say(
            "not-short",
            "free",
            HumanUnits.bytes(freeBytes),
            "over",
            HumanUnits.bytes(overBytes),
            "zone",
            ZoneView.name(zone),
            "most",
            HumanUnits.bytes(zoneOverBytes)));
    if (isFailedFault(c.block().trigger())) {
      why.add(c.say("not-short.fault", "who", who(c)));
    } else {
      why.add(c.say("not-short.since"));
    }
    return why;
  }

  public List<Evidence> evidence(DiagnosisContext c) {
    List<Evidence> evidence = new ArrayList<>();
    Long high = zone.highBytes();
    evidence.add(
        Facts.bytes(
            c.say("fact.zone.free", "zone", ZoneView.name(zone)),
            zone.freeBytes() == null ? zoneOverBytes : zone.freeBytes(),
            high == null ? 0 : high,
            BlockLines.ofZone(c.block(), zone)));
    Scope scope = c.block().scope();
    if (isFailedFault(c.block().trigger()) && scope.taskCgroup() != null) {
      evidence.add(
          Facts.text(
              c.say("fact.control-group"), scope.taskCgroup(), BlockLines.ofSummary(c.block())));
    }
    return List.copyOf(evidence);
  }

  public List<String> advice(DiagnosisContext c) {
    return isFailedFault(c.block().trigger())
        ? c.advice("not-short.fault", "who", who(c))
        : c.advice("not-short.since");
  }

  /** Whose charge failed: the asking task's cpuset is that of its container. */
  private static String who(DiagnosisContext c) {
    Scope scope = c.block().scope();
    String cpuset = scope.cpuset();
    String task = scope.taskCgroup();
    boolean named = cpuset != null && !cpuset.equals("/");
    boolean same = named && task != null && task.contains(Objects.requireNonNull(cpuset));
    Workload workload = WorkloadPath.identify(named && !same ? "/" + cpuset : task);
    String level = workload == null || workload.containerId() == null ? "" : "CONTAINER";
    String path = named && !same ? Objects.requireNonNull(cpuset) : task == null ? "" : task;
    if (path.isEmpty() || path.equals("/")) {
      return c.say("who.its-group");
    }
    String kind =
        !level.isEmpty()
            ? level
            : workload != null && workload.systemdUnit() != null ? "UNIT" : "OTHER";
    return c.say("level." + kind) + " " + GroupName.shortened(path);
  }
}
