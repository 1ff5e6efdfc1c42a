package io.oomstream.block;

import io.oomstream.block.cgroup.WorkloadPath;
import io.oomstream.block.request.FailureLine;
import io.oomstream.block.request.InvocationLine;
import io.oomstream.block.request.PrintedMask;
import io.oomstream.block.text.Digits;
import io.oomstream.block.text.Latin1;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.Gfp;
import io.oomstream.event.section.Trigger;
import io.oomstream.event.section.TriggerPath;
import io.oomstream.event.section.Workload;
import io.oomstream.kernel.Section;
import org.jspecify.annotations.Nullable;

/** The request that could not be served, from the opening line, the stack header and the trace. */
final class TriggerReader {

  /** Orders that a kernel can ask for; -1 is SysRq. */
  private static final int MAX_ORDER = 30;

  private TriggerReader() {}

  static @Nullable PrintedMask mask(Sections s) {
    if (s.invocation != null) {
      return s.invocation.mask();
    }
    return s.failure != null ? s.failure.mask() : s.slabFailure.mask();
  }

  /** The order asked for; -1 is SysRq. */
  static @Nullable Integer order(Sections s) {
    if (s.invocation != null) {
      return s.invocation.order();
    }
    return s.failure != null ? s.failure.order() : s.slabFailure.order();
  }

  /** Whether somebody asked the kernel to kill. */
  static boolean isSysrq(Sections s) {
    Integer order = s.invocation == null ? null : s.invocation.order();
    return (order != null && order == -1)
        || s.present.contains(Section.SYSRQ)
        || s.callTrace.isSysrq();
  }

  /** Null for blocks without an opening line. */
  static @Nullable Trigger of(
      Sections s,
      MemoryBlock.Kind kind,
      @Nullable Gfp gfp,
      @Nullable Long pageSize,
      @Nullable String cpuset) {
    InvocationLine invocation = s.invocation;
    FailureLine failure = s.failure;
    boolean slab = kind == MemoryBlock.Kind.SLAB_ALLOCATION_FAILURE;
    if (invocation == null && failure == null && !slab) {
      return null;
    }
    String comm = invocation != null ? invocation.comm() : failure != null ? failure.comm() : null;
    Integer order = order(s);
    String header = s.stackHeader.comm();
    if (comm == null && failure != null) {
      comm = header; // whoever failed prints the stack: warn_alloc calls dump_stack
    }
    if (comm != null && header != null && comm.strip().equals(header)) {
      comm = header; // indented by a paste
    }
    boolean sameTask = comm == null || header == null || comm.equals(header);
    TriggerPath path =
        isSysrq(s) ? TriggerPath.SYSRQ : s.callTrace.path(gfp == null ? null : gfp.mayBlock());
    return new Trigger(
        comm == null ? null : Latin1.decode(comm),
        pid(invocation, sameTask ? s.stackHeader.pid() : null),
        sameTask ? s.stackHeader.uid() : null,
        sameTask ? s.stackHeader.cpu() : null,
        order,
        requested(order, pageSize),
        invocation == null ? null : invocation.oomScoreAdj(),
        gfp == null ? null : gfp.ofOrder(order),
        path,
        asker(cpuset));
  }

  /**
   * Who asked: of the cpuset the kernel prints the last part of its path, which for a container or
   * unit is its own name ({@code kernel/cgroup/cpuset.c: cpuset_print_current_mems_allowed}). A
   * name that is none of theirs names no workload.
   */
  private static @Nullable Workload asker(@Nullable String cpuset) {
    Workload named = WorkloadPath.identify(cpuset);
    return named == null
            || (named.runtime() == null && named.containerId() == null && named.podUid() == null)
        ? null
        : named;
  }

  private static @Nullable Long pid(@Nullable InvocationLine invocation, @Nullable Long ofHeader) {
    return invocation != null && invocation.pid() != null ? invocation.pid() : ofHeader;
  }

  private static @Nullable Long requested(@Nullable Integer order, @Nullable Long pageSize) {
    return order == null || order < 0 || order > MAX_ORDER
        ? null
        : Digits.times(1L << order, pageSize);
  }
}
