package io.oomstream.block;

import io.oomstream.block.cgroup.LimitLevel;
import io.oomstream.block.line.SummaryLine;
import io.oomstream.block.request.CpusetLine;
import io.oomstream.block.request.FailureLine;
import io.oomstream.block.request.InvocationLine;
import io.oomstream.block.text.NodeList;
import io.oomstream.block.victim.KillList;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.KillReason;
import io.oomstream.event.section.Scope;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whose memory ran out: from the summary line, else from what else the block holds. */
final class ScopeReader {

  static final Scope UNKNOWN =
      new Scope(Scope.Kind.UNKNOWN, null, null, null, null, null, null, null, null);

  private static final String CONSTRAINT = "CONSTRAINT_";

  /** A cut line may end within one of these. */
  private static final List<String> KNOWN =
      List.of(
          "CONSTRAINT_NONE", "CONSTRAINT_MEMCG", "CONSTRAINT_CPUSET", "CONSTRAINT_MEMORY_POLICY");

  private ScopeReader() {}

  static Scope of(Sections s, MemoryBlock.Kind blockKind) {
    SummaryLine summary = s.summary;
    InvocationLine invocation = s.invocation;
    FailureLine failure = s.failure;
    CpusetLine own = s.cpuset;
    String nodemask =
        first(
            summary == null ? null : summary.nodemask(),
            invocation == null ? null : invocation.nodemask(),
            failure == null ? null : failure.nodemask());
    String cpuset =
        first(
            summary == null ? null : summary.cpuset(),
            failure == null ? null : failure.cpuset(),
            own == null ? null : own.cpuset());
    String mems =
        first(
            summary == null ? null : summary.memsAllowed(),
            failure == null ? null : failure.memsAllowed(),
            own == null ? null : own.memsAllowed());
    return LimitLevel.in(
        new Scope(
            kind(s, blockKind, nodemask, mems),
            summary == null ? null : summary.constraint(),
            nodemask,
            cpuset,
            mems,
            first(summary == null ? null : summary.oomMemcg(), s.memcg.limitPath(), null),
            first(summary == null ? null : summary.taskMemcg(), s.memcg.taskPath(), null),
            null,
            null));
  }

  /** A member of a group that dies as a whole shares the limit, not the place. */
  static Scope ofMember(Scope block, String group) {
    return LimitLevel.in(
        new Scope(
            block.kind(),
            block.constraint(),
            block.nodemask(),
            block.cpuset(),
            block.memsAllowed(),
            block.limitCgroup(),
            group,
            null,
            null));
  }

  private static Scope.Kind kind(
      Sections s, MemoryBlock.Kind blockKind, @Nullable String nodemask, @Nullable String mems) {
    // A policy that was loaded into the kernel asks for kills by its own measure: no limit was hit.
    if (s.summary != null && isPolicy(s.summary.constraint())) {
      return Scope.Kind.UNKNOWN;
    }
    // Kernels before 5.2 print CONSTRAINT_NONE for all, as oc->constraint is not set.
    if (s.summary != null && s.summary.oomMemcg() != null) {
      return Scope.Kind.MEMCG;
    }
    if (s.summary != null && s.summary.constraint() != null) {
      Scope.Kind byConstraint = byConstraint(s.summary.constraint());
      if (byConstraint != Scope.Kind.UNKNOWN) {
        return byConstraint;
      }
    }
    if (s.memcg.seen()) {
      return Scope.Kind.MEMCG;
    }
    if (blockKind != MemoryBlock.Kind.OOM) {
      return s.memory.seen() && nodemask == null ? Scope.Kind.GLOBAL : Scope.Kind.UNKNOWN;
    }
    String message = s.kills.message();
    if (KillList.reasonOf(message) == KillReason.MEMCG_OUT_OF_MEMORY) {
      return Scope.Kind.MEMCG;
    }
    if (message != null && message.contains("No available memory (MPOL_BIND)")) {
      return Scope.Kind.MEMORY_POLICY;
    }
    if (message != null && message.contains("No available memory in cpuset")) {
      return Scope.Kind.CPUSET;
    }
    // Without a header the message still tells a control group's limit from the machine's memory
    // (mm/oom_kill.c: out_of_memory, mem_cgroup_out_of_memory); the kernel itself calls it global.
    boolean global =
        s.memory.seen()
            || (s.summary != null && s.summary.global())
            || KillList.reasonOf(message) == KillReason.OUT_OF_MEMORY
            || KillList.reasonOf(message) == KillReason.ALLOCATING_TASK;
    if (!global) {
      return Scope.Kind.UNKNOWN;
    }
    return leavesOutNodes(nodemask, mems) ? Scope.Kind.MEMORY_POLICY : Scope.Kind.GLOBAL;
  }

  /** A constraint that is none of the kernel's own ({@code include/linux/oom.h}). */
  private static boolean isPolicy(@Nullable String constraint) {
    return constraint != null
        && constraint.startsWith(CONSTRAINT)
        && byConstraint(constraint) == Scope.Kind.UNKNOWN
        && KNOWN.stream().noneMatch(known -> known.startsWith(constraint));
  }

  private static Scope.Kind byConstraint(@Nullable String constraint) {
    if (constraint == null) {
      return Scope.Kind.UNKNOWN;
    }
    return switch (constraint) {
      case "CONSTRAINT_NONE" -> Scope.Kind.GLOBAL;
      case "CONSTRAINT_MEMCG" -> Scope.Kind.MEMCG;
      case "CONSTRAINT_CPUSET" -> Scope.Kind.CPUSET;
      case "CONSTRAINT_MEMORY_POLICY" -> Scope.Kind.MEMORY_POLICY;
      default -> Scope.Kind.UNKNOWN;
    };
  }

  /**
   * Whether a policy kept the request from nodes that its cpuset allows. 4.9 and 4.10 print the
   * cpuset's own nodes where there is no policy.
   */
  private static boolean leavesOutNodes(@Nullable String nodemask, @Nullable String mems) {
    BitSet mask = NodeList.parse(nodemask);
    BitSet allowed = NodeList.parse(mems);
    if (mask == null || allowed == null) {
      return false;
    }
    allowed.andNot(mask);
    return !allowed.isEmpty();
  }

  private static @Nullable String first(
      @Nullable String a, @Nullable String b, @Nullable String c) {
    return a != null ? a : b != null ? b : c;
  }
}
