package io.oomstream.block;

import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.block.cgroup.WorkloadPath;
import io.oomstream.block.line.SummaryLine;
import io.oomstream.block.memory.BootFacts;
import io.oomstream.block.memory.BootMemory;
import io.oomstream.block.memory.ZoneRequest;
import io.oomstream.block.request.FailureLine;
import io.oomstream.block.request.GfpEra;
import io.oomstream.block.request.PrintedMask;
import io.oomstream.block.request.StackHeader;
import io.oomstream.block.victim.BadnessTotal;
import io.oomstream.block.victim.KillList;
import io.oomstream.block.victim.TaskTable;
import io.oomstream.block.victim.VictimChoice;
import io.oomstream.block.victim.VictimReader;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.Gfp;
import io.oomstream.event.section.Host;
import io.oomstream.event.section.KillReason;
import io.oomstream.event.section.KnownBy;
import io.oomstream.event.section.Memcg;
import io.oomstream.event.section.Memory;
import io.oomstream.event.section.Provenance;
import io.oomstream.event.section.Scope;
import io.oomstream.event.section.Tasks;
import io.oomstream.format.line.KernelLine;
import io.oomstream.kernel.Role;
import io.oomstream.kernel.Section;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of one block, once: every section by its presence, every field by its name.
 * Total: never throws on content.
 */
public final class BlockParser {

  private BlockParser() {}

  /** The block's facts; what the lines do not hold is null. A block has at least one line. */
  public static KernelBlock parse(LineBlock shipped) {
    LineBlock block = KeptEscapes.undone(shipped);
    if (block.kind() == MemoryBlock.Kind.LINE) {
      return single(block);
    }
    Sections sections = Sections.read(block.lines());
    List<TaskTable.Task> tasks = sections.taskTable.tasks();
    Map<Long, TaskTable.Task> byPid = TaskTable.byPid(tasks);
    Long pageSize = PageSize.of(sections, byPid);
    PrintedMask mask = TriggerReader.mask(sections);
    Gfp gfp = mask == null ? null : mask.decode(GfpEra.of(sections.stackHeader.release()));
    Scope scope = ScopeReader.of(sections, block.kind());
    Memory memory =
        sinceBoot(
            sections.memory.toMemory(
                pageSize, ZoneRequest.of(gfp, TriggerReader.order(sections), pageSize, scope)),
            block.boot(),
            pageSize);
    Memcg memcg = sections.memcg.toMemcg(scope.limitCgroup());
    Tasks table = TaskTable.toTasks(tasks, pageSize);
    List<KernelBlock.Kill> kills =
        kills(
            sections,
            block.lines(),
            scope,
            byPid,
            table,
            pageSize,
            BadnessTotal.of(scope, memory, memcg, sections.kills.hasScoreLine()));
    KernelLine key = keyLine(block.lines());
    return new KernelBlock(
        block.kind(),
        host(block, sections.stackHeader, pageSize),
        time(key),
        key.kernelTimeUs(),
        TriggerReader.of(sections, block.kind(), gfp, pageSize, scope.cpuset()),
        scope,
        memory,
        memcg,
        table,
        sections.slab.toSlab(),
        sections.callTrace.functions(),
        kills,
        failure(sections, block.kind()),
        sections.kills.noKillable() || isNoKillable(sections.panic),
        sections.kills.victimExiting(),
        sections.panic,
        SelfChecks.of(sections, memory, byPid, scope, gfp, pageSize),
        Completeness.of(block, sections, scope.kind()),
        provenance(block.lines()),
        block.lines());
  }

  /** Held against what the lines of its boot said. */
  private static @Nullable Memory sinceBoot(
      @Nullable Memory memory, @Nullable String boot, @Nullable Long pageSize) {
    return memory == null || boot == null
        ? memory
        : memory.since(BootMemory.of(BootFacts.of(boot), memory, pageSize));
  }

  private static KernelBlock single(LineBlock block) {
    KernelLine line = block.lines().get(0).line();
    Sections sections = Sections.read(List.of());
    block.lines().forEach(l -> sections.present.add(l.rule().section()));
    return new KernelBlock(
        block.kind(),
        host(block, sections.stackHeader, null),
        time(line),
        line.kernelTimeUs(),
        null,
        ScopeReader.UNKNOWN,
        null,
        null,
        null,
        null,
        List.of(),
        List.of(),
        null,
        false,
        false,
        null,
        List.of(),
        Completeness.of(block, sections, Scope.Kind.UNKNOWN),
        provenance(block.lines()),
        block.lines());
  }

  private static List<KernelBlock.Kill> kills(
      Sections sections,
      List<ClassifiedLine> lines,
      Scope scope,
      Map<Long, TaskTable.Task> byPid,
      @Nullable Tasks table,
      @Nullable Long pageSize,
      @Nullable Long totalBytes) {
    List<KernelBlock.Kill> kills = new ArrayList<>();
    SummaryLine summary = sections.summary;
    boolean hasKillLine = !sections.kills.kills().isEmpty();
    for (KillList.RawKill raw : VictimEvidence.complete(sections, lines)) {
      long pid = raw.facts().pid();
      Long named = summary == null ? null : summary.pid();
      boolean summarized = named != null && named == pid;
      String group = raw.group();
      // Whom the reaper visits beside a block's own victim may be of a block that is lost.
      boolean ofAnother = raw.knownBy() == KnownBy.REAPER && hasKillLine;
      Scope own =
          ofAnother
              ? ScopeReader.UNKNOWN
              : group == null ? scope : ScopeReader.ofMember(scope, group);
      KernelLine line = raw.line().line();
      KillReason reason = ofAnother ? KillReason.UNKNOWN : reason(raw, sections, scope);
      VictimChoice choice =
          new VictimChoice(reason, pid, sections.kills.chosen(), sections.kills.exiting());
      kills.add(
          new KernelBlock.Kill(
              raw.line(),
              VictimReader.of(
                  raw,
                  byPid.get(pid),
                  summarized ? summary : null,
                  table,
                  pageSize,
                  totalBytes,
                  choice),
              reason,
              sections.reaper.of(pid),
              time(line),
              line.kernelTimeUs(),
              own,
              WorkloadPath.identify(own.taskCgroup()),
              raw.knownBy()));
    }
    return List.copyOf(kills);
  }

  private static KillReason reason(KillList.RawKill raw, Sections sections, Scope scope) {
    KillReason reason = raw.reason();
    if (reason == KillReason.OOM_GROUP || reason == KillReason.SHARES_MEMORY) {
      return reason;
    }
    if (TriggerReader.isSysrq(sections)) {
      return KillReason.SYSRQ;
    }
    if (reason != null) {
      return reason;
    }
    if (scope.kind() == Scope.Kind.MEMCG) {
      return KillReason.MEMCG_OUT_OF_MEMORY;
    }
    return scope.kind() == Scope.Kind.UNKNOWN ? KillReason.UNKNOWN : KillReason.OUT_OF_MEMORY;
  }

  private static KernelBlock.@Nullable Failure failure(Sections s, MemoryBlock.Kind kind) {
    FailureLine failure = s.failure;
    if (failure != null) {
      return new KernelBlock.Failure(failure.text(), failure.order(), null);
    }
    String text = s.slabFailure.text();
    if (kind != MemoryBlock.Kind.SLAB_ALLOCATION_FAILURE || text == null) {
      return null;
    }
    return new KernelBlock.Failure(
        text, s.slabFailure.order(), s.slabFailure.cache(), s.slabFailure.group());
  }

  private static boolean isNoKillable(@Nullable String panic) {
    return panic != null
        && (panic.contains("no killable") || panic.contains("deadlocked on memory"));
  }

  private static Host host(LineBlock block, StackHeader header, @Nullable Long pageSize) {
    KernelLine line = block.lines().get(0).line();
    return new Host(
        line.host(),
        line.bootId(),
        header.release(),
        header.hardware(),
        header.tainted(),
        pageSize);
  }

  /** The line whose time is the block's: the first kill, else the first line. */
  private static KernelLine keyLine(List<ClassifiedLine> lines) {
    for (ClassifiedLine line : lines) {
      if (line.rule().role() == Role.CLOSES) {
        return line.line();
      }
    }
    return lines.get(0).line();
  }

  private static Provenance provenance(List<ClassifiedLine> lines) {
    boolean any = false;
    boolean all = true;
    for (ClassifiedLine line : lines) {
      all &= Integer.valueOf(0).equals(line.line().facility());
      Role role = line.rule().role();
      if (line.rule().section() == Section.USERSPACE_KILL
          && !Integer.valueOf(0).equals(line.line().facility())) {
        return Provenance.USERSPACE;
      }
      if (role == Role.OPENS || role == Role.CLOSES || role == Role.STANDALONE) {
        Integer facility = line.line().facility();
        if (facility == null || facility != 0) {
          return Provenance.UNVERIFIED;
        }
        any = true;
      }
    }
    return any || all ? Provenance.KERNEL : Provenance.UNVERIFIED;
  }

  private static @Nullable Instant time(KernelLine line) {
    Long us = line.wallTimeUs();
    return us == null ? null : Instant.EPOCH.plus(us, ChronoUnit.MICROS);
  }
}
