package io.oomstream.diagnosis;

import io.oomstream.block.KernelBlock;
import io.oomstream.event.Cause;
import io.oomstream.event.Evidence;
import io.oomstream.event.KnownBy;
import io.oomstream.event.Scope;
import io.oomstream.event.Trigger;
import io.oomstream.event.TriggerPath;
import io.oomstream.kernel.Section;
import java.util.List;

/** No cause, and why none can be given. */
final class Undetermined {

  private Undetermined() {}

  /**
   * The reason.
   *
   * @param lacking sections that rules would have needed
   */
  static CauseRule.Finding of(Case c, List<Section> lacking) {
    KernelBlock block = c.block();
    boolean headless =
        !block.info().sections().contains(Section.INVOCATION.name()) && block.memory() == null;
    String line = block.kills().isEmpty() ? null : KernelBlock.textOf(block.kills().get(0).line());
    if (headless) {
      boolean reaper = !block.kills().isEmpty() && block.kills().get(0).knownBy() == KnownBy.REAPER;
      boolean more = block.tasks() != null || block.memcg() != null;
      return finding(
          c,
          more ? "beheaded" : reaper ? "reaper" : "headless",
          "",
          Facts.text(c.say("fact.report"), c.say("fact.report.missing"), line));
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

  static boolean isSysrq(Case c) {
    Trigger trigger = c.block().trigger();
    return trigger != null
        && (trigger.path() == TriggerPath.SYSRQ
            || (trigger.order() != null && trigger.order() == -1));
  }

  private static CauseRule.Finding finding(Case c, String key, String figure, Evidence evidence) {
    return new CauseRule.Finding(
        Cause.Kind.UNDETERMINED,
        CauseRule.Rank.EXHAUSTED,
        0,
        List.of(evidence),
        List.of(c.say("undetermined." + key, "figure", figure)),
        c.advice("undetermined." + key));
  }
}
