package io.oomstream.diagnosis.cause;

import io.oomstream.block.KernelBlock;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.Facts;
import io.oomstream.diagnosis.context.GroupName;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.Memcg;
import io.oomstream.event.section.Scope;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A control group at its limit: the kernel says so, on the summary line or the kill line. */
public record MemcgRule() implements CauseRule {

  @Override
  public Cause.Kind kind() {
    return Cause.Kind.MEMCG_LIMIT;
  }

  @Override
  public Set<Section> needs() {
    return Set.of();
  }

  @Override
  public @Nullable Finding find(DiagnosisContext c) {
    if (!c.isMemcg()) {
      return null;
    }
    KernelBlock block = c.block();
    Scope scope = block.scope();
    Memcg memcg = block.memcg();
    MemcgLimit limit = MemcgLimit.of(memcg);
    List<Evidence> evidence = new ArrayList<>();
    if (limit.usage() != null) {
      String fact = c.say("fact.group." + limit.counter());
      String line = block.lineOf(limit.line());
      evidence.add(
          limit.limit() == null
              ? Facts.bytes(fact, limit.usage(), line)
              : Facts.bytes(fact, limit.usage(), limit.limit(), line));
    }
    if (scope.constraint() != null) {
      evidence.add(
          Facts.text(c.say("fact.constraint"), scope.constraint(), block.lineOf(LineRule.SUMMARY)));
    }
    if (scope.constraint() == null) {
      String line = killLine(block);
      evidence.add(
          Facts.text(
              c.say("fact.kernels-words"),
              line == null ? "Memory cgroup" : firstWords(line),
              line));
    }
    List<String> why = new ArrayList<>();
    why.add(limit.sentence(c));
    if (scope.limitLevel() != null && Boolean.FALSE.equals(scope.limitIsOwn())) {
      why.add(c.say("cause.memcg.parent", "level", c.say("level." + scope.limitLevel())));
    }
    why.addAll(MemcgParts.sentences(c, memcg, evidence));
    return new Finding(
        kind(),
        Rank.LIMIT,
        limit.usage() == null ? 0 : limit.usage(),
        List.copyOf(evidence),
        List.copyOf(why),
        advice(c, limit));
  }

  private static List<String> advice(DiagnosisContext c, MemcgLimit limit) {
    Scope scope = c.block().scope();
    String level = scope.limitLevel() == null ? "OTHER" : scope.limitLevel().name();
    String path = scope.limitCgroup();
    String group = path == null || path.isBlank() ? c.say("who.its-group") : path;
    Long bytes = limit.limit();
    String figure = bytes == null ? c.say("who.its-limit") : HumanUnits.bytes(bytes);
    String now = bytes == null ? "" : c.say("limit.now", "limit", figure);
    List<String> steps = new ArrayList<>();
    Object[] figures = {"limit", figure, "now", now, "group", GroupName.shortened(group)};
    steps.addAll(c.advice("memcg." + limit.counter() + "." + level, figures));
    if (steps.isEmpty()) {
      steps.addAll(c.advice("memcg." + level, figures));
    }
    steps.addAll(c.advice(isOfVersion1(c) ? "memcg.grow-v1" : "memcg.grow", "limit", figure));
    return List.copyOf(steps);
  }

  /** Only version 1 counts these two ({@code mm/memcontrol.c: mem_cgroup_print_oom_meminfo}). */
  private static boolean isOfVersion1(DiagnosisContext c) {
    Memcg memcg = c.block().memcg();
    return memcg != null && (memcg.memoryAndSwap() != null || memcg.kmem() != null);
  }

  private static @Nullable String killLine(KernelBlock block) {
    if (block.kills().isEmpty()) {
      return block.lineOf(LineRule.NO_KILLABLE);
    }
    // Up to 5.0 the words stand on the line with the score, before that of the kill.
    String score = block.lineOf(LineRule.KILL_SCORE);
    return score != null ? score : KernelBlock.textOf(block.kills().get(0).line());
  }

  /** The message before the verb: a name may hold a colon too, but stands behind it. */
  private static String firstWords(String line) {
    int verb = line.indexOf(": Kill");
    return verb <= 0 ? line : line.substring(0, verb);
  }

  /**
   * Whether the group at its limit is only concluded from the statistics of those at or below it,
   * as the lines that name it are lost.
   */
  static boolean isConcluded(KernelBlock block) {
    return block.scope().limitCgroup() != null
        && block.lineOf(LineRule.MEMCG_STATS) != null
        && NAMES_LIMIT.stream().noneMatch(rule -> block.lineOf(rule) != null);
  }

  private static final List<LineRule> NAMES_LIMIT =
      List.of(
          LineRule.SUMMARY,
          LineRule.MEMCG_KILLED_BY_LIMIT,
          LineRule.MEMCG_RESULT_OF_LIMIT,
          LineRule.MEMCG_LIMIT_REACHED,
          LineRule.MEMCG_MEMORY);

  @Override
  public About about() {
    return new About(
        "memcg",
        "the kernel names CONSTRAINT_MEMCG, prints a control group's usage, or prints `Memory"
            + " cgroup out of memory`; the counter that is at its limit shows which limit it was",
        List.of(
            "fact.group.memory",
            "fact.group.memsw",
            "fact.group.kmem",
            "fact.group.parts",
            "fact.constraint"),
        "LIMIT: the kernel itself says so",
        "mm/memcontrol.c: mem_cgroup_out_of_memory, mem_cgroup_print_oom_meminfo");
  }
}
