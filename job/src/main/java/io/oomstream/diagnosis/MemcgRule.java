package io.oomstream.diagnosis;

import io.oomstream.block.KernelBlock;
import io.oomstream.event.Cause;
import io.oomstream.event.Evidence;
import io.oomstream.event.Memcg;
import io.oomstream.event.Scope;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A control group at its limit: the kernel says so, on the summary line or the kill line. */
record MemcgRule() implements CauseRule {

  @Override
  public Cause.Kind kind() {
    return Cause.Kind.MEMCG_LIMIT;
  }

  @Override
  public Set<Section> needs() {
    return Set.of();
  }

  @Override
  public @Nullable Finding find(Case c) {
    if (!c.isMemcg()) {
      return null;
    }
    KernelBlock block = c.block();
    List<Evidence> evidence = new ArrayList<>();
    Scope scope = block.scope();
    if (scope.constraint() != null) {
      evidence.add(Facts.text("constraint", scope.constraint(), block.lineOf(LineRule.SUMMARY)));
    }
    Memcg memcg = block.memcg();
    Long usage = memcg == null ? null : memcg.usageBytes();
    Long limit = memcg == null ? null : memcg.limitBytes();
    if (usage != null) {
      String line = block.lineOf(LineRule.MEMCG_MEMORY);
      evidence.add(
          limit == null
              ? Facts.bytes("control group usage", usage, line)
              : Facts.bytes("control group usage", usage, limit, line));
    }
    if (evidence.isEmpty()) {
      String line = killLine(block);
      evidence.add(
          Facts.text(
              "the kernel's words", line == null ? "Memory cgroup" : firstWords(line), line));
    }
    return new Finding(
        kind(),
        Rank.LIMIT,
        usage == null ? 0 : usage,
        List.copyOf(evidence),
        sentence(scope, usage, limit, memcg),
        "raise the limit if the workload needs the memory, else find what grows in it");
  }

  private static String sentence(
      Scope scope, @Nullable Long usage, @Nullable Long limit, @Nullable Memcg memcg) {
    String path = scope.limitCgroup();
    StringBuilder text = new StringBuilder("Control group ");
    text.append(
        path != null
            ? path
            : scope.taskCgroup() != null
                ? "over " + scope.taskCgroup()
                : "of the victim (the log does not name it)");
    text.append(" hit its memory limit");
    if (limit != null) {
      text.append(" of ").append(HumanUnits.bytes(limit));
    }
    if (usage != null) {
      text.append(" with ").append(HumanUnits.bytes(usage)).append(" in use");
    }
    if (memcg != null && memcg.failCount() != null && memcg.failCount() > 0) {
      text.append(" (limit hit ").append(HumanUnits.count(memcg.failCount(), "time")).append(')');
    }
    if (path != null && scope.taskCgroup() != null && !Objects.equals(path, scope.taskCgroup())) {
      text.append("; the victim ran below it in ").append(scope.taskCgroup());
    }
    return text.toString();
  }

  private static @Nullable String killLine(KernelBlock block) {
    return block.kills().isEmpty()
        ? block.lineOf(LineRule.NO_KILLABLE)
        : KernelBlock.textOf(block.kills().get(0).line());
  }

  private static String firstWords(String line) {
    int end = line.indexOf(':');
    return end < 0 ? line : line.substring(0, end);
  }
}
