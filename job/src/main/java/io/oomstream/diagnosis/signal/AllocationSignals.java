package io.oomstream.diagnosis.signal;

import io.oomstream.block.KernelBlock;
import io.oomstream.block.cgroup.WorkloadPath;
import io.oomstream.diagnosis.context.BlockLines;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.Facts;
import io.oomstream.diagnosis.context.GroupName;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.WatermarkNote;
import io.oomstream.event.AnomalySignal.Allocation;
import io.oomstream.event.AnomalySignal.Judgement;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.Severity;
import io.oomstream.event.SignalKind;
import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.Gfp;
import io.oomstream.event.section.Trigger;
import io.oomstream.event.section.Unit;
import io.oomstream.event.section.Workload;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signals of a block about a failed allocation. */
public final class AllocationSignals {

  private AllocationSignals() {}

  public static void write(DiagnosisContext c, SignalWriter out) {
    KernelBlock block = c.block();
    if (block.kind() == MemoryBlock.Kind.SLAB_ALLOCATION_FAILURE) {
      slab(c, out);
    } else if (block.lineOf(LineRule.VMALLOC_FAILURE) != null) {
      vmalloc(c, out);
    } else {
      pages(c, out);
    }
  }

  private static void slab(DiagnosisContext c, SignalWriter out) {
    KernelBlock block = c.block();
    Allocation judged = AllocationJudge.slab(c);
    KernelBlock.Failure failure = block.failure();
    String cache = failure == null ? null : failure.cache();
    String line = block.lineOf(LineRule.SLUB_FAILURE);
    if (line == null) {
      line = block.lineOf(LineRule.SLAB_FAILURE);
    }
    String name = cache == null ? out.say("fact.unknown") : cache;
    String group = failure == null ? null : failure.group();
    Workload workload = group == null ? null : WorkloadPath.identify("/" + group);
    String key = workload == null ? null : workload.key();
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(Facts.text(out.say("fact.slab-cache"), name, line));
    if (group != null) {
      String ofCache = block.lineOf(LineRule.SLAB_FAILURE_CACHE);
      evidence.add(Facts.text(out.say("fact.control-group"), group, ofCache));
    }
    out.add(
        SignalKind.SLAB_ALLOCATION_FAILURE,
        Severity.WARNING,
        cache,
        null,
        evidence,
        sentence(
            out,
            group == null
                ? out.say("signal.slab", "cache", name)
                : out.say(
                    "signal.slab.group",
                    "cache",
                    name,
                    "group",
                    levelOf(c, workload) + " " + GroupName.shortened(group)),
            judged),
        s -> key == null ? s.of(judged) : s.of(judged).ofWorkload(key));
  }

  private static String levelOf(DiagnosisContext c, @Nullable Workload workload) {
    boolean container = workload != null && workload.containerId() != null;
    boolean unit = !container && workload != null && workload.systemdUnit() != null;
    return c.say("level." + (container ? "CONTAINER" : unit ? "UNIT" : "OTHER"));
  }

  private static void vmalloc(DiagnosisContext c, SignalWriter out) {
    KernelBlock block = c.block();
    Allocation judged = AllocationJudge.vmalloc(c);
    out.add(
        SignalKind.VMALLOC_FAILURE,
        Severity.WARNING,
        subject(block.trigger()),
        null,
        List.of(
            Facts.text(
                out.say("fact.failure"),
                block.failure() == null ? "vmalloc" : block.failure().text(),
                block.lineOf(LineRule.VMALLOC_FAILURE))),
        sentence(out, out.say("signal.vmalloc", "who", who(c, block.trigger())), judged),
        s -> s.of(judged));
  }

  private static void pages(DiagnosisContext c, SignalWriter out) {
    KernelBlock block = c.block();
    Trigger trigger = block.trigger();
    KernelBlock.Failure failure = block.failure();
    Integer order = order(trigger, failure);
    String line = block.lineOf(LineRule.PAGE_ALLOCATION_FAILURE);
    String stall = block.lineOf(LineRule.PAGE_ALLOCATION_STALL);
    stall = stall != null ? stall : block.lineOf(LineRule.PAGE_ALLOCATION_STALL_MISSPELT);
    boolean stalled = line == null && stall != null;
    if (stalled) {
      line = stall;
    }
    if (line == null && failure == null) {
      return;
    }
    int limit = c.thresholds().shortage().highOrder();
    boolean high = order != null && order > limit;
    Allocation judged = AllocationJudge.of(c, order, stalled);
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        order == null
            ? Facts.text(out.say("fact.failure"), failure == null ? "" : failure.text(), line)
            : Facts.order(out.say("fact.order"), order, limit, line));
    if (judged.caller() != null) {
      evidence.add(
          Facts.text(
              out.say("fact.caller"),
              judged.caller(),
              BlockLines.containing(block, Section.CALL_TRACE, judged.caller())));
    }
    evidence.addAll(WatermarkNote.zones(c));
    List<String> words = new ArrayList<>();
    words.add(
        out.say(
            stalled ? "signal.stalled" : "signal.failed",
            "who",
            who(c, trigger),
            "size",
            size(out, trigger, order)));
    if (order != null && order > AllocationJudge.COSTLY_ORDER) {
      words.add(out.say("signal.costly", "order", order));
    }
    words.add(judged.reason());
    out.add(
        high ? SignalKind.HIGH_ORDER_ALLOCATION_FAILURE : SignalKind.ALLOCATION_FAILURE,
        severity(judged, isAtomic(trigger) && !high),
        subject(trigger),
        order == null ? null : new SignalWriter.Measure(order, limit, Unit.ORDER),
        evidence,
        String.join(out.say("sentence.separator"), words),
        s -> s.of(judged));
  }

  private static Severity severity(Allocation judged, boolean expected) {
    boolean mild =
        judged.judgement() == Judgement.HARMLESS || judged.judgement() == Judgement.DEGRADED;
    return mild || expected ? Severity.INFO : Severity.WARNING;
  }

  private static String sentence(SignalWriter out, String what, Allocation judged) {
    return what + out.say("sentence.separator") + judged.reason();
  }

  private static @Nullable Integer order(
      @Nullable Trigger trigger, KernelBlock.@Nullable Failure failure) {
    if (failure != null && failure.order() != null) {
      return failure.order();
    }
    return trigger == null ? null : trigger.order();
  }

  private static boolean isAtomic(@Nullable Trigger trigger) {
    Gfp gfp = trigger == null ? null : trigger.gfp();
    return gfp != null && Boolean.FALSE.equals(gfp.mayBlock());
  }

  private static @Nullable String subject(@Nullable Trigger trigger) {
    return trigger == null ? null : trigger.comm();
  }

  private static String who(DiagnosisContext c, @Nullable Trigger trigger) {
    return trigger == null || trigger.comm() == null
        ? c.say("who.unknown-task")
        : c.who(trigger.comm(), trigger.pid());
  }

  private static String size(SignalWriter out, @Nullable Trigger trigger, @Nullable Integer order) {
    Long bytes = trigger == null ? null : trigger.requestedBytes();
    if (order == null) {
      return out.say("size.unknown");
    }
    return bytes == null
        ? out.say("size.order", "order", order)
        : out.say(
            order > 0 ? "size.one-piece" : "size.page",
            "bytes",
            HumanUnits.bytes(bytes),
            "order",
            order);
  }
}
