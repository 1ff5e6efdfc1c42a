package io.oomstream.diagnosis.cause;

import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.GroupName;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.event.section.Memcg;
import io.oomstream.event.section.Scope;
import io.oomstream.kernel.LineRule;
import org.jspecify.annotations.Nullable;

/**
 * Which of a control group's counters stands at its limit: memory, or with version 1 memory and
 * swap together, or the kernel's own memory.
 *
 * @param counter in the messages: memory, memsw or kmem
 * @param line that prints it
 */
record MemcgLimit(
    String counter,
    LineRule line,
    @Nullable Long usage,
    @Nullable Long limit,
    @Nullable Long failCount) {

  /** A counter is at its limit when less than that share is left: charges come in batches. */
  private static final double LEFT = 0.02;

  static MemcgLimit of(@Nullable Memcg memcg) {
    if (memcg == null) {
      return new MemcgLimit("memory", LineRule.MEMCG_MEMORY, null, null, null);
    }
    MemcgLimit memory =
        new MemcgLimit(
            "memory",
            LineRule.MEMCG_MEMORY,
            memcg.usageBytes(),
            memcg.limitBytes(),
            memcg.failCount());
    MemcgLimit memsw = of("memsw", LineRule.MEMCG_MEMSW, memcg.memoryAndSwap());
    MemcgLimit kmem = of("kmem", LineRule.MEMCG_KMEM, memcg.kmem());
    if (memory.isReached() || memory.usage == null) {
      return memory;
    }
    return memsw.isReached() ? memsw : kmem.isReached() ? kmem : memory;
  }

  private static MemcgLimit of(String counter, LineRule line, Memcg.@Nullable Usage usage) {
    return usage == null
        ? new MemcgLimit(counter, line, null, null, null)
        : new MemcgLimit(counter, line, usage.usageBytes(), usage.limitBytes(), usage.failCount());
  }

  private boolean isReached() {
    return usage != null && limit != null && usage >= limit - limit * LEFT;
  }

  String sentence(DiagnosisContext c) {
    Scope scope = c.block().scope();
    String path = scope.limitCgroup();
    String group =
        path != null && !path.isBlank()
            ? GroupName.shortened(path)
            : scope.taskCgroup() != null
                ? c.say("who.group-over", "group", GroupName.shortened(scope.taskCgroup()))
                : c.say("who.victims-group");
    String level = scope.limitLevel() == null ? "OTHER" : scope.limitLevel().name();
    String what = c.say("level." + level) + " " + group;
    if (MemcgRule.isConcluded(c.block())) {
      what = c.say("cause.memcg.or-above", "group", what);
    }
    if (usage == null) {
      return c.say("cause.memcg.bare", "group", what);
    }
    String used = HumanUnits.bytes(usage);
    if (limit == null) {
      return c.say("cause.memcg.no-limit", "group", what, "usage", used);
    }
    String times =
        failCount == null || failCount <= 0 ? "" : c.say("cause.memcg.times", "count", failCount);
    String key = isReached() ? "cause.memcg." + counter : "cause.memcg.under";
    return c.say(
        key, "group", what, "usage", used, "limit", HumanUnits.bytes(limit), "times", times);
  }
}
