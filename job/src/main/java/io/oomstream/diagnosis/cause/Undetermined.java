package io.oomstream.diagnosis.cause;

import io.oomstream.block.KernelBlock;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.Facts;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.Scope;
import io.oomstream.event.section.Trigger;
import io.oomstream.event.section.TriggerPath;
import io.oomstream.kernel.Section;
import java.util.List;

/** No cause, and why none can be given. */
public final class Undetermined {

  private Undetermined() {}

  /**
   * The reason.
   *
   * @param lacking sections that rules would have needed
   */
  public static CauseRule.Finding of(DiagnosisContext c, List<Section> lacking) {
    KernelBlock block = c.block();
    boolean headless =
        !block.info().sections().contains(Section.INVOCATION.name()) && block.memory() == null;
    String line = block.kills().isEmpty() ? null : KernelBlock.textOf(block.kills().get(0).line());
    if (headless) {
      return finding(
          c, "headless", "", Facts.text(c.say("fact.report"), c.say("fact.report.missing"), line));
    }
    if (block.scope().kind() == Scope.Kind.UNKNOWN) {
      return finding(c, "scope", "", Facts.text(c.say("fact.scope"), c.say("fact.unknown"), line));
    }
    if (!lacking.isEmpty()) {
      String names = String.join(", ", lacking.stream().map(Section::name).toList());
      return finding(c, "lacking", names, Facts.text(c.say("fact.missing-sections"), names, line));
    }
    if (block.memory() == null || c.usage().managed() == null || c.usage().anon() == null) {
      return finding(
          c, "no-memory", "", Facts.text(c.say("fact.managed"), c.say("fact.unknown"), line));
    }
    Double unaccounted = c.usage().share(c.usage().unaccounted());
    boolean noHugePages = !block.info().sections().contains(Section.HUGE_PAGES.name());
    if (noHugePages && unaccounted != null && unaccounted >= c.thresholds().unaccountedShare()) {
      return finding(
          c,
          "no-huge-pages",
          HumanUnits.percent(unaccounted),
          Facts.share(
              c.say("fact.unaccounted.share"),
              unaccounted,
              c.thresholds().unaccountedShare(),
              line));
    }
    Double room = c.usage().share(c.zones().usableFreeBytes());
    Double hidden = c.usage().share(c.zones().hiddenFreeBytes());
    double limit = c.thresholds().usableFreeShare();
    Evidence none = Facts.text(c.say("fact.over-threshold"), c.say("fact.none"), line);
    if (room != null && room >= limit) {
      return finding(
          c, "room", HumanUnits.percent(room), Facts.share(c.say("fact.room"), room, limit, line));
    }
    if (hidden != null && hidden >= limit) {
      return finding(
          c,
          "hidden",
          HumanUnits.percent(hidden),
          Facts.share(c.say("fact.free-elsewhere"), hidden, limit, line));
    }
    return finding(c, "nothing", "", none);
  }

  public static boolean isSysrq(DiagnosisContext c) {
    Trigger trigger = c.block().trigger();
    return trigger != null
        && (trigger.path() == TriggerPath.SYSRQ
            || (trigger.order() != null && trigger.order() == -1));
  }

  private static CauseRule.Finding finding(
      DiagnosisContext c, String key, String figure, Evidence evidence) {
    return new CauseRule.Finding(
        Cause.Kind.UNDETERMINED,
        CauseRule.Rank.EXHAUSTED,
        0,
        List.of(evidence),
        List.of(c.say("undetermined." + key, "figure", figure)),
        c.advice("undetermined." + key));
  }
}
