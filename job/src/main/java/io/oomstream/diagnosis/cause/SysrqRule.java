package io.oomstream.diagnosis.cause;

import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.Facts;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.KillReason;
import io.oomstream.event.section.Trigger;
import io.oomstream.event.section.TriggerPath;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Section;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SysRq f: the request has order -1 ({@code mm/oom_kill.c: is_sysrq_oom}). */
public record SysrqRule() implements CauseRule {

  @Override
  public Cause.Kind kind() {
    return Cause.Kind.MANUAL_SYSRQ;
  }

  @Override
  public Set<Section> needs() {
    return Set.of();
  }

  @Override
  public @Nullable Finding find(DiagnosisContext c) {
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
                ? Facts.text(c.say("fact.order"), "-1", proof)
                : Facts.text(c.say("fact.asked-by"), "SysRq f", proof)),
        List.of(c.say("cause.sysrq")),
        c.advice("sysrq"));
  }

  @Override
  public About about() {
    return new About(
        "sysrq",
        "order -1, `moom_callback` in the trace, or the kernel's SysRq line",
        List.of("fact.order", "fact.asked-by"),
        "MANUAL: no other cause matters then",
        "drivers/tty/sysrq.c: moom_callback");
  }
}
