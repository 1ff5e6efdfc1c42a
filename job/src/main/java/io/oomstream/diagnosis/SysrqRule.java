package io.oomstream.diagnosis;

import io.oomstream.event.Cause;
import io.oomstream.event.KillReason;
import io.oomstream.event.Trigger;
import io.oomstream.event.TriggerPath;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Section;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SysRq f: the request has order -1 ({@code mm/oom_kill.c: is_sysrq_oom}). */
record SysrqRule() implements CauseRule {

  @Override
  public Cause.Kind kind() {
    return Cause.Kind.MANUAL_SYSRQ;
  }

  @Override
  public Set<Section> needs() {
    return Set.of();
  }

  @Override
  public @Nullable Finding find(Case c) {
    Trigger trigger = c.block().trigger();
    boolean order = trigger != null && trigger.order() != null && trigger.order() == -1;
    boolean path = trigger != null && trigger.path() == TriggerPath.SYSRQ;
    String line = c.block().lineOf(LineRule.SYSRQ_OOM);
    boolean reason = c.block().kills().stream().anyMatch(k -> k.reason() == KillReason.SYSRQ);
    if (!order && !path && line == null && !reason) {
      return null;
    }
    String proof = line != null ? line : c.block().lineOf(LineRule.INVOKED);
    return new Finding(
        kind(),
        Rank.MANUAL,
        0,
        List.of(
            order
                ? Facts.text("order of the request", "-1", proof)
                : Facts.text("asked for by", "SysRq f", proof)),
        "Somebody asked the kernel for this kill by SysRq f; memory need not have been short",
        "find who or what wrote f to /proc/sysrq-trigger");
  }
}
